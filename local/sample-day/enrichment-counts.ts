import type { MetricSum } from '../cloud/functions/metrics.ts';

type ByOutcome = Readonly<Record<string, number>>;

/** What enrich-task counted that day, by its own metrics. */
export interface EnrichmentCounts {
  /** Paths of attributes: written, late, cut … */
  readonly attributes: ByOutcome;
  /** Values that look like secrets, met in the attributes of a task or of a worker, and shown to nobody. */
  readonly secretsRedacted: ByOutcome;
  readonly rulesFailed: number;
  readonly conflictsMet: number;
  readonly customerLookups: ByOutcome;
  readonly workerAttributes: ByOutcome;
  readonly agentStates: ByOutcome;
}

export function enrichmentCounts(metrics: readonly MetricSum[]): EnrichmentCounts {
  const of = (name: string): ByOutcome =>
    Object.fromEntries(
      metrics
        .filter((metric) => metric.functionName === 'enrich-task' && metric.name === name && metric.sum > 0)
        .map(({ dimensions, sum }) => [dimensions['outcome'] ?? 'unknown', sum]),
    );
  return {
    attributes: of('attributes'),
    secretsRedacted: of('secretsInAttributes'),
    rulesFailed: of('rules')['failed'] ?? 0,
    conflictsMet: of('conflicts')['met'] ?? 0,
    customerLookups: of('customerLookups'),
    workerAttributes: of('workerAttributes'),
    agentStates: of('agentStates'),
  };
}
