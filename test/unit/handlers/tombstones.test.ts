import { archiveRecording, readArchiveRecordingMessage } from '../../../lambdas/archive-recording/handler.ts';
import { enrichTask, readEnrichTaskMessage } from '../../../lambdas/enrich-task/handler.ts';
import { linkRecording } from '../../../lambdas/link-recording/handler.ts';
import { recordingTombstone, taskTombstone } from '../../../lambdas/shared/domain/erasure/erasure-life.ts';
import { done, ignored } from '../../../lambdas/shared/domain/outcome.ts';
import type { ErasureRequest } from '../../../lambdas/shared/domain/erasure/erasure-request.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleRecording, exampleTask } from '../../support/ledger/example-records.ts';
import { at, contextOf, envelope, linkBaseUrl, ourLink, putTask, startWorld, taskCallback } from './world.ts';
import type { World } from './world.ts';

const erasedAt = at('12:00:00');
const erasure = { at: erasedAt, erasureId: 'er-1' };

const finished: ErasureRequest = {
  ...{ erasureId: 'er-1', version: 0, requestedAt: at('11:00:00'), requestedBy: 'operator:grace', why: 'DSR-17' },
  ...{ subjectHashes: [], taskSids: [sids.task()], taskHashes: [], items: [], messagesRemoved: 0, messagesKept: [] },
  ...{ calabrio: [], state: 'finished', finishedAt: erasedAt },
};

/** Task 1 with call 1 and conference 1 was erased, and recording 1 with it. */
async function erasedWorld(): Promise<World> {
  const world = startWorld();
  const ids = { callSids: [sids.call()], conferenceSids: [sids.conference()] };
  await world.ledger.saveTask(taskTombstone(exampleTask({ ...ids, endedAt: at('10:04:00') }), erasure));
  await world.ledger.addAliases([sids.task(), sids.call(), sids.conference()], sids.task());
  await world.ledger.saveRecording(recordingTombstone(exampleRecording({ taskSids: [sids.task()] }), erasure));
  await world.ledger.addAliases([sids.call(), sids.conference()], sids.recording());
  await world.erasures.save(finished);
  putTask(world, {});
  return world;
}

const enrich = (world: World, body: string) => enrichTask(world)(readEnrichTaskMessage(body), contextOf());
const archive = (world: World, body: string) => archiveRecording(world)(readArchiveRecordingMessage(body), contextOf());

const recordingCallback = (n: number, conference: number): string =>
  envelope(
    'twilio/recording-events',
    new URLSearchParams({
      ...{ AccountSid: sids.account(), RecordingSid: sids.recording(n), RecordingStatus: 'completed' },
      ...{ ConferenceSid: sids.conference(conference), RecordingDuration: '5', RecordingChannels: '1' },
    }).toString(),
  );

describe('an erased task', () => {
  it('is changed by no event: neither the record, the timeline nor the index', async () => {
    const world = await erasedWorld();
    const before = await world.task();

    const body = taskCallback({ type: 'task.updated', attributes: { from: '+12025550143', name: 'Ada Example' } });
    expect(await enrich(world, body)).toEqual(ignored('tombstoned'));

    expect(await world.task()).toEqual(before);
    expect(await world.ledger.timelineOf(sids.task())).toEqual([]);
    expect(world.subjectIndex.all().size).toBe(0);
    expect(world.queues.sent).toEqual([]);
  });

  it.each([
    { route: 'internal/discover-recordings' },
    { route: 'internal/enrich-task', deadlines: ['segment'], part: 'task' },
  ])('is asked nothing of at Twilio: $route', async (message) => {
    const world = await erasedWorld();

    const body = JSON.stringify({ v: 1, ...message, taskSid: sids.task(), cause: 'EV1' });
    expect(await enrich(world, body)).toEqual(ignored('tombstoned'));

    expect(world.queues.sent).toEqual([]);
  });

  it('has its conference’s labels forgotten for good', async () => {
    const world = await erasedWorld();

    const form = new URLSearchParams({
      ...{ AccountSid: sids.account(), ConferenceSid: sids.conference(), StatusCallbackEvent: 'participant-join' },
      ...{ CallSid: sids.call(), ParticipantLabel: '+12025550143', Timestamp: '1804147200' },
    });
    expect(await enrich(world, envelope('twilio/conference-events', form.toString()))).toEqual(ignored('tombstoned'));

    expect(await world.conferenceRecords.readConference(sids.conference())).toBeUndefined();
  });

  it('gets no link', async () => {
    const world = await erasedWorld();
    const has = { ...world, linkMode: 'segment-link', linkTranscripts: false, onExistingLink: 'replace' } as const;
    const of = { v: 1, taskSid: sids.task(), recordingSid: sids.recording(9), cause: 'EV1' } as const;

    const outcome = await linkRecording({ ...has, linkBaseUrl })(
      { ...of, route: 'internal/link-recording', why: 'announced' },
      contextOf(),
    );

    expect(outcome).toEqual(ignored('tombstoned'));
    expect(world.tasks.attributesOf(sids.task())).toBe('{}');
  });
});

describe('a living task with an erased recording', () => {
  const segmentLink = {
    linkMode: 'segment-link',
    linkTranscripts: false,
    onExistingLink: 'replace',
    linkBaseUrl,
  } as const;
  const announce = (world: World, n: number) =>
    linkRecording({ ...world, ...segmentLink })(
      {
        ...{ v: 1, route: 'internal/link-recording', taskSid: sids.task(2), recordingSid: sids.recording(n) },
        ...{ why: 'announced', cause: 'EV1' },
      },
      contextOf(),
    );

  async function livingTask(): Promise<World> {
    const world = await erasedWorld();
    putTask(world, {}, 2);
    await world.ledger.saveTask(
      exampleTask({
        taskSid: sids.task(2),
        primaryRecordingSid: sids.recording(1),
        recordings: [1, 2].map((n) => ({
          ...{ recordingSid: sids.recording(n), foundBy: 'list', kind: 'call', isAbsent: false },
        })),
      }),
    );
    return world;
  }

  it('is linked to the one that is left', async () => {
    const world = await livingTask();

    expect(await announce(world, 2)).toEqual(done);

    expect(JSON.parse(world.tasks.attributesOf(sids.task(2)) ?? '')).toEqual({
      conversations: { segment_link: ourLink(2) },
    });
  });

  it('is never linked to the erased one', async () => {
    const world = await livingTask();

    expect(await announce(world, 1)).toEqual(ignored('tombstoned'));

    expect(world.tasks.attributesOf(sids.task(2))).toBe('{}');
  });
});

describe('an erased recording', () => {
  it('is not copied again, whoever announces it', async () => {
    const world = await erasedWorld();
    const before = await world.recording();

    expect(await archive(world, recordingCallback(1, 1))).toEqual(ignored('tombstoned'));

    expect(await world.recording()).toEqual(before);
    expect(world.archive.keys()).toEqual([]);
    expect(world.queues.sent).toEqual([]);
  });
});

describe('a recording of an erased task that nobody knew of', () => {
  it('is marked and not copied, and the erasure is taken up again for it, once', async () => {
    const world = await erasedWorld();

    expect(await archive(world, recordingCallback(2, 1))).toEqual(ignored('tombstoned'));

    expect((await world.recording(2)).erasure).toMatchObject({ state: 'requested', erasureId: 'er-1' });
    expect(await world.erasures.read('er-1')).toMatchObject({ state: 'open', dueAt: world.now() });
    expect(world.archive.keys()).toEqual([]);
    expect(world.queues.sent).toEqual([]);

    const reopened = await world.erasures.read('er-1');
    expect(await archive(world, recordingCallback(2, 1))).toEqual(ignored('tombstoned'));
    expect(await world.erasures.read('er-1')).toEqual(reopened);
  });

  it('is one of somebody else’s when its conference is', async () => {
    const world = await erasedWorld();

    await expect(archive(world, recordingCallback(3, 2))).rejects.toMatchObject({ reason: 'media-not-there-yet' });

    expect((await world.recording(3)).erasure).toEqual({ state: 'none' });
    expect((await world.erasures.read('er-1'))?.state).toBe('finished');
  });

  it('is one of somebody else’s when the erased task only quoted it', async () => {
    const world = await erasedWorld();
    await world.ledger.saveTask(exampleTask({ taskSid: sids.task(2), conferenceSids: [sids.conference(2)] }));
    await world.ledger.addAliases([sids.task(2), sids.conference(2)], sids.task(2));
    await world.ledger.saveRecording(exampleRecording({ recordingSid: sids.recording(3), taskSids: [sids.task()] }));

    await expect(archive(world, recordingCallback(3, 2))).rejects.toMatchObject({ reason: 'media-not-there-yet' });

    expect((await world.recording(3)).erasure).toEqual({ state: 'none' });
    expect((await world.erasures.read('er-1'))?.state).toBe('finished');
  });
});
