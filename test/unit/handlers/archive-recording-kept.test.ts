import { text } from 'node:stream/consumers';
import { archiveRecording, readArchiveRecordingMessage } from '../../../lambdas/archive-recording/handler.ts';
import { ignored } from '../../../lambdas/shared/domain/outcome.ts';
import type { Outcome } from '../../../lambdas/shared/domain/outcome.ts';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import { applyEvent } from '../../../lambdas/shared/domain/recording-events.ts';
import type { RecordingEvent } from '../../../lambdas/shared/domain/recording-events.ts';
import type { RetentionConfig } from '../../../lambdas/shared/domain/retention/retention-config.ts';
import { newTask } from '../../../lambdas/shared/domain/task-life.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { changeRecording } from '../../../lambdas/shared/steps/change-record.ts';
import { sids } from '../../support/example-sids.ts';
import { wavBytes } from '../../support/wav-bytes.ts';
import { at, contextOf, startWorld } from './world.ts';
import type { World } from './world.ts';

const key = `${sids.account()}/2026/03/02/${sids.recording()}.wav`;
const sidecar = `${sids.account()}/2026/03/02/${sids.recording()}.json`;

const retention: RetentionConfig = {
  classes: [
    {
      name: 'regulated',
      when: { queues: ['Orders'] },
      days: 1827,
      lock: { mode: 'governance', delayHours: 1 },
      storage: [],
    },
    { name: 'standard', days: 365, storage: [] },
  ],
};

/** A world that keeps by these classes, in which Twilio has the recording. */
function startKeeping(changes: Partial<Pick<World, 'keeping'>> = {}) {
  const world = { ...startWorld(), retention, ...changes };
  world.recordings.put(
    {
      recordingSid: sids.recording(),
      accountSid: sids.account(),
      status: 'completed',
      startedAt: at('09:59:50'),
      durationSeconds: 3,
      channels: 1,
    },
    { mono: wavBytes({ channels: 1, seconds: 3 }) },
  );
  return world;
}

type KeepingWorld = ReturnType<typeof startKeeping>;

const deliver = (world: KeepingWorld, taskSid?: string, receiveCount = 1): Promise<Outcome> => {
  const of = { v: 1, route: 'internal/archive-recording', recordingSid: sids.recording(), foundBy: 'list' };
  const message = { ...of, cause: 'm-0', ...(taskSid !== undefined && { taskSid }) };
  return archiveRecording(world)(readArchiveRecordingMessage(JSON.stringify(message)), {
    ...contextOf(),
    receiveCount,
  });
};

async function saveTask(world: KeepingWorld, changes: Partial<TaskRecord>): Promise<void> {
  const of = { taskSid: sids.task(), accountSid: sids.account(), workspaceSid: sids.workspace() };
  await world.ledger.saveTask({ ...newTask(of, at('09:59:00')), ...changes });
}

const doubt = (world: KeepingWorld): Promise<RecordingRecord> =>
  happens(world, { kind: 'archive-doubted', reason: 'a marker lies on it', what: 'missing' });

const happens = (world: KeepingWorld, event: RecordingEvent): Promise<RecordingRecord> =>
  changeRecording(world.ledger, sids.recording(), (before) => {
    if (before === undefined) throw new Error('the ledger has no such recording');
    return { record: applyEvent(before, event), timeline: [] };
  });

const placed = (matter: string) =>
  ({ kind: 'hold-placed', hold: { matter, placedBy: 'Ada Example', why: 'w', placedAt: at('10:00:00') } }) as const;

/** How each version of audio and sidecar is kept, audio first. */
const kept = (world: KeepingWorld) =>
  [key, sidecar].flatMap((one) =>
    world.archive.versions.of(one).map(({ tags, isHeld }) => `${tags['retention']} ${tags['held']} ${isHeld}`),
  );

describe('how a copy is kept', () => {
  it('is decided when it is verified, told to S3 of the audio and the sidecar, and written beside it', async () => {
    const world = startKeeping();

    await deliver(world);

    const { retention: decided, dueAt } = await world.recording();
    expect(decided).toMatchObject({ className: 'standard', until: new Date('2027-03-02T10:00:00Z') });
    expect(dueAt).toBeUndefined();
    // The sidecar is written once, with the decision.
    expect(kept(world)).toEqual(['standard no false', 'standard no false']);
    const beside = await world.archive.open(sidecar);
    expect(JSON.parse(beside === undefined ? '{}' : await text(beside.stream))).toMatchObject({
      retention: { className: 'standard', until: '2027-03-02T10:00:00.000Z' },
    });
  });

  it('is decided again when a task becomes known, and S3 is told', async () => {
    const world = startKeeping();
    await deliver(world);
    await saveTask(world, { taskQueueName: 'Orders' });
    world.setClock('10:05:00');

    await deliver(world, sids.task());

    const { retention: decided, dueAt } = await world.recording();
    expect(decided).toMatchObject({ className: 'regulated', lock: { dueAt: at('11:05:00') } });
    expect(dueAt).toEqual(at('11:05:00'));
    expect(new Set(kept(world))).toEqual(new Set(['regulated no false']));
  });

  it('is due at its lock’s time, is locked then, and rests', async () => {
    const world = startKeeping();
    await saveTask(world, { taskQueueName: 'Orders' });
    await deliver(world, sids.task());
    expect(world.archive.versions.of(key)[0]?.lock).toBeUndefined();
    expect((await world.recording()).dueAt).toEqual(at('11:00:00'));
    world.setClock('11:00:00');

    await deliver(world);

    expect(world.archive.versions.of(key)[0]?.lock).toEqual({
      mode: 'governance',
      until: new Date('2031-03-03T10:00:00Z'),
    });
    expect(world.measures).toContainEqual({ name: 'locks', outcome: 'locked', unit: 'Count', value: 1 });
    expect((await world.recording()).dueAt).toBeUndefined();
  });

  it('is not locked while the copy is doubted, and is when it is proved again', async () => {
    const world = startKeeping();
    await saveTask(world, { taskQueueName: 'Orders' });
    await deliver(world, sids.task());
    const marker = world.archive.versions.hide(key);
    await doubt(world);
    world.setClock('11:00:00');
    await deliver(world);
    expect((await world.recording()).retention?.lock?.lockedAt).toBeUndefined();
    expect(world.archive.versions.of(key)[0]?.lock).toBeUndefined();

    world.archive.removeVersion(key, marker.versionId);
    await deliver(world);

    expect(world.archive.versions.of(key)[0]?.lock?.mode).toBe('governance');
    expect((await world.recording()).retention?.lock?.lockedAt).toEqual(at('11:00:00'));
  });

  it('stays as it is when a task says less once it is locked', async () => {
    const world = startKeeping();
    await saveTask(world, { taskQueueName: 'Orders' });
    await deliver(world, sids.task());
    world.setClock('11:00:00');
    await deliver(world);
    const { retention: locked } = await world.recording();
    const withoutOrders = { ...world, retention: { classes: retention.classes.slice(1) } };

    await deliver(withoutOrders);

    expect((await world.recording()).retention).toEqual(locked);
  });

  it('is told again when S3 could not be told, and is due until then', async () => {
    const world = startKeeping();
    world.keeping.failNext('setTags', new Error('S3 is busy'));
    await expect(deliver(world)).rejects.toThrow('S3 is busy');
    expect((await world.recording()).dueAt).toEqual(at('10:00:00'));

    await deliver(world);

    expect((await world.recording()).dueAt).toBeUndefined();
    expect(new Set(kept(world))).toEqual(new Set(['standard no false']));
  });
});

describe('a hold', () => {
  it('that is placed while the copy is made is on the copy at the end of it', async () => {
    const world = startKeeping();
    const create: typeof world.archive.create = async (object, body) => {
      const stored = await world.archive.create(object, body);
      await happens(world, placed('A'));
      return stored;
    };

    await deliver({ ...world, archive: { ...world.archive, create } });

    expect(new Set(kept(world))).toEqual(new Set(['standard yes true']));
    expect((await world.recording()).dueAt).toBeUndefined();
  });

  it('is told to S3 also when nothing else can be done with the recording', async () => {
    const world = startKeeping();
    await deliver(world);
    await happens(world, placed('A'));
    world.archive.failNext('open', new Error('S3 gives nothing to read'));

    await expect(deliver(world)).rejects.toThrow('S3 gives nothing to read');

    expect(new Set(kept(world))).toEqual(new Set(['standard yes true']));
  });

  it('is told to S3 again by a message that comes again, whatever its last delivery was killed at', async () => {
    const world = startKeeping();
    await deliver(world);
    await happens(world, placed('A'));
    await deliver(world);
    for (const { versionId } of world.archive.versions.of(key)) {
      await world.keeping.setLegalHold(key, versionId, false);
      await world.keeping.setTags(key, versionId, { retention: 'standard', held: 'no' });
    }

    await deliver(world, undefined, 2);

    expect(new Set(kept(world))).toEqual(new Set(['standard yes true']));
  });

  it('of several matters ends in S3 with the last', async () => {
    const world = startKeeping();
    await deliver(world);
    for (const matter of ['A', 'B']) await happens(world, placed(matter));
    expect((await world.recording()).dueAt).toEqual(at('10:00:00'));
    await deliver(world);

    await happens(world, { kind: 'hold-released', matter: 'A' });
    await deliver(world);
    expect(new Set(kept(world))).toEqual(new Set(['standard yes true']));

    await happens(world, { kind: 'hold-released', matter: 'B' });
    await deliver(world);
    expect(new Set(kept(world))).toEqual(new Set(['standard no false']));
  });

  it('and a lock that falls due are both put on', async () => {
    const world = startKeeping();
    await saveTask(world, { taskQueueName: 'Orders' });
    await deliver(world, sids.task());
    await happens(world, placed('A'));
    world.setClock('11:00:01');

    await deliver(world);

    expect(world.archive.versions.of(key)[0]).toMatchObject({ isHeld: true, lock: { mode: 'governance' } });
  });
});

describe('a copy whose time is over', () => {
  /** Archived, kept for a year, and that year is over; S3 has taken everything away. */
  async function ended() {
    const world = startKeeping();
    await deliver(world);
    for (const one of [key, sidecar])
      for (const { versionId } of world.archive.versions.of(one)) world.archive.removeVersion(one, versionId);
    return { ...world, now: () => new Date('2027-03-02T10:00:00Z') };
  }

  it('is left to S3: nothing is written beside it, and nothing is missed', async () => {
    const world = await ended();

    expect(await deliver(world)).toEqual(ignored('retention-ended'));

    expect(world.archive.versions.keys()).toEqual([]);
    expect((await world.recording()).archive.state).toBe('verified');
  });

  it('proves nothing any more: its source stays', async () => {
    const world = await ended();
    const { deletion, ...policy } = world.policy;

    await deliver({ ...world, policy: { ...policy, deletion: { ...deletion, enabled: true, dryRun: false } } });

    expect((await world.recording()).refusals).toContain('retention-ended');
    expect(world.queues.sentTo('internal/delete-source')).toEqual([]);
  });

  it('goes on to be taken care of while a hold is on it', async () => {
    const world = await ended();
    await happens(world, placed('A'));

    expect(await deliver(world)).not.toEqual(ignored('retention-ended'));
  });
});
