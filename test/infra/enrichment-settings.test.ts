import { readStage, StageTableError } from '../../lib/stage-settings.ts';
import { stages } from '../../lib/stages.ts';
import { customerLookupText } from '../../lib/enrichment-settings.ts';
import { customerLookupSchema } from '../../lambdas/shared/messages/customer-lookup-text.ts';
import { everySetting } from '../support/infra/synthesized.ts';

function faultsOf(settings: object): readonly string[] {
  try {
    readStage({ dev: settings }, 'dev');
  } catch (error) {
    if (error instanceof StageTableError) return error.faults;
    throw error;
  }
  return [];
}

const lookup = everySetting.enrichment.customerLookup;
const withEnrichment = (changes: object, stage: object = {}) => ({
  ...stages.dev,
  ...stage,
  enrichment: { ...stages.dev.enrichment, ...changes },
});
const withLookupAt = (urlTemplate: string) => withEnrichment({ customerLookup: { ...lookup, urlTemplate } });

describe('the settings of enrichment', () => {
  it('write the two plain attributes in dev and nothing in prod, and leave everything else off, as shipped', () => {
    const plain = { config: 'minimal', hipaaMode: false, workerWrites: false };

    expect(readStage(stages, 'dev').enrichment).toEqual({ ...plain, mode: 'fill' });
    expect(readStage(stages, 'prod').enrichment).toEqual({ ...plain, mode: 'observe' });
    for (const name of ['dev', 'prod']) {
      expect(readStage(stages, name).conferenceEvents).toBe(false);
      expect(readStage(stages, name).reviewTasks).toBeUndefined();
    }
  });

  it('leave nothing off in the stage that npm start plays', () => {
    const { enrichment, conferenceEvents, reviewTasks, calabrio } = readStage(stages, 'sample');

    expect(enrichment).toMatchObject({ mode: 'fill', config: 'property-management', workerWrites: true });
    expect(enrichment.customerLookup).toBeDefined();
    expect(conferenceEvents).toBe(true);
    expect(reviewTasks).toBeDefined();
    expect(calabrio?.api).toBeDefined();
  });

  it('do not know the older name of the mode', () => {
    const { enrichment: _none, ...older } = stages.dev;

    expect(faultsOf({ ...older, enrichmentMode: 'fill' })).toEqual([
      expect.stringMatching(/^dev\.enrichment is missing/),
      'dev: does not know "enrichmentMode"',
    ]);
  });

  it('name a file without its folder and without .json', () => {
    for (const config of ['minimal.json', '../minimal', 'Minimal', ''])
      expect(faultsOf(withEnrichment({ config }))).toEqual([
        `dev.enrichment.config is ${JSON.stringify(config)}: wanted the name of a file of config/enrichment, without .json`,
      ]);
  });

  it('take no playback link in HIPAA mode, where media must not be reachable without authorization', () => {
    expect(faultsOf(withEnrichment({ hipaaMode: true }))).toEqual([
      expect.stringMatching(/^dev\.enrichment\.hipaaMode is true and dev\.linkMode is "segment-link"/),
    ]);
    expect(faultsOf(withEnrichment({ hipaaMode: true }, { linkMode: 'none' }))).toEqual([]);
  });

  it.each([
    'https://crm.example.com/customers?phone={phone}',
    'https://crm.example.com/customers/{externalId}?mail={email}',
    'https://crm.example.com:8443/{phone}',
  ])('take a lookup at %s, and enrich-task reads it', (urlTemplate) => {
    expect(faultsOf(withLookupAt(urlTemplate))).toEqual([]);
    expect(
      customerLookupSchema.safeParse(JSON.parse(customerLookupText({ ...lookup, urlTemplate }, 'public'))).success,
    ).toBe(true);
  });

  it.each([
    'http://crm.example.com/?phone={phone}',
    'https://user:word@crm.example.com/?phone={phone}',
    'https://crm.example.com/customers',
    'https://crm.example.com?phone={phone}',
    'https://{phone}.example.com/',
    'https://crm.example.com/?name={name}',
    'https://crm.example.com/{phone}/{name}',
    'https://crm.example.com/{phone',
    'https://crm.example.com/{phone}}',
    'https://crm.example.com/#{phone}',
    'crm.example.com/{phone}',
  ])('take no lookup at %s, with one fault', (urlTemplate) => {
    expect(faultsOf(withLookupAt(urlTemplate))).toEqual([
      `dev.enrichment.customerLookup.urlTemplate is ${JSON.stringify(urlTemplate)}: wanted an https URL without credentials, in whose path or query stands at least one of {phone}, {email} and {externalId}`,
    ]);
  });

  it.each(['10.0.0.7', '[::1]', 'crm', 'crm.internal', 'localhost'])('send no lookup to %s', (host) => {
    expect(faultsOf(withLookupAt(`https://${host}/{phone}`))).toEqual([
      expect.stringContaining(`dev.enrichment.customerLookup.urlTemplate leads to ${host}: `),
    ]);
  });

  it('have a lookup wait for five seconds at most', () => {
    const faults = (timeoutMilliseconds: number) =>
      faultsOf(withEnrichment({ customerLookup: { ...lookup, timeoutMilliseconds } }));

    expect(faults(5_000)).toEqual([]);
    expect(faults(5_001)).toEqual([expect.stringContaining('wanted at most 5000 milliseconds')]);
  });
});

describe('the settings of review tasks', () => {
  const faults = (changes: object) =>
    faultsOf({ ...stages.dev, reviewTasks: { ...everySetting.reviewTasks, ...changes } });

  it('take a workflow by its SID, and two weeks at most', () => {
    expect(faults({ timeoutSeconds: 1_209_600 })).toEqual([]);
    expect(faults({ workflowSid: 'Review', timeoutSeconds: 1_209_601 })).toEqual([
      'dev.reviewTasks.workflowSid is "Review": wanted WW and 32 lower-case hex digits',
      'dev.reviewTasks.timeoutSeconds is 1209601: wanted at most 1209600 seconds',
    ]);
  });

  it('take no channel that is not a unique name, and no priority under nought', () => {
    expect(faults({ taskChannel: 'review tasks', priority: -1 })).toEqual([
      'dev.reviewTasks.taskChannel is "review tasks": wanted the unique name of a task channel',
      'dev.reviewTasks.priority is -1: wanted at least 0 points of priority',
    ]);
  });
});
