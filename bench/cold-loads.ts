import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { median } from './benchmark.ts';
import type { Benchmark, BenchmarkResult, Measurement } from './benchmark.ts';
import { bundleEntry, bundleFunction, functionNames } from './bundles.ts';
import type { Bundle } from './bundles.ts';

const ROUNDS = 11;
/** A cold start may be a few times the empty function's, not fifty. */
const MOST_TIMES_THE_EMPTY_FUNCTION = 6;

const loadSchema = z.object({
  /** From the start of the process to a handler that could be called. */
  startedMs: z.number(),
  /** Of that, what loading the bundle took. */
  loadedMs: z.number(),
});
type Load = z.infer<typeof loadSchema>;

/** How long a new process needs to have each function's handler, beside an empty function's. */
export const coldLoads: Benchmark = {
  name: 'cold-loads',
  summary: 'start of a process with each function, relative to an empty function',
  async run(line): Promise<BenchmarkResult> {
    const directory = await mkdtemp(join(tmpdir(), 'cold-loads-'));
    try {
      const entry = join(directory, 'empty.ts');
      await writeFile(entry, 'export const handler = async (): Promise<void> => {};\n');
      const empty = await bundleEntry('empty', entry, directory);
      const bundles = await Promise.all(functionNames().map((name) => bundleFunction(name, directory)));
      return resultOf(measureInTurn([empty, ...bundles], line));
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};

/** Round by round through all of them, so that a busy moment of the machine is shared by all. */
function measureInTurn(bundles: readonly Bundle[], line: (text: string) => void): ReadonlyMap<string, Load> {
  const loads = new Map<string, Load[]>(bundles.map(({ functionName }) => [functionName, []]));
  for (let round = 1; round <= ROUNDS; round += 1) {
    line(`round ${round} of ${ROUNDS}`);
    for (const bundle of bundles) loads.get(bundle.functionName)?.push(loadOnce(bundle));
  }
  return new Map(
    [...loads].map(([name, all]) => [
      name,
      { startedMs: median(all.map((one) => one.startedMs)), loadedMs: median(all.map((one) => one.loadedMs)) },
    ]),
  );
}

const PROBE = `
const before = performance.now();
const { handler } = require(process.argv[1]);
if (typeof handler !== 'function') throw new Error('no handler in ' + process.argv[1]);
console.log(JSON.stringify({ startedMs: performance.now(), loadedMs: performance.now() - before }));
`;

function loadOnce({ file }: Bundle): Load {
  const ended = spawnSync(process.execPath, ['-e', PROBE, file], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  if (ended.status !== 0) throw new Error(`${file} could not be loaded: ${ended.stderr}`);
  return loadSchema.parse(JSON.parse(ended.stdout));
}

function resultOf(loads: ReadonlyMap<string, Load>): BenchmarkResult {
  const empty = loads.get('empty');
  if (empty === undefined) throw new Error('the empty function was not measured');
  const ratios = [...loads].map(([name, load]): readonly [string, number] => [name, load.startedMs / empty.startedMs]);
  return {
    name: 'cold-loads',
    title: 'Process start until the handler is there',
    measurements: [...loads].map(([name, load]) => measurementOf(name, load, empty)),
    kept: Object.fromEntries(
      ratios.map(([name, ratio]) => [name, { timesTheEmptyFunction: Number(ratio.toFixed(2)) }]),
    ),
    notes: [
      `median of ${ROUNDS} new processes each; the load alone: ${[...loads].map(([name, load]) => `${name} ${load.loadedMs.toFixed(1)} ms`).join(', ')}`,
    ],
  };
}

function measurementOf(name: string, load: Load, empty: Load): Measurement {
  const ratio = load.startedMs / empty.startedMs;
  return {
    subject: name,
    shown: `${load.startedMs.toFixed(0)} ms`,
    baseline: `empty ${empty.startedMs.toFixed(0)} ms`,
    ratio,
    limit: `${MOST_TIMES_THE_EMPTY_FUNCTION}×`,
    isWithinLimit: ratio <= MOST_TIMES_THE_EMPTY_FUNCTION,
  };
}
