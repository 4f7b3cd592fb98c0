import { archiveRecording, readArchiveRecordingMessage } from '../../../lambdas/archive-recording/handler.ts';
import { done, ignored } from '../../../lambdas/shared/domain/outcome.ts';
import type { Outcome } from '../../../lambdas/shared/domain/outcome.ts';
import { examplePolicy } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import { wavBytes } from '../../support/wav-bytes.ts';
import { at, contextOf, startWorld } from './world.ts';
import type { World } from './world.ts';

const sid = sids.recording();
const mono = wavBytes({ channels: 1, seconds: 3 });
const archiveOnly = examplePolicy({ confirmedBy: 'archive' }, { reports: { archive: true, calabrio: false } });

function twilioHas(world: World): void {
  const facts = { status: 'completed', startedAt: at('09:59:50'), durationSeconds: 3, channels: 1 } as const;
  world.recordings.put({ recordingSid: sid, accountSid: sids.account(), ...facts }, { mono });
}

function work(world: World): Promise<Outcome> {
  const message = { v: 1, route: 'internal/archive-recording', recordingSid: sid, foundBy: 'list', cause: 'm-0' };
  return archiveRecording(world)(readArchiveRecordingMessage(JSON.stringify(message)), contextOf());
}

const gone = 'source gone without our intent';

describe('a source that somebody deleted before it was archived', () => {
  it('is given up at once, marked as gone, and rings', async () => {
    const world = startWorld();
    twilioHas(world);
    world.recordings.deleteElsewhere(sid);

    expect(await failureOf(work(world))).toMatchObject({ name: 'PermanentError', reason: 'source-deleted' });

    expect(await world.recording()).toMatchObject({
      archive: { state: 'failed', reason: 'source-deleted' },
      deletion: { state: 'gone-external', foundAt: at('10:00:00') },
    });
    const lines = await world.ledger.timelineOf(sid);
    expect(lines.filter(({ what }) => what === gone)).toMatchObject([
      { actor: 'archive-recording', cause: 'm-0', before: 'none', after: 'gone-external' },
    ]);
    expect(world.measures).toEqual([{ outcome: 'gone-external', name: 'sourcesGone', unit: 'Count', value: 1 }]);
  });

  it('is not given up again by every later message, and is not asked for at Twilio any more', async () => {
    const world = startWorld();
    twilioHas(world);
    world.recordings.deleteElsewhere(sid);
    await failureOf(work(world));
    world.recordings.failNext('fetch', new Error('Twilio was asked'));

    expect(await work(world)).toEqual(ignored('already-deleted'));

    expect(world.measures).toHaveLength(1);
  });

  it('is only waited for while Twilio has no trace of it: it may be coming', async () => {
    const world = startWorld();

    expect(await failureOf(work(world))).toMatchObject({ name: 'RetryableError', reason: 'media-not-there-yet' });

    expect(await world.recording()).toMatchObject({ deletion: { state: 'none' }, archive: { state: 'none' } });
    expect(world.measures).toEqual([]);
  });
});

describe('a source that is deleted while its copy is being proved', () => {
  it('does not keep the copy from being proved', async () => {
    const world = startWorld();
    twilioHas(world);
    world.archive.failNext('putSidecar', new Error('killed'));
    await failureOf(work(world));
    const stored = await world.recording();
    expect(stored.archive.state).toBe('stored');
    await world.ledger.saveRecording({ ...stored, source: { ...stored.source, status: 'deleted' } });

    expect(await work(world)).toEqual(done);

    expect((await world.recording()).archive.state).toBe('verified');
  });
});

describe('the review of a recording', () => {
  it.each(['mismatched', 'running'] as const)('is over once it was made, also of one that is %s', async (how) => {
    const world = { ...startWorld(), policy: archiveOnly };
    twilioHas(world);
    await work(world);
    const { archive: _archive, source, ...rest } = await world.recording();
    await world.ledger.saveRecording({
      ...rest,
      source: how === 'running' ? { status: 'in-progress' } : source,
      archive: how === 'running' ? { state: 'none' } : { state: 'mismatched', reason: 'found so', what: 'hash' },
      reviewAt: at('10:00:00'),
    });
    if (how === 'running')
      world.recordings.put({ recordingSid: sid, accountSid: sids.account(), status: 'in-progress' });
    world.setClock('10:30:00');

    await work(world);

    const { reviewAt } = await world.recording();
    expect(reviewAt === undefined || reviewAt > at('10:30:00')).toBe(true);
  });
});
