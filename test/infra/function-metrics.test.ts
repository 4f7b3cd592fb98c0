import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { functionMetricCount, metricFamilies } from '../../lib/constructs/metric-families.ts';
import { reporter } from '../../lambdas/shared/runtime/reporter.ts';
import { repository } from '../support/infra/synthesized.ts';
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

interface Measured {
  readonly name: string;
  readonly outcome?: string;
}

/** What `.measure({ name: '…', outcome: '…' })` measures; a call that only hands on what it was given is left out. */
function measuredBy(source: string): readonly Measured[] {
  return [...source.matchAll(/\.measure\(\{([^}]*)\}/g)]
    .map(([, fields = '']) => fields)
    .filter((fields) => !/\bname,/.test(fields))
    .map((fields) => ({
      name: /\bname: '([^']+)'/.exec(fields)?.[1] ?? `no name in {${fields}}`,
      ...(/\boutcome: '/.test(fields) && { outcome: /\boutcome: '([^']+)'/.exec(fields)?.[1] ?? '' }),
    }));
}

/** What `count(meter, '…', '…', …)` measures, which hands it on. */
function countedBy(source: string): readonly Measured[] {
  return [...source.matchAll(/\bcount\([\w.]*meter, '([^']+)', ([^,]+),/g)].flatMap(([, name = '', outcomes = '']) => {
    const spelled = [...outcomes.matchAll(/'([^']+)'/g)].map(([, outcome]) => outcome ?? '');
    return spelled.length === 0 ? [{ name }] : spelled.map((outcome) => ({ name, outcome }));
  });
}

/** The names that a function's own sources measure, and the outcomes that stand there as texts. */
function measuredIn(functionName: string): readonly Measured[] {
  const folder = join(repository, 'lambdas', functionName);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .flatMap((source) => [...measuredBy(source), ...countedBy(source)]);
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

  it('are the ones that the authorizer writes for a token', async () => {
    const written = await metricNames(() =>
      reporter('authorize-caller').checkedCaller({ outcome: 'admitted', caller: 'crm', tookMs: 1 }),
    );

    expect(namesOf('authorize-caller')).toEqual(written);
  });

  it.each([
    ['enrich-task', 14],
    ['archive-recording', 4],
    ['link-recording', 4],
    ['calabrio-status', 2],
    ['delete-source', 6],
    ['report-status', 3],
    ['create-review-task', 1],
    ['archive-transcript', 2],
    ['play-recording', 1],
    ['send-sms', 1],
    ['reconcile', 2],
  ])('include all that %s measures of its work, in %i places or more', (functionName, places) => {
    const measured = measuredIn(functionName);
    const families = metricFamilies.filter((family) => family.function === functionName);
    const unknown = measured.filter(
      ({ name, outcome }) =>
        !families.some(
          ({ names, outcomes }) => names.includes(name) && (outcome === undefined || outcomes.includes(outcome)),
        ),
    );

    expect(measured.length).toBeGreaterThanOrEqual(places);
    expect(unknown).toEqual([]);
  });

  // Workers 9 × 3 names × 5 outcomes, attributes 6, secrets 2, conflicts 1, rules 1, lookups 3, workers' attributes 3, agent
  // states 2, bytes 1, sources gone 1, encrypted 3, locks 1, links 3, delays 2, correlations 2, media 2, contact statuses 3
  // and 1, deletions 4, breaker 1, copies 1, reports 3, review tasks 1, transcripts 2, erasures 2, erased 3, playback 2 × 9,
  // plays 2, messages 2 × 10 and 4, checks of callers 2 × 4, reconcile 10, 1, 6 and 1.
  it('are 259 when everything has happened once', () => {
    const ofEnrichTask = 6 + 2 + 1 + 1 + 3 + 3 + 2;
    const ofRecordings = 1 + 1 + 3 + 1 + 3 + 2 + 2 + 2;
    const ofStatuses = 3 + 1 + 4 + 1 + 1 + 3 + 1;
    const ofTheRest = 2 + 2 + 3 + 18 + 2 + 24 + 8 + 10 + 1 + 6 + 1;
    expect(functionMetricCount()).toBe(135 + ofEnrichTask + ofRecordings + ofStatuses + ofTheRest);
  });
});
