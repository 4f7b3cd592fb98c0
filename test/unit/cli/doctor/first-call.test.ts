import { UsageError } from '../../../../local/terminal/options.ts';
import { sids } from '../../../support/example-sids.ts';
import { at, link, sound, watchCall } from './test-call.ts';
import type { Stage } from './test-call.ts';

const attributes = (conversations: object): string => JSON.stringify({ direction: 'inbound', conversations });

const arrives = async (stage: Stage): Promise<void> => {
  await stage.task({
    ...{ firstSeenAt: at('12:00:10.800'), createdAt: at('12:00:10'), toldBy: ['event-streams'] },
    ...{ channel: 'voice', taskQueueName: 'Sales' },
  });
  await stage.line(at('12:00:10'), 'task.created', 'twilio');
};
const isRecorded = async (stage: Stage): Promise<void> => {
  await stage.recording({ firstSeenAt: at('12:00:20') });
  await stage.task({
    recordings: [{ recordingSid: sids.recording(), foundBy: 'segment-link', kind: 'conference', isAbsent: false }],
    primaryRecordingSid: sids.recording(),
  });
};
const audio = {
  ...{ key: 'AC/2026/11/20/RE.wav', sizeBytes: 1_920_044, sha256: 'ab', crc64Nvme: 'AA==', contentType: 'audio/wav' },
  ...{ channels: 2, durationSeconds: 60, storedAt: at('12:01:06') },
};
const ends = async (stage: Stage): Promise<void> => {
  const conversations = { segment_link: link, conversation_attribute_1: 'renewal' };
  await stage.task({
    ...{ endedAt: at('12:01:00'), endedBy: 'completed' },
    link: { state: 'written', recordingSid: sids.recording(), writes: 1, writtenAt: at('12:01:03') },
  });
  stage.attributes({ kind: 'at-twilio', attributes: attributes(conversations) });
};
const isArchived = (stage: Stage): Promise<void> =>
  stage.recording({ archive: { state: 'verified', audio, verifiedAt: at('12:01:08') } });

const wholeCall = [
  ['12:00:11', arrives],
  ['12:00:20', isRecorded],
  ['12:01:04', ends],
  ['12:01:08', isArchived],
] as const;

describe('doctor --first-call', () => {
  it('says of each thing that a call brings about when it was met, and exits 0 once all are', async () => {
    const { code, out, endedAt } = await watchCall(wholeCall);

    expect(out.slice(0, 16)).toEqual([
      '  met     event in at 12:00:10 UTC (10 s): task.created by Event Streams, here',
      '            0.8 s later',
      '  met     task known at 12:00:10 UTC (11 s):',
      `            ${sids.task()}, voice, Sales`,
      '  met     recording known at 12:00:20 UTC (20 s):',
      `            ${sids.recording()} by its callback, then by the`,
      "            task's attributes (segment_link)",
      "  met     link on task at 12:01:03 UTC (63 s): 3.0 s after the task's end, of",
      '            120 s',
      '  met     attributes for Insights at 12:01:04 UTC (64 s): 2 attributes that',
      '            Insights reads, 0 errors, 0 warnings',
      '  met     link plays at 12:01:08 UTC (68 s): HEAD 200, GET 206, audio/wav',
      '  met     archive verified at 12:01:08 UTC (68 s): 1.9 MB, 2 channels',
      `  note    visible in Insights: look for ${sids.task()} in`,
      '            Insights by 13:01 UTC (12:16 after the ticket): within an hour of',
      "            the task's end, or 15 minutes where Twilio has shortened the",
    ]);
    expect(out.at(-1)).toBe('7 of 7 met');
    expect(code).toBe(0);
    expect(endedAt).toEqual(at('12:01:08'));
  });

  it('lists the attributes as Insights will read them', async () => {
    const { out } = await watchCall(wholeCall);

    expect(out.join('\n')).toContain('conversations.conversation_attribute_1');
    expect(out.join('\n')).toContain('renewal');
    expect(out.join('\n')).not.toContain('direction');
  });

  it('says on stderr what it waits for', async () => {
    const { err } = await watchCall(wholeCall);

    expect(err[0]).toBe('make one call now; waiting for its task, at most 15 minutes');
    expect(err.at(-1)).toBe('waiting for link plays, archive verified');
  });

  it('plays the link once there is a copy behind it, until it plays and never again', async () => {
    const notYet = { status: 503, contentType: undefined };
    const { plays, code } = await watchCall([
      ...wholeCall.slice(0, 3),
      [
        '12:01:06',
        async (stage) => {
          stage.answers({ head: notYet, get: notYet });
          await stage.recording({ archive: { state: 'stored', audio } });
        },
      ],
      ['12:01:08', (stage) => stage.answers(sound)],
      ['12:01:20', isArchived],
    ]);

    expect(plays).toEqual([link, link]);
    expect(code).toBe(0);
  });

  it('waits for a new task: one that was there is not the call', async () => {
    const { code, out } = await watchCall(
      [['12:00:11', (stage) => stage.task({ taskSid: sids.task(9), lastEventAt: at('12:00:11') })], ...wholeCall],
      { before: (stage) => stage.task({ taskSid: sids.task(9), firstSeenAt: at('11:59:00') }) },
    );

    expect(code).toBe(0);
    expect(out.join('\n')).not.toContain(sids.task(9));
  });

  it('says what to look at for everything that has not come when the time is over, and exits 1', async () => {
    const { code, out, endedAt } = await watchCall([], { typed: { wait: '2' } });

    expect(code).toBe(1);
    expect(endedAt).toEqual(at('12:02:00'));
    expect(out.filter((text) => text.startsWith('  missing')).map((text) => text.slice(10))).toEqual([
      ...['event in', 'task known', 'recording known', 'link on task', 'link plays', 'archive verified'],
      'attributes for Insights',
    ]);
    expect(out.filter((text) => text.includes('→'))).toHaveLength(7);
    expect(out.at(-1)).toBe('0 of 7 met');
  });

  it.each<readonly [string, string, (stage: Stage) => Promise<void>]>([
    [
      'a link that is too late for Insights',
      'failed  link on task: written more than 120 s after the end',
      (stage) => stage.task({ link: { state: 'late', writes: 1, writtenAt: at('12:04:00') } }),
    ],
    [
      "another's link in the place of ours",
      "failed  link on task: another's link was there before",
      (stage) => stage.task({ link: { state: 'kept', writes: 0 } }),
    ],
    [
      'a copy that is none',
      'failed  archive verified: failed: media-unfit',
      (stage) => stage.recording({ archive: { state: 'failed', reason: 'media-unfit' } }),
    ],
    [
      'a copy that nobody can hear',
      'failed  archive verified: Twilio encrypted it for a key that is not ours',
      (stage) => stage.recording({ archive: { state: 'sealed', audio, sealedAt: at('12:01:08') } }),
    ],
  ])('waits no longer for %s, and exits 1', async (_what, said, goesWrong) => {
    const archivedWrong = async (stage: Stage): Promise<void> => {
      await isArchived(stage);
      await goesWrong(stage);
    };
    const { code, out, endedAt } = await watchCall([...wholeCall.slice(0, 3), ['12:01:08', archivedWrong]]);

    expect(out.join('\n')).toContain(said);
    expect(code).toBe(1);
    expect(endedAt).toEqual(at('12:01:08'));
  });

  it('fails on attributes that Insights would lose', async () => {
    const { code, out } = await watchCall([
      ...wholeCall.slice(0, 3),
      [
        '12:01:08',
        async (stage) => {
          await isArchived(stage);
          stage.attributes({
            kind: 'at-twilio',
            attributes: attributes({ segment_link: link, conversation_measure_1: 'many' }),
          });
        },
      ],
    ]);

    expect(out.join('\n')).toContain('failed  attributes for Insights: 2 attributes that Insights reads, 1 error');
    expect(out.join('\n')).toContain('conversations.conversation_measure_1');
    expect(code).toBe(1);
  });

  it('says of a task that was known by its recording alone that no event came', async () => {
    const { out } = await watchCall([['12:00:11', (stage) => stage.task({ firstSeenAt: at('12:00:11') })]], {
      typed: { wait: '1' },
    });

    expect(out.join(' ')).toContain('no event of it came');
  });

  it('answers one JSON object, and nothing else', async () => {
    const { code, out } = await watchCall(wholeCall, { flags: ['json'] });

    expect(out).toHaveLength(1);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      ...{ pipeline: 'a fake', began: '2026-11-20T12:00:00.000Z', met: true },
      ...{ taskSid: sids.task(), recordingSid: sids.recording() },
      checklist: [
        { name: 'event in', state: 'met', at: '2026-11-20T12:00:10.000Z', seconds: 10 },
        { name: 'task known', state: 'met', seconds: 10.8 },
        { name: 'recording known', state: 'met', seconds: 20 },
        { name: 'link on task', state: 'met', seconds: 63 },
        { name: 'link plays', state: 'met', seconds: 68 },
        { name: 'archive verified', state: 'met', seconds: 68 },
        { name: 'attributes for Insights', state: 'met' },
        { name: 'visible in Insights', state: 'note' },
      ],
      attributes: { 'conversations.conversation_attribute_1': 'renewal' },
      findings: [],
    });
    expect(code).toBe(0);
  });

  it.each(['0', 'ten', '241'])('does not wait %s minutes', async (wait) => {
    await expect(watchCall([], { typed: { wait } })).rejects.toThrow(UsageError);
  });
});
