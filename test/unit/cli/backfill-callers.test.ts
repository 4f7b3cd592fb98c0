import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import type { CallEnds } from '../../../lambdas/shared/ports/calls.ts';
import type { RecordingResource } from '../../../lambdas/shared/ports/recordings.ts';
import { findSubject } from '../../../lambdas/shared/steps/find-subject.ts';
import { sids } from '../../support/example-sids.ts';
import { startErasureWorld } from '../../support/erasure/erasure-world.ts';
import { inMemoryCalls } from '../../support/fakes/in-memory-calls.ts';
import { inMemoryConferences } from '../../support/fakes/in-memory-conferences.ts';
import { opaqueHash } from '../../support/fakes/in-memory-identity-map.ts';
import { inMemorySubjectIndex } from '../../support/fakes/in-memory-subject-index.ts';
import { exampleRecording } from '../../support/ledger/example-records.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';
import { fakeConnection } from './fake-connection.ts';
import { run } from './run-typed.ts';

const ada = '+12025550143';
const ours = '+15005550006';
const day = ['--from', '2024-02-28', '--to', '2024-02-28'];

const made = (n: number, of: Partial<RecordingResource>): RecordingResource => ({
  ...{ recordingSid: sids.recording(n), accountSid: sids.account(), status: 'completed' },
  ...{ startedAt: new Date('2024-02-28T12:00:00Z'), durationSeconds: 61, channels: 1, ...of },
});

/** A day of 2024 with these recordings, and the calls that Twilio still knows of. */
function oldDay(recordings: readonly RecordingResource[], ends: readonly CallEnds[]) {
  const calls = inMemoryCalls(sids.account());
  ends.forEach((one, place) => calls.put(sids.call(place + 1), one));
  const conferences = inMemoryConferences(sids.account());
  const subjectIndex = inMemorySubjectIndex();
  const ledger = inMemoryLedger();
  const connection = fakeConnection({ ledger, recordings: () => recordings, calls, conferences, subjectIndex });
  const pauses: number[] = [];
  const backfill = (...typed: string[]) =>
    run(['backfill', ...day, ...typed], connection, { pause: async (seconds) => void pauses.push(seconds) });
  return { calls, conferences, subjectIndex, ledger, connection, pauses, backfill };
}

describe('backfill', () => {
  it.each<[string, CallEnds]>([
    ['called us', { from: ada, to: ours, direction: 'inbound' }],
    ['was called', { from: ours, to: ada, direction: 'outbound' }],
  ])('keeps the recording under the hash of the customer who %s', async (_way, ends) => {
    const { subjectIndex, backfill } = oldDay([made(1, { callSid: sids.call(1) })], [ends]);

    expect(JSON.parse((await backfill('--json')).out)).toMatchObject({ sent: 1, ofPersons: 1 });

    expect([...subjectIndex.all()]).toEqual([[`phone:${ada}`, [sids.recording(1)]]]);
  });

  it.each<[string, CallEnds]>([
    ['a browser', { from: 'client:ada', to: ours, direction: 'inbound' }],
    ['a SIP address', { from: ours, to: 'sip:desk@example.com', direction: 'outbound' }],
    ['a number that was withheld', { from: '+266696687', to: ours, direction: 'inbound' }],
    ['an end that Twilio does not know', { to: ours, direction: 'inbound' }],
    ['a call of which nobody says which end is ours', { from: ada, to: ours }],
  ])('takes %s for nobody, and sends the recording all the same', async (_end, ends) => {
    const { subjectIndex, connection, backfill } = oldDay([made(1, { callSid: sids.call(1) })], [ends]);

    expect((await backfill()).out).toMatch(/found by a number +0 of these/);

    expect([...subjectIndex.all()]).toEqual([]);
    expect(connection.sent).toHaveLength(1);
  });

  it('keeps a conference’s recording under the number whose call ended it', async () => {
    const { conferences, subjectIndex, backfill } = oldDay(
      [made(1, { conferenceSid: sids.conference() })],
      [{ from: ada, to: ours, direction: 'inbound' }],
    );
    conferences.put({ conferenceSid: sids.conference(), status: 'completed', callSidEnding: sids.call(1) });

    await backfill();

    expect(subjectIndex.all().get(`phone:${ada}`)).toEqual([sids.recording(1)]);
  });

  it('sends nothing of somebody who has been forgotten since, and has their erasure taken up again', async () => {
    const { subjectIndex, ledger, connection, backfill } = oldDay(
      [made(1, { callSid: sids.call(1) })],
      [{ from: ada, to: ours, direction: 'inbound' }],
    );
    const asked = { erasureId: 'er-1', requestedAt: new Date('2026-11-20T12:00:00Z') };
    await ledger.erasures.save({
      ...{
        ...asked,
        version: 0,
        requestedBy: 'operator:grace',
        why: 'DSR-17',
        taskSids: [],
        taskHashes: [],
        items: [],
      },
      ...{ subjectHashes: [`phone:${ada}`], messagesRemoved: 0, messagesKept: [], calabrio: [] },
      ...{ state: 'finished', finishedAt: asked.requestedAt },
    });
    await subjectIndex.addErasure(`phone:${ada}`, asked);

    const { out } = await backfill();

    expect(connection.sent).toEqual([]);
    expect(out).toMatch(/erased +1\n/);
    expect((await ledger.erasures.read('er-1'))?.state).toBe('open');
    expect(subjectIndex.all().get(`phone:${ada}`)).toEqual([sids.recording(1)]);
  });

  it('prints no number', async () => {
    const { backfill } = oldDay([made(1, { callSid: sids.call(1) })], [{ from: ada, to: ours, direction: 'inbound' }]);

    const { out, err } = await backfill();

    expect(`${out}${err}`).not.toMatch(/2025550143|5005550006/);
    expect(out).toMatch(/found by a number +1 of these/);
  });

  it('writes the index before the recording is sent, so that one sent is one found', async () => {
    const { subjectIndex, connection } = oldDay(
      [made(1, { callSid: sids.call(1) })],
      [{ from: ada, to: ours, direction: 'inbound' }],
    );
    const sendBack = async (): Promise<string> => {
      throw new Error(`killed with ${subjectIndex.all().size} in the index`);
    };

    await expect(run(['backfill', ...day], { ...connection, sendBack })).rejects.toThrow('killed with 1 in the index');
  });

  it.each(['--dry-run', '--no-subjects'])('asks for no call with %s', async (flag) => {
    const { calls, subjectIndex, backfill } = oldDay(
      [made(1, { callSid: sids.call(1) })],
      [{ from: ada, to: ours, direction: 'inbound' }],
    );

    expect((await backfill(flag)).code).toBe(0);

    expect(calls.asked).toEqual([]);
    expect([...subjectIndex.all()]).toEqual([]);
  });

  it('asks for no call of a recording that it does not send', async () => {
    const { calls, ledger, backfill } = oldDay(
      [made(1, { callSid: sids.call(1) })],
      [{ from: ada, to: ours, direction: 'inbound' }],
    );
    const erased = { state: 'erased', erasedAt: new Date('2026-11-01T00:00:00Z') } as const;
    await ledger.saveRecording(exampleRecording({ recordingSid: sids.recording(1), erasure: erased }));

    await backfill();

    expect(calls.asked).toEqual([]);
  });

  it('waits as long as Twilio asks for before it asks for the call again', async () => {
    const { calls, subjectIndex, pauses, backfill } = oldDay(
      [made(1, { callSid: sids.call(1) })],
      [{ from: ada, to: ours, direction: 'inbound' }],
    );
    calls.failNext('fetch', new RetryableError('429', { reason: 'twilio-rate-limited', retryAfterSeconds: 9 }));

    expect((await backfill()).code).toBe(0);

    expect(pauses[0]).toBe(9);
    expect(subjectIndex.all().size).toBe(1);
  });
});

describe('a recording from before the pipeline', () => {
  /** Two people's, as backfill leaves them: without task, under their numbers. */
  async function twoPeoples() {
    const world = startErasureWorld();
    const graces = '+12025550199';
    const calls = inMemoryCalls(sids.account());
    calls.put(sids.call(1), { from: ada, to: ours, direction: 'inbound' });
    calls.put(sids.call(2), { from: graces, to: ours, direction: 'inbound' });
    const all = [1, 2].map((n) => made(n, { callSid: sids.call(n) }));
    all.forEach((recording) => world.recordings.put(recording));
    const connection = {
      ...fakeConnection({ ledger: world.ledger, recordings: () => all, calls, subjectIndex: world.index }),
      subjectHash: world.has.subjectHash,
    };
    await run(['backfill', ...day], connection, { pause: async () => undefined });
    for (const { callSid, recordingSid, startedAt } of all)
      await world.ledger.saveRecording(
        exampleRecording({
          ...{ recordingSid, taskSids: [] },
          source: { status: 'completed', ...(callSid && { callSid }), ...(startedAt && { startedAt }) },
        }),
      );
    return world;
  }

  it('is found by the customer’s number, and nobody else’s with it', async () => {
    const { has } = await twoPeoples();

    const found = await findSubject({ ...has, index: has.index }, [{ kind: 'phone', value: ada }]);

    expect(found.recordings.map(({ recordingSid }) => recordingSid)).toEqual([sids.recording(1)]);
    expect(found).toMatchObject({ taskSids: [], unknownSids: [] });
  });

  it('is erased with the customer, here and at Twilio, and no longer found', async () => {
    const world = await twoPeoples();
    await world.ask({ subjectHashes: [opaqueHash('phone', ada)] });

    const request = await world.run();

    expect(request.state).toBe('finished');
    expect((await world.ledger.readRecording(sids.recording(1)))?.erasure.state).toBe('erased');
    expect((await world.ledger.readRecording(sids.recording(2)))?.erasure.state).toBe('none');
    expect(world.recordings.deletionRequests).toEqual([sids.recording(1)]);
    expect(world.index.all().has(opaqueHash('phone', ada))).toBe(false);
  });
});
