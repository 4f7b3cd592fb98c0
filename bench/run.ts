import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ratioText } from './benchmark.ts';
import type { Benchmark, BenchmarkResult } from './benchmark.ts';
import { bundleSizes } from './bundle-sizes.ts';
import { coldLoads } from './cold-loads.ts';
import { longRecording } from './long-recording.ts';
import { throughput } from './throughput.ts';
import { optionHelp, readOptions, UsageError } from '../local/terminal/options.ts';
import type { OptionSpecs } from '../local/terminal/options.ts';
import { tableLines } from '../local/terminal/table.ts';

const benchmarks: readonly Benchmark[] = [bundleSizes, coldLoads, longRecording, throughput];
const resultsDirectory = join(import.meta.dirname, 'results');

const options: OptionSpecs = {
  only: { kind: 'text', placeholder: 'name,…', help: 'run these benchmarks instead of all' },
  help: { kind: 'flag', help: 'say this' },
};

/** Runs the benchmarks one after another, prints each beside its baseline, and keeps what may be compared. Exit 1 when a promise is not kept. */
async function main(typed: readonly string[]): Promise<number> {
  const { flags, texts, words } = readOptions(typed, options);
  if (flags.has('help')) {
    print(helpLines());
    return 0;
  }
  if (words.length > 0)
    throw new UsageError(`bench takes no words, and was given "${words.join(' ')}"; --only names benchmarks`);
  const results: BenchmarkResult[] = [];
  for (const benchmark of chosen(texts.get('only'))) {
    const result = await benchmark.run((text) => process.stderr.write(`${benchmark.name}: ${text}\n`));
    print([...resultLines(result), '']);
    await keep(result);
    results.push(result);
  }
  const broken = results.flatMap(({ name, measurements }) =>
    measurements
      .filter((one) => !one.isWithinLimit)
      .map((one) => `${name}: ${one.subject} is ${one.shown}, allowed is ${one.limit ?? one.baseline}`),
  );
  print(broken.length === 0 ? ['every promise is kept'] : broken);
  return broken.length === 0 ? 0 : 1;
}

function chosen(names: string | undefined): readonly Benchmark[] {
  if (names === undefined) return benchmarks;
  return names.split(',').map((name) => {
    const found = benchmarks.find((one) => one.name === name.trim());
    if (found !== undefined) return found;
    throw new UsageError(`no benchmark is called "${name}"; there are ${benchmarks.map((one) => one.name).join(', ')}`);
  });
}

function resultLines({ title, measurements, notes }: BenchmarkResult): readonly string[] {
  const table = tableLines(
    [
      { title },
      { title: 'measured', align: 'right' },
      { title: 'beside', align: 'right' },
      { title: 'ratio', align: 'right' },
      { title: 'allowed', align: 'right' },
      { title: '' },
    ],
    measurements.map((one) => [
      one.subject,
      one.shown,
      one.baseline,
      ratioText(one.ratio),
      one.limit ?? '',
      one.limit === undefined ? '' : one.isWithinLimit ? 'ok' : 'OVER',
    ]),
  );
  return [...table, ...notes.map((note) => `  ${note}`)];
}

/** Sizes, counts and ratios only, so that a result of another machine can lie beside it. */
async function keep({ name, kept }: BenchmarkResult): Promise<void> {
  await mkdir(resultsDirectory, { recursive: true });
  await writeFile(
    join(resultsDirectory, `${name}.json`),
    `${JSON.stringify({ node: process.versions.node, ...kept }, null, 2)}\n`,
  );
}

function helpLines(): readonly string[] {
  return [
    'npm run bench -- [options]',
    '',
    ...tableLines(
      [{ title: 'benchmark' }, { title: 'measures' }],
      benchmarks.map((one) => [one.name, one.summary]),
    ),
    '',
    ...optionHelp(options),
  ];
}

function print(lines: readonly string[]): void {
  process.stdout.write(lines.map((text) => `${text}\n`).join(''));
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
