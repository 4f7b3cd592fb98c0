import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { enrichmentFolder, EnrichmentConfigError, enrichmentWarnings } from '../../lib/enrichment-config.ts';
import { readStage } from '../../lib/stage-settings.ts';
import type { Stage } from '../../lib/stage-settings.ts';
import { stages } from '../../lib/stages.ts';
import { everySetting, synthesizedStage } from '../support/infra/synthesized.ts';

const root = mkdtempSync(join(tmpdir(), 'enrichment-config-'));
mkdirSync(join(root, 'config', 'enrichment'), { recursive: true });
afterAll(() => rmSync(root, { recursive: true, force: true }));

const rule = { name: 'language', write: 'conversations.language', value: 'task.rd.spoken_language_required' };
const base = { name: 'team', defaultCountry: 'US', rules: [rule] };

const noTargets: Stage['reportTargets'] = [];

interface Judging extends Partial<Stage['enrichment']> {
  readonly name?: string;
  readonly reportTargets?: Stage['reportTargets'];
}

/** What the synth says of a file: its warnings, or the faults for which it stops. */
function judged(file: object | string, { name = 'team', reportTargets = noTargets, ...changes }: Judging = {}) {
  writeFileSync(
    join(root, 'config', 'enrichment', 'team.json'),
    typeof file === 'string' ? file : JSON.stringify(file),
  );
  const enrichment = { ...stages.dev.enrichment, config: name, ...changes };
  try {
    return { warnings: enrichmentWarnings({ name: 'dev', enrichment, reportTargets }, root) };
  } catch (error) {
    if (error instanceof EnrichmentConfigError) return { faults: error.faults, message: error.message };
    throw error;
  }
}

const withRules = (...rules: readonly object[]) => ({ ...base, rules });

describe('the enrichment configuration at synth', () => {
  it('is silent about a file without fault', () => {
    expect(judged(base)).toEqual({ warnings: [] });
  });

  it('is silent about what the stages are shipped with', () => {
    for (const name of ['dev', 'prod', 'sample'] as const) {
      expect(enrichmentWarnings(readStage(stages, name))).toEqual([]);
      expect(Annotations.fromStack(synthesizedStage(name).stacks.pipeline).findWarning('*', Match.anyValue())).toEqual(
        [],
      );
    }
  });

  it('stops for a name that no file has, and says which was probably meant', () => {
    expect(judged(base, { name: 'taem' })).toMatchObject({
      faults: [
        'dev.enrichment.config is "taem": config/enrichment has no taem.json; there are: team. Did you mean "team"?',
      ],
    });
  });

  it('does not take the schema for a configuration', () => {
    writeFileSync(join(root, 'config', 'enrichment', 'schema.json'), '{}');

    expect(judged(base, { name: 'schema' })).toMatchObject({
      faults: [expect.stringContaining('config/enrichment has no schema.json; there are: team')],
    });
  });

  it('stops for a file that is no JSON', () => {
    expect(judged('{"name": "team",}')).toMatchObject({ faults: [expect.stringContaining('JSON')] });
  });

  it('stops for every fault of the file’s shape at once, under the file’s name', () => {
    const { faults, message } = judged({ ...base, defaultCountry: 1, rules: [{ ...rule, writes: 'x' }] });

    expect(message).toMatch(/^config\/enrichment\/team\.json has 2 faults:\n {2}- /);
    expect(faults).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^defaultCountry is 1\b/),
        expect.stringMatching(/^rules\[0\]\.writes: .*did you mean write\?/),
      ]),
    );
  });

  it('stops for an expression that cannot be read, wherever it stands, and says where in it', () => {
    const { faults } = judged({
      ...withRules(
        { ...rule, value: 'task.(' },
        { ...rule, name: 'other', write: 'conversations.outcome', when: '1 +' },
      ),
      identity: { order: ['external_id'], sticky: true, externalId: '$lookup(' },
      processing: { origin: '"a' },
      workerRules: [{ name: 'role', write: 'role', value: ')' }],
    });

    expect(faults).toEqual([
      expect.stringMatching(/^rules\[0\]\.value is "task\.\(": .+, at character \d+$/),
      expect.stringMatching(/^rules\[1\]\.when is "1 \+": .+, at character \d+$/),
      expect.stringMatching(/^workerRules\[0\]\.value is "\)": .+, at character \d+$/),
      expect.stringMatching(/^identity\.externalId is "\$lookup\(": .+, at character \d+$/),
      expect.stringMatching(/^processing\.origin is "\\"a": .+, at character \d+$/),
    ]);
  });

  it('stops for what Insights would not read, with path, value, rule and source', () => {
    expect(judged(withRules({ ...rule, write: 'conversations.langauge' }))).toMatchObject({
      faults: [
        expect.stringMatching(
          /^rules\[0\]\.write is "conversations\.langauge": .+ \(unknown-key; .*https:\/\/www\.twilio\.com\/docs\/flex\/.+\)$/,
        ),
      ],
    });
  });

  it('stops in HIPAA mode for keys that Insights then leaves out, and takes them otherwise', () => {
    const zip = withRules({ name: 'zip', write: 'customers.zip', value: '"80202"' });

    expect(judged(zip, { hipaaMode: true })).toMatchObject({
      faults: [expect.stringMatching(/^rules\[0\]\.write is "customers\.zip": /)],
    });
    expect(judged(zip)).toHaveProperty('warnings');
  });

  it('prints what is doubtful, and goes on', () => {
    const doubtful = { ...base, identity: { order: ['external_id'], sticky: true } };

    expect(judged(doubtful)).toEqual({
      warnings: [expect.stringMatching(/^config\/enrichment\/team\.json: identity: .+ \(external-id-opt-in; .+\)$/)],
    });
  });

  const ofCustomer = withRules({ name: 'segment', write: 'customers.market_segment', value: 'customer.segment' });
  const { customerLookup } = everySetting.enrichment;
  const ofStates = { name: 'calls', url: 'https://calls.example.com/', from: 'agent-states', tenantId: 1 } as const;

  it.each([
    [
      'rules over a customer whom nobody looks up',
      ofCustomer,
      {},
      '"segment" read "customer" and dev.enrichment.customerLookup is missing: never written',
    ],
    [
      'a lookup that no rule reads',
      base,
      { customerLookup },
      'no rule reads "customer": dev.enrichment.customerLookup is never asked',
    ],
    [
      'worker writes without a rule for workers',
      base,
      { workerWrites: true },
      'workerRules is empty: dev.enrichment.workerWrites has nothing to write',
    ],
    [
      'a target of agent states that no activity is mapped to',
      base,
      { reportTargets: [ofStates] },
      'agentStates is empty: dev.reportTargets has a target of agent states that would hear of none',
    ],
  ])('warns of %s', (_what, file, stage, warning) => {
    expect(judged(file, stage)).toEqual({ warnings: [`config/enrichment/team.json: ${warning}`] });
  });

  it('warns of none of these where stage and file fit', () => {
    const file = {
      ...ofCustomer,
      workerRules: [{ name: 'manager', write: 'manager', value: 'worker.manager' }],
      agentStates: { Break: { state: 'Not Ready' } },
    };

    expect(judged(file, { customerLookup, workerWrites: true, reportTargets: [ofStates] })).toEqual({ warnings: [] });
  });
});

describe('the files beside the bundle of enrich-task', () => {
  it('are all configurations, and not their schema', () => {
    judged(base);
    writeFileSync(join(root, 'config', 'enrichment', 'schema.json'), '{}');

    expect(enrichmentFolder.files(root)).toEqual({ paths: ['config/enrichment/team.json'], folder: 'enrichment' });
    expect(enrichmentFolder.files().paths).toContain('config/enrichment/minimal.json');
  });
});
