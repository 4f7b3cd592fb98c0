import { readStage, StageTableError } from '../../lib/stage-settings.ts';
import { stages } from '../../lib/stages.ts';

const { dev, prod } = stages;

function faultsOf(table: Record<string, unknown>, name = 'dev'): readonly string[] {
  try {
    readStage(table, name);
  } catch (error) {
    if (error instanceof StageTableError) return error.faults;
    throw error;
  }
  return [];
}

describe('the stage table', () => {
  it('is read when nothing is wrong with it', () => {
    expect(readStage(stages, 'prod')).toEqual({ name: 'prod', ...prod });
  });

  it('names every fault of every stage at once, with the path of the setting', () => {
    const broken = {
      dev: {
        ...dev,
        linkMode: 'audio',
        logRetentionDays: 8,
        twilio: { ...dev.twilio, accountSid: 'AC12' },
        tags: undefined,
      },
      prod: { ...prod, customDomain: { domainName: 'Recordings.Example.com' } },
    };

    expect(faultsOf(broken)).toEqual([
      expect.stringMatching(/^dev\.tags is missing/),
      expect.stringMatching(/^dev\.logRetentionDays is 8: wanted a number of days that CloudWatch Logs knows/),
      'dev.twilio.accountSid is "AC12": wanted AC and 32 lower-case hex digits',
      'dev.linkMode is "audio": wanted segment-link, media, both or none',
      'prod.customDomain.domainName is "Recordings.Example.com": wanted a host name in lower case',
      expect.stringMatching(/^prod\.customDomain\.certificateArn is missing/),
    ]);
  });

  it('refuses a setting that it does not know', () => {
    expect(faultsOf({ dev: { ...dev, linkmode: 'none', twilio: { ...dev.twilio, authToken: 'x' } } })).toEqual([
      'dev.twilio: does not know "authToken"',
      'dev: does not know "linkmode"',
    ]);
  });

  it('says what a policy for source addresses may be', () => {
    expect(faultsOf({ dev: { ...dev, sourceIpPolicy: 'on' } })).toEqual([
      'dev.sourceIpPolicy is "on": wanted off, or { allowedNetworks: [...] } with IPv4 networks such as 192.0.2.0/24',
    ]);
  });

  it('refuses a stage that is not in it, and names those that are', () => {
    expect(faultsOf(stages, 'test')).toEqual([
      expect.stringContaining('no stage is called "test"; there are: dev, prod'),
    ]);
  });

  it('refuses production without a custom domain, because links are for ever', () => {
    expect(faultsOf({ prod: { ...prod, customDomain: undefined } }, 'prod')).toEqual([
      expect.stringMatching(/^prod\.customDomain is missing/),
    ]);
  });

  it('refuses a stage called prod that says it is not production', () => {
    expect(faultsOf({ prod: { ...prod, production: false } }, 'prod')).toEqual([
      expect.stringMatching(/^prod\.production is false/),
    ]);
  });

  it('refuses two stages on one Twilio account', () => {
    expect(faultsOf({ dev, test: dev })).toEqual([
      expect.stringMatching(/^dev and test have the same twilio\.accountSid/),
    ]);
  });

  it('takes two stages on one Twilio account when one of them says so', () => {
    const test = { ...dev, twilio: { ...dev.twilio, sharesTwilioAccountWith: 'dev' } };

    expect(faultsOf({ dev, test })).toEqual([]);
  });

  it('refuses workers that together want more than the account may run', () => {
    const maxConcurrency = { ...dev.maxConcurrency, 'enrich-task': 40, 'archive-recording': 30, 'link-recording': 19 };

    expect(faultsOf({ dev: { ...dev, maxConcurrency, aws: { ...dev.aws, accountConcurrencyLimit: 100 } } })).toEqual([
      expect.stringMatching(/^dev\.maxConcurrency adds up to 110, more than aws\.accountConcurrencyLimit 100/),
    ]);
  });

  // https://{host}/r/RE{32}?k={4}.{22}: 8 + host + 3 + 34 + 3 + 4 + 1 + 22 characters, so 128 leave 53 for the host.
  it('takes a domain with which the longest link has 128 characters', () => {
    const domainName = `${'a'.repeat(41)}.example.com`;

    expect(domainName).toHaveLength(53);
    expect(faultsOf({ prod: { ...prod, customDomain: { ...prod.customDomain, domainName } } }, 'prod')).toEqual([]);
  });

  it('refuses a domain with which a link has 129 characters', () => {
    const domainName = `${'a'.repeat(42)}.example.com`;

    expect(faultsOf({ prod: { ...prod, customDomain: { ...prod.customDomain, domainName } } }, 'prod')).toEqual([
      expect.stringContaining('has 129 characters, more than the 128'),
    ]);
  });

  // https://xxxxxxxxxx.execute-api.ap-southeast-1.amazonaws.com/v1 has 62 characters; with 67 behind it, 129.
  it('refuses a region whose API addresses make links too long, when there is no domain', () => {
    expect(faultsOf({ dev: { ...dev, aws: { ...dev.aws, region: 'ap-southeast-1' } } })).toEqual([
      expect.stringContaining('has 129 characters'),
    ]);
    expect(faultsOf({ dev: { ...dev, aws: { ...dev.aws, region: 'eu-west-1' } } })).toEqual([]);
  });
});
