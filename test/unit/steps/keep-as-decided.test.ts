import type { RetentionDecision } from '../../../lambdas/shared/domain/kept-facets.ts';
import { applyKeeping, keepingDueAt } from '../../../lambdas/shared/domain/retention/keeping-life.ts';
import type { Keepable, KeepingEvent } from '../../../lambdas/shared/domain/retention/keeping-life.ts';
import { keepAsDecided } from '../../../lambdas/shared/steps/keep-as-decided.ts';
import type { KeptThing } from '../../../lambdas/shared/steps/keep-as-decided.ts';
import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import { archiveVersions } from '../../support/fakes/archive-versions.ts';
import { inMemoryArchiveKeeping } from '../../support/fakes/in-memory-archive-keeping.ts';

const prefix = 'AC1/2026/03/02/RE1.';
const [audio, sidecar] = [`${prefix}wav`, `${prefix}json`];
const at = (day: number, time = '10:00:00'): Date => new Date(`2026-03-${String(day).padStart(2, '0')}T${time}Z`);

const standard: RetentionDecision = { className: 'standard', decidedAt: at(2) };
const locking: RetentionDecision = {
  className: 'regulated',
  decidedAt: at(2),
  until: at(30),
  lock: { mode: 'governance', dueAt: at(5), until: at(30) },
};
const hold = (matter: string, day = 2) => ({ matter, placedBy: 'Ada Example', why: 'a claim', placedAt: at(day) });
const release = (day: number) => ({ releasedBy: 'Ada Example', why: 'settled', releasedAt: at(day) });

type Thing = Keepable;

/** One thing with an audio and two versions of a sidecar in the archive, and its record. */
function startThing(changes: Partial<Thing> = {}) {
  let now = at(2);
  let record: Thing = { archive: { state: 'verified' }, holds: [], erasure: { state: 'none' }, ...changes };
  const versions = archiveVersions();
  const put = (key: string) => versions.add(key, { bytes: Buffer.from('x'), contentType: '', metadata: {} }).versionId;
  const proved = [{ key: audio, versionId: put(audio) }];
  put(sidecar);
  put(sidecar);
  put('AC1/2026/03/02/RE2.wav');
  const keeping = inMemoryArchiveKeeping(versions, () => now);
  const measures: string[] = [];
  const lines: string[] = [];
  const thing: KeptThing<Thing> = {
    prefix,
    proved: ({ archive }) => (archive.state === 'verified' ? proved : []),
    read: async () => record,
    async change(event, { what, after }, isStillSo) {
      if (!isStillSo(record)) return record;
      record = applyKeeping(record, event);
      lines.push(`${what}: ${after}`);
      return record;
    },
  };
  const has = {
    keeping,
    meter: {
      measure: ({ name, outcome }: { name: string; outcome: string }) => void measures.push(`${name} ${outcome}`),
    },
    now: () => now,
  };
  return {
    ...{ versions, keeping, measures, lines, has, thing, put },
    keep: () => keepAsDecided(has, thing),
    record: () => record,
    happens: (event: KeepingEvent) => void (record = applyKeeping(record, event)),
    provedAgain: () => void (record = { ...record, archive: { state: 'verified' } }),
    setDay: (day: number) => void (now = at(day)),
    /** Tags and hold of every version under the prefix, in the order of their making. */
    told: () => [audio, sidecar].flatMap((key) => versions.of(key).map(({ tags, isHeld }) => ({ ...tags, isHeld }))),
    lock: () => versions.of(audio)[0]?.lock,
    stranger: () => versions.of('AC1/2026/03/02/RE2.wav')[0],
  };
}

const open = { retention: 'standard', held: 'no', isHeld: false };
const held = { retention: 'standard', held: 'yes', isHeld: true };

describe('what S3 is told', () => {
  it('is the class of every version of everything that belongs to it, and nothing of its neighbour', async () => {
    const world = startThing({ retention: standard });

    await world.keep();

    expect(world.told()).toEqual([open, open, open]);
    expect(world.stranger()?.tags).toEqual({});
    expect(world.record().kept).toEqual({
      ...{ className: 'standard', isHeld: false, at: at(2) },
      versions: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(world.lines).toEqual(['kept in S3: standard, not held, 3 versions']);
  });

  it('is told once, and again of every version when there is a new one', async () => {
    const world = startThing({ retention: standard });
    await world.keep();
    const calls = world.keeping.done.length;

    await world.keep();
    expect(world.keeping.done).toHaveLength(calls);
    world.put(sidecar);
    await world.keep();

    expect(world.told()).toEqual([open, open, open, open]);
  });

  it('is nothing where nothing was decided and nothing holds it', async () => {
    const world = startThing();

    await world.keep();

    expect([world.keeping.done, world.record().kept]).toEqual([[], undefined]);
  });

  it('is nothing where nothing lies there yet, nor of what was erased', async () => {
    for (const changes of [
      { archive: { state: 'none' } },
      { erasure: { state: 'erased', erasedAt: at(2) } as const },
    ]) {
      const world = startThing({ retention: standard, holds: [hold('A')], ...changes });

      await world.keep();

      expect(world.keeping.done).toEqual([]);
    }
  });

  it('goes on after a call that failed, and says nothing was told before', async () => {
    const world = startThing({ retention: standard });
    world.keeping.failNext('setTags', new RetryableError('S3 is busy', { reason: 'archive-unavailable' }));

    await expect(world.keep()).rejects.toThrow('S3 is busy');
    expect(world.record().kept).toBeUndefined();
    expect(keepingDueAt(world.record())).toEqual(at(2));
    await world.keep();

    expect(world.told()).toEqual([open, open, open]);
    expect(keepingDueAt(world.record())).toBeUndefined();
  });
});

describe('a hold', () => {
  it('is on every version, older ones too, until the last matter is released', async () => {
    const world = startThing({ retention: standard });
    await world.keep();
    world.happens({ kind: 'hold-placed', hold: hold('A', 3) });
    world.happens({ kind: 'hold-placed', hold: hold('B', 4) });
    expect(keepingDueAt(world.record())).toEqual(at(4));

    await world.keep();
    expect(world.told()).toEqual([held, held, held]);

    world.happens({ kind: 'hold-released', matter: 'A', release: release(6) });
    expect(keepingDueAt(world.record())).toBeUndefined();
    await world.keep();
    expect(world.told()).toEqual([held, held, held]);

    world.happens({ kind: 'hold-released', matter: 'B', release: release(7) });
    expect(keepingDueAt(world.record())).toEqual(at(7));
    await world.keep();
    expect(world.told()).toEqual([open, open, open]);
  });

  it('is put on before the tags say so', async () => {
    const world = startThing({ holds: [hold('A')] });

    await world.keep();

    expect(world.keeping.done.slice(0, 2)).toEqual(['hold v2', 'tags v2']);
    expect(world.told()[0]).toEqual({ held: 'yes', isHeld: true });
  });

  it('that is placed while S3 is told of none wins, whoever tells S3 last', async () => {
    const world = startThing({ retention: standard });
    const { setTags } = world.keeping;
    let isPlaced = false;
    const keeping = {
      ...world.keeping,
      async setTags(...told: Parameters<typeof setTags>) {
        if (!isPlaced) {
          isPlaced = true;
          world.happens({ kind: 'hold-placed', hold: hold('A') });
          await world.keep();
        }
        await setTags(...told);
      },
    };

    await keepAsDecided({ ...world.has, keeping }, world.thing);

    expect(world.told()).toEqual([held, held, held]);
    expect(world.record().kept?.isHeld).toBe(true);
  });

  it('that came between the calls of a delivery that was killed is put on when its message comes again', async () => {
    const world = startThing({ retention: standard });
    const { setTags } = world.keeping;
    const keeping = {
      ...world.keeping,
      async setTags(...told: Parameters<typeof setTags>) {
        world.happens({ kind: 'hold-placed', hold: hold('A') });
        await world.keep();
        await setTags(...told);
        throw new Error('killed');
      },
    };
    await expect(keepAsDecided({ ...world.has, keeping }, world.thing)).rejects.toThrow('killed');
    expect(world.told()).toContainEqual({ ...held, held: 'no' });

    await keepAsDecided(world.has, world.thing, { isAnew: true });

    expect(world.told()).toEqual([held, held, held]);
  });

  it('that was put on half and released meanwhile is taken off when its message comes again', async () => {
    const world = startThing({ retention: standard });
    await world.keep();
    world.happens({ kind: 'hold-placed', hold: hold('A', 3) });
    world.keeping.failNext('setTags', new RetryableError('S3 is busy', { reason: 'archive-unavailable' }));
    await expect(world.keep()).rejects.toThrow('S3 is busy');
    world.happens({ kind: 'hold-released', matter: 'A', release: release(3) });
    await world.keep();
    expect(world.told()).toContainEqual({ ...open, isHeld: true });

    await keepAsDecided(world.has, world.thing, { isAnew: true });

    expect(world.told()).toEqual([open, open, open]);
  });

  it('that somebody put on in S3 by hand stays, whoever tells S3 of a class', async () => {
    const world = startThing({ retention: standard });
    await world.keeping.setLegalHold(audio, 'v1', true);

    await keepAsDecided(world.has, world.thing, { isAnew: true });

    expect(world.told()[0]).toEqual({ ...open, isHeld: true });
  });

  it('is let go of when an erasure is to take it away', async () => {
    const world = startThing({ retention: standard, holds: [hold('A')] });
    await world.keep();
    world.happens({ kind: 'hold-released', matter: 'A', release: release(3) });
    const requested = { state: 'requested', requestedAt: at(2) } as const;
    const asked = { ...world.record(), erasure: requested };

    await keepAsDecided(world.has, { ...world.thing, read: async () => asked, change: async () => asked });

    expect(world.told()).toEqual([open, open, open]);
  });
});

describe('a lock', () => {
  it('is not on it before its time, and then on the version that was proved alone', async () => {
    const world = startThing({ retention: locking });
    await world.keep();
    expect(world.lock()).toBeUndefined();
    expect(keepingDueAt(world.record())).toEqual(at(5));

    world.setDay(5);
    await world.keep();

    expect(world.lock()).toEqual({ mode: 'governance', until: at(30) });
    expect(world.versions.of(sidecar).map(({ lock }) => lock)).toEqual([undefined, undefined]);
    expect(world.record().retention?.lock?.lockedAt).toEqual(at(5));
    expect(world.measures).toEqual(['locks locked']);
    expect(keepingDueAt(world.record())).toBeUndefined();
  });

  it('is put on what is held as well', async () => {
    const world = startThing({ retention: locking, holds: [hold('A')] });
    world.setDay(6);

    await world.keep();

    expect(world.lock()).toEqual({ mode: 'governance', until: at(30) });
    expect(world.versions.of(audio)[0]?.isHeld).toBe(true);
  });

  it('is put on once more when it was decided to last longer', async () => {
    const lock = { mode: 'governance', dueAt: at(5), until: at(30), lockedAt: at(5) } as const;
    const world = startThing({ retention: { ...locking, lock } });
    world.setDay(7);
    const longer = { ...locking, decidedAt: at(7), until: at(31), lock: { ...lock, until: at(31) } };
    world.happens({ kind: 'retention-decided', retention: longer });

    await world.keep();

    expect(world.lock()).toEqual({ mode: 'governance', until: at(31) });
    expect(world.record().retention?.lock?.lockedAt).toEqual(at(7));
  });

  it('that S3 has longer already is what the ledger says then, and it is kept as long', async () => {
    const world = startThing({ retention: locking });
    const there = { mode: 'compliance', until: at(31) } as const;
    await world.keeping.lock(audio, 'v1', there);
    world.setDay(5);

    await world.keep();

    expect(world.lock()).toEqual(there);
    expect(world.record().retention).toEqual({
      ...locking,
      until: at(31),
      lock: { ...there, dueAt: at(5), lockedAt: at(5) },
    });
  });

  it('whose time went by before it could be put on is none', async () => {
    const world = startThing({ retention: locking });
    world.setDay(30);

    await world.keep();

    expect(world.record().retention).toEqual({ className: 'regulated', decidedAt: at(2), until: at(30) });
    expect(keepingDueAt(world.record())).toBeUndefined();
  });

  it('waits until there is a copy that is proved, and is on none before', async () => {
    const world = startThing({ retention: locking, archive: { state: 'mismatched' } });
    world.setDay(5);
    await world.keep();

    expect(world.lock()).toBeUndefined();
    expect(world.record().retention?.lock?.lockedAt).toBeUndefined();
    expect(world.measures).toEqual([]);

    world.provedAgain();
    await world.keep();
    expect(world.lock()).toEqual({ mode: 'governance', until: at(30) });
  });

  it('of a copy without a version id is a fault that a person must mend', async () => {
    const world = startThing({ retention: locking });
    world.setDay(5);

    const without = { ...world.thing, proved: () => [{ key: audio }] };

    await expect(keepAsDecided(world.has, without)).rejects.toMatchObject({
      name: 'PermanentError',
      reason: 'lock-impossible',
    });
  });
});
