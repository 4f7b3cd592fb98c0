import { StageTableError, readStage } from '../../lib/stage-settings.ts';
import type { StageSettings } from '../../lib/stage-settings.ts';
import { stages } from '../../lib/stages.ts';

const dev: StageSettings = stages.dev;
const { calabrio: tenant, ...devWithoutCalabrio } = dev;

function faultsOf(settings: object): readonly string[] {
  try {
    readStage({ dev: settings }, 'dev');
  } catch (error) {
    if (error instanceof StageTableError) return error.faults;
    throw error;
  }
  return [];
}

const withDeletion = (changes: object, stage: object = dev) => ({
  ...stage,
  deletion: { ...dev.deletion, ...changes },
});

describe('the settings of deletion', () => {
  it.each(['dev', 'prod', 'sample'] as const)('are off, and dry-run besides, in %s as it is shipped', (name) => {
    expect(readStage(stages, name).deletion).toMatchObject({
      enabled: false,
      dryRun: true,
      confirmedBy: 'calabrio',
      graceDays: 7,
      hourlyCap: 50,
      ingestProof: 20,
      acceptLegs: [],
      waiveInsights: false,
      queues: {},
    });
    expect(readStage(stages, name).calabrio).toMatchObject({ legModel: 'per-reservation', verify: 'when-configured' });
    expect(readStage(stages, name).reportTargets).toEqual([]);
  });

  it.each(['calabrio', 'both'])('want a tenant when %s is to confirm and deletion is enabled', (confirmedBy) => {
    expect(faultsOf(withDeletion({ enabled: true, confirmedBy }, devWithoutCalabrio))).toEqual([
      expect.stringMatching(
        new RegExp(`^dev\\.deletion\\.confirmedBy is "${confirmedBy}" and dev\\.calabrio is missing`),
      ),
    ]);
  });

  it('want no tenant while nothing is deleted, or when the archive alone confirms', () => {
    expect(faultsOf(withDeletion({}, devWithoutCalabrio))).toEqual([]);
    expect(faultsOf(withDeletion({ enabled: true, confirmedBy: 'archive' }, devWithoutCalabrio))).toEqual([]);
  });

  it('want an account and a workspace by name before anything is deleted', () => {
    expect(faultsOf(withDeletion({ enabled: true, allowedAccountSids: [], allowedWorkspaceSids: [] }))).toEqual([
      expect.stringMatching(/^dev\.deletion is enabled and its allowedAccountSids is empty/),
      expect.stringMatching(/^dev\.deletion is enabled and its allowedWorkspaceSids is empty/),
    ]);
    expect(faultsOf(withDeletion({ allowedAccountSids: [], allowedWorkspaceSids: [] }))).toEqual([]);
  });

  it('take SIDs only, and of the stage’s own account and workspace only', () => {
    const ofProd = stages.prod.deletion.allowedAccountSids[0];

    expect(faultsOf(withDeletion({ allowedAccountSids: ['AC12', ofProd], allowedWorkspaceSids: ['*'] }))).toEqual([
      'dev.deletion.allowedAccountSids.0 is "AC12": wanted AC and 32 lower-case hex digits',
      'dev.deletion.allowedWorkspaceSids.0 is "*": wanted WS and 32 lower-case hex digits',
    ]);
    expect(faultsOf(withDeletion({ allowedAccountSids: [ofProd] }))).toEqual([
      expect.stringMatching(/^dev\.deletion\.allowedAccountSids has ACfedcba\w+, which is not what dev\.twilio names/),
    ]);
  });

  it('take queues by their SIDs only, and name every fault at once', () => {
    const queues = { Sales: { excluded: true }, [`WQ${'0'.repeat(32)}`]: { graceDays: -1, grace: 3 } };

    expect(faultsOf(withDeletion({ queues, hourlyCap: 0, dryRun: 'yes' }))).toEqual([
      'dev.deletion.dryRun is "yes": wanted true or false',
      'dev.deletion.hourlyCap is 0: wanted at least 1 deletions an hour',
      expect.stringMatching(/^dev\.deletion\.queues\.Sales/),
      expect.stringMatching(/^dev\.deletion\.queues\.WQ0+\.graceDays is -1: wanted at least 0 days/),
      expect.stringMatching(/^dev\.deletion\.queues\.WQ0+: does not know "grace"/),
    ]);
  });

  it('fit into a function’s environment', () => {
    const queues = Object.fromEntries(
      Array.from({ length: 40 }, (_, number) => [`WQ${String(number).padStart(32, '0')}`, { graceDays: 30 }]),
    );

    expect(faultsOf(withDeletion({ queues }))).toEqual([
      expect.stringMatching(/^dev: the policy has \d+ bytes, more than the 1650 that fit/),
    ]);
  });
});

describe('the settings of a Calabrio tenant', () => {
  it('take an API by https only, without credentials and without a slash at its end', () => {
    const wanted = 'wanted an https URL without credentials, such as https://calabriocloud.com';
    const faults = (baseUrl: string) =>
      faultsOf({ ...dev, calabrio: { ...tenant, api: { baseUrl, requestsPerSecond: 5 } } });

    expect(faults('http://calabrio.example.com')).toEqual([expect.stringContaining(wanted)]);
    expect(faults('https://user:word@calabrio.example.com')).toEqual([expect.stringContaining(wanted)]);
    expect(faults('calabrio.example.com')).toEqual([expect.stringContaining(wanted)]);
    expect(faults('https://calabrio.example.com/')).toEqual([expect.stringContaining('wanted no slash at its end')]);
    expect(faults('https://calabrio.example.com')).toEqual([]);
  });

  it.each(['archive.sids', 'archive sids', '1archive', ''])('take no %j for the name of a task attribute', (name) => {
    expect(faultsOf({ ...dev, calabrio: { ...tenant, correlationObject: name } })).toEqual([
      `dev.calabrio.correlationObject is ${JSON.stringify(name)}: wanted the name of a task attribute`,
    ]);
  });

  it('want an API where every contact has to be found in it', () => {
    const { api: _none, ...withoutApi } = stages.dev.calabrio;

    expect(faultsOf({ ...dev, calabrio: { ...withoutApi, verify: 'required' } })).toEqual([
      expect.stringMatching(/^dev\.calabrio\.verify is "required" and dev\.calabrio\.api is missing/),
    ]);
    expect(faultsOf({ ...dev, calabrio: withoutApi })).toEqual([]);
  });

  it('take a time zone that there is', () => {
    const acd = { ...stages.dev.calabrio.acd, timeZone: 'America/Gotham' };

    expect(faultsOf({ ...dev, calabrio: { ...tenant, acd } })).toEqual([
      'dev.calabrio.acd.timeZone is "America/Gotham": wanted a time zone such as America/Denver',
    ]);
  });
});
