import { archiveRecording, readArchiveRecordingMessage } from '../../../lambdas/archive-recording/handler.ts';
import { done, ignored, PermanentError, RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import type { Outcome } from '../../../lambdas/shared/domain/outcome.ts';
import type { RecordingResource } from '../../../lambdas/shared/ports/recordings.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleTask } from '../../support/ledger/example-records.ts';
import { wavBytes } from '../../support/wav-bytes.ts';
import { at, contextOf, startWorld } from './world.ts';
import type { World } from './world.ts';

const mono = wavBytes({ channels: 1, seconds: 3 });

/** A conference’s recording of two minutes ago, of which nobody has told us; its conference is named after task 1. */
function recordedConference(of: Partial<RecordingResource> = {}): World {
  const world = startWorld();
  world.recordings.put(
    {
      ...{ recordingSid: sids.recording(), accountSid: sids.account(), status: 'completed', startedAt: at('09:58:00') },
      ...{ durationSeconds: 3, channels: 1, origin: 'Conference', conferenceSid: sids.conference(), ...of },
    },
    { mono },
  );
  world.conferences.put({ conferenceSid: sids.conference(), status: 'completed', taskSid: sids.task() });
  return world;
}

function work(world: World, n = 1, receiveCount = 1): Promise<Outcome> {
  const route = 'internal/archive-recording';
  const message = { v: 1, route, recordingSid: sids.recording(n), foundBy: 'reconcile', cause: 'm-0' };
  return archiveRecording(world)(readArchiveRecordingMessage(JSON.stringify(message)), {
    ...contextOf(),
    receiveCount,
  });
}

const linksOf = (world: World) => world.queues.sentTo('internal/link-recording').map(({ taskSid }) => taskSid);

describe('a conference’s recording of which no task is known', () => {
  it('is of the task that the conference is named after, which is told of it', async () => {
    const world = recordedConference();

    expect(await work(world)).toEqual(done);

    expect(await world.recording()).toMatchObject({ taskSids: [sids.task()], archive: { state: 'verified' } });
    expect(linksOf(world)).toEqual([sids.task()]);
    expect(await world.ledger.timelineOf(sids.recording())).toContainEqual(
      expect.objectContaining({ what: `task known ${sids.task()}`, after: 'by the name of its conference' }),
    );
  });

  it('asks the conference once, also when its message comes again', async () => {
    const world = recordedConference();
    world.conferences.put({ conferenceSid: sids.conference(), status: 'completed' });

    await work(world);
    await work(world);

    expect(world.conferences.asked).toEqual([sids.conference()]);
    expect((await world.recording()).taskSids).toEqual([]);
    expect(linksOf(world)).toEqual([]);
  });

  it('tells the conference’s other recordings, which ask nobody', async () => {
    const world = recordedConference();
    const other = { ...(await first(world)), recordingSid: sids.recording(2) };
    world.recordings.put(other, { mono });

    await work(world);
    await work(world, 2);

    expect(world.conferences.asked).toHaveLength(1);
    expect(linksOf(world)).toEqual([sids.task(), sids.task()]);
  });

  it('is not copied when its task turns out to be one that was erased', async () => {
    const world = recordedConference();
    await world.ledger.saveTask(exampleTask({ erased: { at: at('09:59:00'), erasureId: 'er-1' } }));

    expect(await work(world)).toEqual(ignored('tombstoned'));

    expect(world.archive.keys()).toEqual([]);
    expect((await world.recording()).erasure).toMatchObject({ state: 'requested', erasureId: 'er-1' });
  });

  it('is copied without a task when Twilio does not have the conference any more', async () => {
    const world = recordedConference({ conferenceSid: sids.conference(2) });

    expect(await work(world)).toEqual(done);

    expect(await world.recording()).toMatchObject({ taskSids: [], archive: { state: 'verified' } });
  });

  it('comes again when Twilio does not answer, with nothing lost', async () => {
    const world = recordedConference();
    const away = new RetryableError('503', { reason: 'twilio-unavailable' });
    const fetch = async (): Promise<never> => {
      throw away;
    };

    await expect(work({ ...world, conferences: { ...world.conferences, fetch } })).rejects.toBe(away);
    expect(await work(world)).toEqual(done);

    expect((await world.recording()).taskSids).toEqual([sids.task()]);
  });

  it.each([
    ['after five receives on which Twilio did not answer', new RetryableError('403', { reason: 'twilio-refused' }), 6],
    ['at once where Twilio says no for good', new PermanentError('400', { reason: 'twilio-refused' }), 1],
  ])('is copied without its task %s', async (_when, failure, receiveCount) => {
    const world = recordedConference();
    const fetch = (): Promise<never> => Promise.reject(failure);

    expect(await work({ ...world, conferences: { ...world.conferences, fetch } }, 1, receiveCount)).toEqual(done);

    expect(await world.recording()).toMatchObject({ taskSids: [], archive: { state: 'verified' } });
  });

  it.each<[string, (world: World) => Promise<void>, Partial<RecordingResource>]>([
    ['a task is known by its conference', (world) => world.ledger.addAliases([sids.conference()], sids.task(2)), {}],
    ['it was made more than a week ago', async () => undefined, { startedAt: new Date('2026-02-23T09:59:59Z') }],
    ['it still runs', async () => undefined, { status: 'in-progress' }],
    ['it holds nothing', async () => undefined, { status: 'absent' }],
  ])('asks nobody when %s', async (_why, prepare, of) => {
    const world = recordedConference(of);
    await prepare(world);

    await work(world);

    expect(world.conferences.asked).toEqual([]);
  });
});

async function first(world: World): Promise<RecordingResource> {
  const fetched = await world.recordings.fetch(sids.account(), sids.recording());
  if (fetched.kind === 'gone') throw new Error('no recording was put');
  return fetched.recording;
}
