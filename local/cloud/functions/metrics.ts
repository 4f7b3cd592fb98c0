import * as z from 'zod/mini';

/** The sum of one metric under one set of dimensions over the run, as CloudWatch would show it. */
export interface MetricSum {
  readonly functionName: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly sum: number;
  readonly samples: number;
}

const emfSchema = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

/** Reads the embedded-metric-format lines among a function's log lines; other lines are passed over. */
export function metricSums(): {
  readonly read: (functionName: string, line: string) => void;
  readonly all: () => readonly MetricSum[];
} {
  const sums = new Map<string, MetricSum>();

  const add = (metric: Omit<MetricSum, 'sum' | 'samples'>, values: readonly number[]): void => {
    const key = JSON.stringify([metric.functionName, metric.namespace, metric.name, metric.dimensions]);
    const before = sums.get(key) ?? { ...metric, sum: 0, samples: 0 };
    sums.set(key, {
      ...before,
      sum: values.reduce((total, value) => total + value, before.sum),
      samples: before.samples + values.length,
    });
  };

  const read = (functionName: string, line: string): void => {
    const emf = emfSchema.safeParse(jsonOrNothing(line));
    if (!emf.success) return;
    for (const { Namespace: namespace, Dimensions, Metrics } of emf.data._aws.CloudWatchMetrics)
      for (const keys of Dimensions.length > 0 ? Dimensions : [[]])
        for (const { Name: name } of Metrics) {
          const dimensions = Object.fromEntries(keys.map((key) => [key, String(emf.data[key])]));
          add({ functionName, namespace, name, dimensions }, numbers(emf.data[name]));
        }
  };

  return { read, all: () => [...sums.values()] };
}

const numbers = (value: unknown): readonly number[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is number => typeof item === 'number');

function jsonOrNothing(line: string): unknown {
  if (!line.startsWith('{') || !line.includes('"_aws"')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
