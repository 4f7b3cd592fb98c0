import { examplePolicy } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';
import { overlaid, policyOverlay } from '../../../local/policy-overlay.ts';
import { UsageError } from '../../../local/terminal/options.ts';

const environment = { LINK_MODE: 'segment-link', ON_EXISTING_LINK: 'replace', LEDGER_TABLE: 'ledger' };

describe('policyOverlay', () => {
  it('changes what it names and leaves the rest', () => {
    const overlay = policyOverlay('{"onExistingLink":"keep"}', 'p.json');

    expect(overlay.apply(environment)).toEqual({ ...environment, ON_EXISTING_LINK: 'keep' });
  });

  it('gives no function a variable that it does not have', () => {
    const overlay = policyOverlay('{"linkMode":"none","enrichment":{"mode":"observe"}}', 'p.json');

    expect(overlay.apply({ LEDGER_TABLE: 'ledger' })).toEqual({ LEDGER_TABLE: 'ledger' });
    expect(overlay.apply({ ENRICHMENT_MODE: 'fill' })).toEqual({ ENRICHMENT_MODE: 'observe' });
    expect(overlay).toMatchObject({ owesLinks: false, enrichment: { mode: 'observe' } });
  });

  it('changes what is archived, how it is kept and where it is put, in the words of the environment', () => {
    const overlay = policyOverlay(
      '{"linkMode":"both","linkTranscripts":true,"products":"voice","encryptedRecordings":"keep-ciphertext","retention":{"config":"contact-centre"}}',
      'p.json',
    );
    const stage = {
      LINK_MODE: 'segment-link',
      LINK_TRANSCRIPTS: 'off',
      PRODUCTS: 'voice-and-digital',
      ENCRYPTED_RECORDINGS: 'decrypt',
      RETENTION_CONFIG: 'keep-everything',
    };

    expect(overlay.apply(stage)).toEqual({
      LINK_MODE: 'both',
      LINK_TRANSCRIPTS: 'on',
      PRODUCTS: 'voice',
      ENCRYPTED_RECORDINGS: 'keep-ciphertext',
      RETENTION_CONFIG: 'contact-centre',
    });
  });

  it('refuses a retention configuration that is none, and says which was probably meant', () => {
    expect(() => policyOverlay('{"retention":{"config":"keep-everythin"}}', 'p.json')).toThrow(
      /^p\.json is no policy: retention\.config is "keep-everythin": .* Did you mean "keep-everything"\?$/,
    );
  });

  it('changes who may play by a Flex token, key by key', () => {
    const overlay = policyOverlay('{"flexPlayer":{"origins":["http://127.0.0.1:8080"]}}', 'p.json');
    const FLEX_PLAYER = '{"origins":["https://flex.twilio.com"],"roles":["admin"],"cacheSeconds":60}';

    expect(JSON.parse(overlay.apply({ FLEX_PLAYER })['FLEX_PLAYER'] ?? '')).toEqual({
      origins: ['http://127.0.0.1:8080'],
      roles: ['admin'],
      cacheSeconds: 60,
    });
    expect(overlay.apply(environment)).toEqual(environment);
  });

  it.each([
    '{"flexPlayer":{"origins":["http://127.0.0.1:8080/"]}}',
    '{"flexPlayer":{"origin":"http://127.0.0.1:8080"}}',
    '{"linkMode":"medium"}',
    '{"retention":{}}',
    '{"products":"digital"}',
    '{"onExistingLinks":"keep"}',
    '{"onExistingLink":"never"}',
    '{"enrichment":{"modus":"fill"}}',
    '[]',
    'keep',
  ])('refuses %j by the file’s name', (text) => {
    expect(() => policyOverlay(text, 'p.json')).toThrow(/^p\.json is no policy: /);
  });

  it.each([
    '{"deletion":{"enable":true}}',
    '{"deletion":{"graceDays":1}}',
    '{"deletion":{"breaker":{"sampleSize":5}}}',
    '{"deletion":{"queues":{"Sales":{"excluded":true}}}}',
    '{"calabrio":{"legModel":"per-agent"}}',
    '{"calabrio":{"isApiConfigured":false}}',
    '{"reports":{"targets":[{"name":"crm","url":"ftp://127.0.0.1/","from":"archive","tenantId":1}]}}',
    '{"reports":{"targets":[{"name":"crm","url":"http://127.0.0.1/","from":"archive"}]}}',
    '{"reports":{"targets":[{"name":"crm","url":"http://127.0.0.1/a","from":"archive","tenantId":1},{"name":"crm","url":"http://127.0.0.1/b","from":"calabrio","tenantId":1}]}}',
  ])('refuses %j, which is no policy about deletion', (text) => {
    expect(() => policyOverlay(text, 'p.json')).toThrow(/^p\.json is no policy: /);
  });

  it('changes the policy that the functions plan by, key by key', () => {
    const policy = examplePolicy({ enabled: false, dryRun: true, hourlyCap: 50 });
    const text = JSON.stringify({
      deletion: { enabled: true, graceSeconds: 5, queues: { [sids.queue()]: { excluded: true } } },
      calabrio: { legModel: 'per-call' },
      onExistingLink: 'fill',
    });

    const { POLICY: changed = '' } = policyOverlay(text, 'p.json').apply({ POLICY: JSON.stringify(policy) });

    expect(JSON.parse(changed)).toEqual({
      ...policy,
      deletion: {
        ...policy.deletion,
        enabled: true,
        graceSeconds: 5,
        queues: { [sids.queue()]: { excluded: true } },
      },
      calabrio: { ...policy.calabrio, legModel: 'per-call' },
      onExistingLink: 'fill',
    });
  });

  it('gives report-status its targets, and the planner that there are some', () => {
    const targets = [{ name: 'crm', url: 'http://127.0.0.1:9000/in', from: 'archive', tenantId: 7 }];
    const overlay = policyOverlay(JSON.stringify({ reports: { targets } }), 'p.json');

    const changed = overlay.apply({ REPORT_TARGETS: '[]', POLICY: JSON.stringify(examplePolicy()) });

    expect(JSON.parse(changed['REPORT_TARGETS'] ?? '')).toEqual(targets);
    expect(JSON.parse(changed['POLICY'] ?? '')).toMatchObject({ reports: { archive: true, calabrio: false } });
    expect(overlay.reportTargets).toEqual(targets);
  });

  it('refuses to overlay a tenant that the stage does not have', () => {
    const { calabrio: _none, ...policy } = examplePolicy();

    expect(() => policyOverlay('{"calabrio":{"verify":"off"}}', 'p').apply({ POLICY: JSON.stringify(policy) })).toThrow(
      /no Calabrio tenant/,
    );
  });

  it('lets the upper of two overlays have the last word, and keeps what only the lower says', () => {
    const both = overlaid(
      policyOverlay('{"deletion":{"enabled":true,"hourlyCap":7},"linkMode":"none"}', 'beneath'),
      policyOverlay('{"deletion":{"hourlyCap":9}}', 'above'),
    );

    const { POLICY: changed = '' } = both.apply({ POLICY: JSON.stringify(examplePolicy({ enabled: false })) });

    expect(JSON.parse(changed)).toMatchObject({ deletion: { enabled: true, hourlyCap: 9 } });
    expect(both).toMatchObject({ owesLinks: false });
  });

  it('says what is to be enriched with, in the words of the function’s environment', () => {
    const function_ = {
      ENRICHMENT_MODE: 'fill',
      ENRICHMENT_CONFIG: 'minimal',
      HIPAA_MODE: 'off',
      WORKER_WRITES: 'off',
    };
    const enrichment = { config: 'property-management', hipaaMode: true, workerWrites: true };

    const changed = policyOverlay(JSON.stringify({ enrichment }), 'p.json').apply(function_);

    expect(changed).toEqual({
      ENRICHMENT_MODE: 'fill',
      ENRICHMENT_CONFIG: 'property-management',
      HIPAA_MODE: 'on',
      WORKER_WRITES: 'on',
    });
  });

  it.each([
    '{"enrichment":{"config":"../elsewhere"}}',
    '{"enrichment":{"hipaaMode":"on"}}',
    '{"enrichment":{"customerLookup":true}}',
    '{"enrichment":{"customerLookup":{"timeoutMilliseconds":10}}}',
    '{"enrichment":{"customerLookup":{"urlTemplate":"http://crm.example.com/"}}}',
  ])('refuses %j, which says nothing about enrichment', (text) => {
    expect(() => policyOverlay(text, 'p.json')).toThrow(/^p\.json is no policy: /);
  });

  it.each([
    ['nope', 'there are: minimal, property-management'],
    ['minimall', 'Did you mean "minimal"?'],
    ['schema', 'config/enrichment has no schema.json; there are: '],
  ])('refuses the configuration %j, which is none, as wrongly typed', (config, hint) => {
    const read = () => policyOverlay(JSON.stringify({ enrichment: { config } }), 'p.json');

    expect(read).toThrow(UsageError);
    expect(read).toThrow(`p.json is no policy: enrichment.config is "${config}"`);
    expect(read).toThrow(hint);
  });

  describe('about the customer lookup', () => {
    const lookup = {
      urlTemplate: 'http://127.0.0.1:1/customers?phone={phone}',
      timeoutMilliseconds: 500,
      cacheSeconds: 60,
      openAfterFailures: 5,
      openSeconds: 30,
      addresses: 'any',
    };
    const asking = {
      ENRICHMENT_CONFIG: 'minimal',
      CUSTOMER_LOOKUP: JSON.stringify(lookup),
      CUSTOMER_LOOKUP_SECRET_ARN: 'arn',
    };
    const apply = (customerLookup: unknown, environment: Readonly<Record<string, string>>) =>
      policyOverlay(JSON.stringify({ enrichment: { customerLookup } }), 'p.json').apply(environment);

    it('changes its settings key by key', () => {
      const changed = apply({ timeoutMilliseconds: 200 }, asking);

      expect(JSON.parse(changed['CUSTOMER_LOOKUP'] ?? '')).toEqual({ ...lookup, timeoutMilliseconds: 200 });
    });

    it('switches it off', () => {
      expect(apply(false, asking)).toEqual({ ENRICHMENT_CONFIG: 'minimal' });
    });

    it('refuses to switch it on where the function may not read its secret, and leaves other functions alone', () => {
      expect(() => apply({}, { ENRICHMENT_CONFIG: 'minimal' })).toThrow(/no customer lookup/);
      expect(apply({}, { LEDGER_TABLE: 'ledger' })).toEqual({ LEDGER_TABLE: 'ledger' });
    });
  });

  it('lets the upper of two overlays have the last word on attributes, too', () => {
    const both = overlaid(
      policyOverlay('{"enrichment":{"mode":"fill","config":"property-management"}}', 'beneath'),
      policyOverlay('{"enrichment":{"mode":"overwrite"}}', 'above'),
    );

    expect(both.enrichment).toEqual({ mode: 'overwrite', config: 'property-management' });
    expect(both.apply({ ENRICHMENT_MODE: 'observe', ENRICHMENT_CONFIG: 'minimal' })).toEqual({
      ENRICHMENT_MODE: 'overwrite',
      ENRICHMENT_CONFIG: 'property-management',
    });
  });
});
