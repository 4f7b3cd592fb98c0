import fc from 'fast-check';
import type { ErasureItem } from '../../../lambdas/shared/domain/erasure/erasure-request.ts';
import { sids } from '../../support/example-sids.ts';
import { at, startErasureWorld } from '../../support/erasure/erasure-world.ts';
import type { ErasureWorld } from '../../support/erasure/erasure-world.ts';
import { ada, grace, hashesOf, keysOf, playCall } from '../../support/erasure/play-life.ts';

/** What may lie under the keys of one recording, and what may stand against its erasure. */
interface Call {
  readonly isAdas: boolean;
  readonly extraVersions: number;
  readonly extraMarkers: number;
  readonly others: readonly string[];
  readonly obstacle: 'none' | 'hold' | 'governance' | 'compliance' | 'old lock' | 'left-over hold' | 'strange hold';
  /** What a function that had begun before stores after the first look. */
  readonly late: number;
}

const call: fc.Arbitrary<Call> = fc.record({
  isAdas: fc.boolean(),
  extraVersions: fc.nat({ max: 3 }),
  extraMarkers: fc.nat({ max: 2 }),
  others: fc.subarray(['wav.enc', 'json', 'txt']),
  obstacle: fc.constantFrom(
    'none',
    'none',
    'hold',
    'governance',
    'compliance',
    'old lock',
    'left-over hold',
    'strange hold',
  ),
  late: fc.nat({ max: 2 }),
});

const later = new Date('2030-01-01T00:00:00Z');
const over = new Date('2026-01-01T00:00:00Z');

async function play(world: ErasureWorld, one: Call, n: number): Promise<void> {
  await playCall(world, one.isAdas ? ada : grace, n);
  const { versions, ledger } = world;
  const [audioKey = ''] = keysOf(n);
  const stem = audioKey.replace(/wav$/, '');
  const add = (key: string): void =>
    void versions.add(key, { bytes: Buffer.from(key), contentType: 'audio/x-wav', metadata: {} });
  for (let times = 0; times < one.extraVersions; times += 1) add(audioKey);
  for (let times = 0; times < one.extraMarkers; times += 1) versions.hide(audioKey);
  for (const end of one.others) add(`${stem}${end}`);
  const versionId = versions.of(audioKey)[0]?.versionId ?? '';
  const lock = { governance: 'governance', compliance: 'compliance', 'old lock': 'compliance' } as const;
  if (one.obstacle in lock)
    versions.change(audioKey, versionId, {
      lock: {
        mode: one.obstacle === 'governance' ? 'governance' : 'compliance',
        until: one.obstacle === 'old lock' ? over : later,
      },
    });
  if (one.obstacle.endsWith(' hold')) versions.change(audioKey, versionId, { isHeld: true });
  const record = await ledger.readRecording(sids.recording(n));
  if (record !== undefined && one.obstacle === 'left-over hold')
    await ledger.saveRecording({ ...record, kept: { isHeld: true, at: at('11:00:00') } });
  if (record !== undefined && one.obstacle === 'hold')
    await ledger.saveRecording({
      ...record,
      holds: [{ matter: 'CASE-17', placedBy: 'grace', why: 'a claim', placedAt: at('11:00:00') }],
    });
}

const under = (world: ErasureWorld, n: number) =>
  world.versions
    .keys()
    .filter((key) => key.includes(sids.recording(n)))
    .flatMap((key) => world.versions.of(key));

describe('an erasure', () => {
  it('invariant 13: ends only when no version of the erased is left, touches nothing that is held or locked, and nobody else’s', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 5 }), fc.boolean(), async (calls, opensGovernance) => {
        const world = startErasureWorld({ opensGovernance });
        for (const [place, one] of calls.entries()) await play(world, one, place + 1);
        const before = calls.map((_one, place) => under(world, place + 1));
        await world.ask({ subjectHashes: hashesOf(ada) });
        await world.deliver();
        const stays = ({ isAdas, obstacle }: Call): boolean =>
          !isAdas ||
          ['hold', 'strange hold', 'compliance', ...(opensGovernance ? [] : ['governance'])].includes(obstacle);
        for (const [place, one] of calls.entries()) {
          const [audioKey = ''] = keysOf(place + 1);
          const late = { bytes: Buffer.from('late'), contentType: 'audio/x-wav', metadata: {} };
          if (!stays(one)) for (let times = 0; times < one.late; times += 1) world.versions.add(audioKey, late);
        }

        const request = await world.run();

        const stateOf = (sid: ErasureItem['sid']) => request.items.find((item) => item.sid === sid)?.state.kind;
        for (const [place, one] of calls.entries()) {
          const n = place + 1;
          const [record, task] = [
            await world.ledger.readRecording(sids.recording(n)),
            await world.ledger.readTask(sids.task(n)),
          ];
          const isIndexed = [...world.index.all().values()].flat().includes(sids.task(n));
          if (stays(one)) expect([under(world, n), isIndexed, task?.erased]).toEqual([before[place], true, undefined]);
          else expect([under(world, n), isIndexed, record?.erasure.state]).toEqual([[], false, 'erased']);
          if (one.isAdas) expect(stateOf(sids.recording(n)) === 'erased').toBe(!stays(one));
          else expect(stateOf(sids.recording(n))).toBeUndefined();
        }
        const isBlocked = calls.some((one) => one.isAdas && stays(one));
        expect(request.state).toBe(isBlocked ? 'blocked' : 'finished');
      }),
      { numRuns: 150 },
    );
  });
});
