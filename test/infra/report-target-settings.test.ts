import { StageTableError, readStage } from '../../lib/stage-settings.ts';
import { stages } from '../../lib/stages.ts';

function faultsOf(table: Record<string, unknown>): readonly string[] {
  try {
    readStage(table, 'dev');
  } catch (error) {
    if (error instanceof StageTableError) return error.faults;
    throw error;
  }
  return [];
}

const target = (url: string, changes: object = {}) => ({
  name: 'warehouse',
  url,
  from: 'archive',
  tenantId: 1001,
  ...changes,
});
const faultsOfTargets = (...reportTargets: readonly object[]) => faultsOf({ dev: { ...stages.dev, reportTargets } });

describe('the report targets', () => {
  it.each(['https://warehouse.example.com/hooks/contact-status', 'https://warehouse.example.com:8443/?v=1'])(
    'may be %s',
    (url) => {
      expect(faultsOfTargets(target(url))).toEqual([]);
    },
  );

  it.each([
    'http://warehouse.example.com/',
    'ftp://warehouse.example.com/',
    'warehouse.example.com',
    'https://user:word@warehouse.example.com/',
    'https://warehouse.example.com/#part',
  ])('may not be %s', (url) => {
    expect(faultsOfTargets(target(url))).toEqual([
      `dev.reportTargets.0.url is ${JSON.stringify(url)}: wanted an https URL without credentials or fragment`,
    ]);
  });

  // RFC 1918, 6598, 3927, 5737, 4193, 4291; the same as a number, in hex and with parts left out; AWS's metadata service.
  it.each([
    'https://10.1.2.3/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://100.64.0.1/',
    'https://127.0.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://192.0.2.7/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0/',
    'https://[::1]/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'https://[::ffff:10.0.0.1]/',
  ])('may not be an address such as %s', (url) => {
    expect(faultsOfTargets(target(url))).toEqual([
      expect.stringMatching(/^dev\.reportTargets\.0\.url leads to .+: an address says nothing of who is there/),
    ]);
  });

  it.each([
    'https://localhost/',
    'https://LOCALHOST./',
    'https://printer.local/',
    'https://intranet/',
    'https://api.corp.internal/',
    'https://db.localhost/',
    'https://nas.home.arpa/',
  ])('may not be in a private network, as %s is', (url) => {
    expect(faultsOfTargets(target(url))).toEqual([expect.stringContaining('a name of a private network')]);
  });

  it.each([
    'https://recordings.example.com/calabrio/contact-status/token-of-production',
    'https://recordings.example.com/anything',
    'https://Recordings.Example.com./anything',
  ])('may not be a domain of this table, as %s is', (url) => {
    expect(faultsOf({ dev: { ...stages.dev, reportTargets: [target(url)] }, prod: stages.prod })).toEqual([
      expect.stringContaining('a custom domain of this table; a pipeline confirms nothing by what a pipeline sent'),
    ]);
  });

  it.each([
    'https://abcdefghij.execute-api.eu-west-1.amazonaws.com/v1/calabrio/contact-status/a-token',
    'https://abcdefghij.execute-api.eu-west-1.amazonaws.com/v1/calabrio//contact%2Dstatus/a-token',
    'https://front.example.com/Calabrio/Contact-Status',
  ])('may not be the contact-status route of a pipeline, whatever its host, as in %s', (url) => {
    expect(faultsOfTargets(target(url))).toEqual([expect.stringContaining('the contact-status route of a pipeline')]);
  });

  it('have a name each', () => {
    expect(faultsOfTargets(target('https://a.example.com/'), target('https://b.example.com/'))).toEqual([
      expect.stringMatching(/^dev\.reportTargets\.1\.name is "warehouse" like another's/),
    ]);
  });

  it('get Calabrio’s statuses only from a stage that has a tenant', () => {
    const { calabrio: _none, ...settings } = stages.dev;
    const reportTargets = [target('https://a.example.com/', { from: 'calabrio' })];

    expect(faultsOf({ dev: { ...settings, reportTargets } })).toEqual([
      expect.stringMatching(/^dev\.reportTargets\.0\.from is "calabrio" and dev\.calabrio is missing/),
    ]);
  });

  it('are all named when several of them are wrong', () => {
    expect(faultsOfTargets(target('https://localhost/'), target('https://10.0.0.1/', { name: 'lake' }))).toHaveLength(
      2,
    );
  });
});
