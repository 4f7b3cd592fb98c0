import { functionMetricCount, metricFamilies } from '../../lib/constructs/function-metrics.ts';
import { reporter } from '../../lambdas/shared/runtime/reporter.ts';
import { writtenLines } from '../support/runtime/written-lines.ts';

interface EmfLine {
  readonly _aws: { readonly CloudWatchMetrics: readonly { readonly Metrics: readonly { readonly Name: string }[] }[] };
}

/** The names of the metrics that `act` writes; lines for people are left out. */
async function metricNames(act: () => void): Promise<readonly string[]> {
  const lines = await writtenLines(act);
  const isEmf = (line: unknown): line is EmfLine => typeof line === 'object' && line !== null && '_aws' in line;
  return lines
    .filter(isEmf)
    .flatMap(({ _aws }) => _aws.CloudWatchMetrics)
    .flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name));
}

const namesOf = (functionName: string): readonly string[] =>
  metricFamilies.filter((family) => family.function === functionName)[0]?.names ?? [];

describe('the metrics that the stack counts and alarms on', () => {
  it('are the ones that a worker writes for a message', async () => {
    const written = await metricNames(() =>
      reporter('enrich-task').settled({
        messageId: 'm-1',
        correlationId: 'r-1',
        outcome: 'done',
        attempt: 1,
        waitedSeconds: 1,
        tookMs: 1,
        ids: {},
      }),
    );

    expect(namesOf('enrich-task')).toEqual(written);
  });

  it('are the ones that playback writes for a request', async () => {
    const written = await metricNames(() =>
      reporter('play-recording').answered({ requestId: 'r-1', method: 'GET', status: 302, tookMs: 1, ids: {} }),
    );

    expect(namesOf('play-recording')).toEqual(written);
  });

  // Workers 6 × 3 names × 5 outcomes, attributes 1, bytes 1, sources gone 1, links 3, delays 2, correlations 2, contact
  // statuses 3 and 1, deletions 4, breaker 1, reports 3, playback 2 × 7, reconcile 4 and 1.
  it('are 131 when everything has happened once', () => {
    expect(functionMetricCount()).toBe(90 + 1 + 1 + 1 + 3 + 2 + 2 + 3 + 1 + 4 + 1 + 3 + 14 + 4 + 1);
  });
});
