/** One line of a benchmark: a subject beside its baseline. */
export interface Measurement {
  readonly subject: string;
  /** What was measured, as a person reads it: `712.4 kB`, `61 ms`. */
  readonly shown: string;
  readonly baseline: string;
  /** Subject divided by baseline or by budget; what may be compared between machines. */
  readonly ratio: number;
  /** What the promise allows, when there is one. */
  readonly limit?: string;
  readonly isWithinLimit: boolean;
}

/** What one benchmark found. `kept` goes into bench/results: sizes, counts and ratios, nothing that depends on the machine's speed. */
export interface BenchmarkResult {
  readonly name: string;
  readonly title: string;
  readonly measurements: readonly Measurement[];
  readonly kept: Readonly<Record<string, unknown>>;
  /** Sentences below the table: how it was measured, what to mind. */
  readonly notes: readonly string[];
}

export interface Benchmark {
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  /** `line` says what is under way. */
  run(line: (text: string) => void): Promise<BenchmarkResult>;
}

/** The middle of the values; the mean of the two middle ones when their number is even. @throws {RangeError} for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new RangeError('the median of no values was asked for');
  return (lower + upper) / 2;
}

/** `1.83×` */
export function ratioText(ratio: number): string {
  return `${ratio.toFixed(2)}×`;
}
