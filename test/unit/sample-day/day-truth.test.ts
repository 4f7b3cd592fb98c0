import { accountSid, recordingSid, workspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import { startClock } from '../../../local/clock.ts';
import type { PlayedTask } from '../../../local/sample-day/day.ts';
import { dayTruth } from '../../../local/sample-day/day-truth.ts';
import { startTwilio } from '../../../local/twilio/start-twilio.ts';

const base = 'https://links.example.com';
const provider = `${base}/r/${recordingSid(`RE${'2'.repeat(32)}`)}`;
const link = `${base}/r/${recordingSid(`RE${'2'.repeat(32)}`)}?k=k1.abcdefghijklmnopqrstuv`;

/** One task whose link is written and taken away as `writes` says, in seconds relative to the task's end. */
async function taskWith(
  writes: readonly {
    readonly atSeconds: number;
    readonly segmentLink: string | undefined;
    readonly media?: readonly Readonly<Record<string, string>>[];
  }[],
) {
  const clock = startClock({ jumps: false, startAtEpochMs: Date.parse('2026-11-20T08:00:00Z') });
  const credentials = { apiKeySid: `SK${'0'.repeat(32)}`, apiKeySecret: 'not-a-secret', authToken: 'not-a-token' };
  const twilio = await startTwilio({
    clock,
    accountSid: accountSid(`AC${'0'.repeat(32)}`),
    workspaceSid: workspaceSid(`WS${'0'.repeat(32)}`),
    ...credentials,
  });
  const taskSid = twilio.taskRouter.createTask({ attributes: {}, channel: 'voice', queue: 'Leasing', workflow: 'Any' });
  const write = (segmentLink: string | undefined, media?: readonly Readonly<Record<string, string>>[]) =>
    twilio.taskRouter.writeAttributes(
      taskSid,
      segmentLink === undefined
        ? {}
        : { conversations: { segment_link: segmentLink, ...(media !== undefined && { media }) } },
    );
  for (const { segmentLink, media } of writes.filter(({ atSeconds }) => atSeconds < 0)) write(segmentLink, media);
  twilio.taskRouter.cancelTask(taskSid, 'hangup');
  let at = 0;
  for (const { atSeconds, segmentLink } of writes.filter(({ atSeconds }) => atSeconds >= 0)) {
    clock.advance((atSeconds - at) * 1000);
    at = atSeconds;
    write(segmentLink);
  }
  const task: PlayedTask = {
    taskSid,
    title: 'a task',
    channel: 'voice',
    isForeign: false,
    recordings: [],
    promised: [],
    needsReview: false,
  };
  const [truth] = dayTruth(twilio, [task], base);
  clock.stop();
  await twilio.stop();
  return truth;
}

describe('dayTruth', () => {
  it('is in time with a link that was there before the end and stayed', async () => {
    expect(await taskWith([{ atSeconds: -1, segmentLink: link }])).toMatchObject({ link, isLinkedInTime: true });
  });

  it('is in time with a link of the 119th second', async () => {
    expect(await taskWith([{ atSeconds: 119, segmentLink: link }])).toMatchObject({ link, isLinkedInTime: true });
  });

  it('is late with a link of the 121st second, although it is there', async () => {
    expect(await taskWith([{ atSeconds: 121, segmentLink: link }])).toMatchObject({ link, isLinkedInTime: false });
  });

  it('is not in time with a link that somebody overwrote before the last look', async () => {
    const truth = await taskWith([
      { atSeconds: -1, segmentLink: link },
      { atSeconds: 60, segmentLink: undefined },
    ]);

    expect(truth).toMatchObject({ isLinkedInTime: false });
    expect(truth?.link).toBeUndefined();
  });

  it.each([
    ['plays', [{ type: 'Raw' }, { type: 'VoiceRecording', url_provider: provider }], true],
    [
      'comes second',
      [
        { type: 'VoiceRecording', url: 'https://x.example' },
        { type: 'VoiceRecording', url_provider: provider },
      ],
      false,
    ],
    ['is of another type', [{ type: 'Referenced', url_provider: provider }], false],
  ])('sees media of ours that %s', async (_what, media, isMediaInTime) => {
    expect(await taskWith([{ atSeconds: -1, segmentLink: link, media }])).toMatchObject({ isMediaInTime });
  });

  it('takes nobody else’s link for ours', async () => {
    const truth = await taskWith([
      { atSeconds: -1, segmentLink: link.replace('links.example.com', 'links.example.org') },
    ]);

    expect(truth?.link).toBeUndefined();
  });
});
