import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ratioText } from './benchmark.ts';
import type { Benchmark, BenchmarkResult, Measurement } from './benchmark.ts';
import { budgetBytes, bundleFunction, functionNames, twilioRootInputs } from './bundles.ts';
import type { Bundle } from './bundles.ts';
import { sizeText } from '../local/terminal/words.ts';

/** What each function weighs, minified, against its budget; and that none holds the root of the twilio package. */
export const bundleSizes: Benchmark = {
  name: 'bundle-sizes',
  summary: 'minified size of each function against its budget',
  async run(): Promise<BenchmarkResult> {
    const directory = await mkdtemp(join(tmpdir(), 'bundle-sizes-'));
    try {
      const bundles = await Promise.all(functionNames().map((name) => bundleFunction(name, directory)));
      return resultOf(bundles);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};

function resultOf(bundles: readonly Bundle[]): BenchmarkResult {
  return {
    name: 'bundle-sizes',
    title: 'Size of each function, minified',
    measurements: bundles.map(measurementOf),
    kept: Object.fromEntries(
      bundles.map((bundle) => [
        bundle.functionName,
        { sizeBytes: bundle.sizeBytes, budgetBytes: budgetBytes(bundle.functionName), sources: bundle.inputs.length },
      ]),
    ),
    notes: bundles.flatMap((bundle) =>
      twilioRootInputs(bundle).map((input) => `${bundle.functionName} holds ${input}, which no function may`),
    ),
  };
}

function measurementOf(bundle: Bundle): Measurement {
  const budget = budgetBytes(bundle.functionName);
  return {
    subject: bundle.functionName,
    shown: sizeText(bundle.sizeBytes),
    baseline: `budget ${sizeText(budget)}`,
    ratio: bundle.sizeBytes / budget,
    limit: `${ratioText(1)}, no twilio root`,
    isWithinLimit: bundle.sizeBytes <= budget && twilioRootInputs(bundle).length === 0,
  };
}
