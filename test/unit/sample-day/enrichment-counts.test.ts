import type { MetricSum } from '../../../local/cloud/functions/metrics.ts';
import { enrichmentCounts } from '../../../local/sample-day/enrichment-counts.ts';

function metric(functionName: string, name: string, outcome: string, sum: number): MetricSum {
  return { functionName, namespace: 'n', name, dimensions: { function: functionName, outcome }, sum, samples: 1 };
}

describe('enrichmentCounts', () => {
  it('takes enrich-task at its own word, and no other function', () => {
    const counts = enrichmentCounts([
      metric('enrich-task', 'attributes', 'written', 12),
      metric('enrich-task', 'attributes', 'late', 2),
      metric('enrich-task', 'attributes', 'cut', 0),
      metric('enrich-task', 'secretsInAttributes', 'task', 3),
      metric('enrich-task', 'rules', 'failed', 1),
      metric('link-recording', 'attributes', 'written', 99),
    ]);

    expect(counts).toEqual({
      attributes: { written: 12, late: 2 },
      secretsRedacted: { task: 3 },
      rulesFailed: 1,
      conflictsMet: 0,
      customerLookups: {},
      workerAttributes: {},
      agentStates: {},
    });
  });
});
