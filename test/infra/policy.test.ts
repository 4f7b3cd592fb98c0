import { readStage } from '../../lib/stage-settings.ts';
import type { Stage, StageSettings } from '../../lib/stage-settings.ts';
import { customerLookupText } from '../../lib/enrichment-settings.ts';
import { visibleName } from '../../lib/naming.ts';
import { stagePolicyText } from '../../lib/policy.ts';
import { stages } from '../../lib/stages.ts';
import { envSchema as archiveRecordingEnv } from '../../lambdas/archive-recording/env.ts';
import { envSchema as archiveTranscriptEnv } from '../../lambdas/archive-transcript/env.ts';
import { envSchema as authorizeCallerEnv } from '../../lambdas/authorize-caller/env.ts';
import { envSchema as calabrioStatusEnv } from '../../lambdas/calabrio-status/env.ts';
import { envSchema as createReviewTaskEnv } from '../../lambdas/create-review-task/env.ts';
import { envSchema as deleteSourceEnv } from '../../lambdas/delete-source/env.ts';
import { envSchema as enrichTaskEnv } from '../../lambdas/enrich-task/env.ts';
import { envSchema as eraseSubjectEnv } from '../../lambdas/erase-subject/env.ts';
import { envSchema as linkRecordingEnv } from '../../lambdas/link-recording/env.ts';
import { envSchema as playRecordingEnv } from '../../lambdas/play-recording/env.ts';
import { envSchema as reconcileEnv } from '../../lambdas/reconcile/env.ts';
import { envSchema as reportStatusEnv } from '../../lambdas/report-status/env.ts';
import { envSchema as sendSmsEnv } from '../../lambdas/send-sms/env.ts';
import { readPolicyText } from '../../lambdas/shared/messages/policy-text.ts';
import {
  everySetting,
  resourcesOf,
  synthesized,
  synthesizedEverything,
  synthesizedStage,
} from '../support/infra/synthesized.ts';
import type { SynthesizedStage } from '../support/infra/synthesized.ts';

const longestName = 'abcdefghijklmnop';

/** As AWS makes such a value, of the longest stage name and resource name in a region with a long name. */
function knownAtDeployment(variable: string): string {
  const resource = `${visibleName(longestName, 'stateful')}-CreateReviewTaskDeadLetters35BD876B-AbCdEfGhIjKl`;
  if (variable.endsWith('_ARN'))
    return 'arn:aws:secretsmanager:ap-southeast-1:111122223333:secret:SubjectIndexKeySecret2CAC624E-AbCdEfGhIjKl-AbCdEf';
  const queueUrl = `https://sqs.ap-southeast-1.amazonaws.com/111122223333/${resource.slice(0, 80)}`;
  if (variable.endsWith('_QUEUE_URL')) return queueUrl;
  // Nine workers' dead letters and quarantine.
  if (variable === 'PUT_ASIDE_QUEUE_NAMES') return JSON.stringify(Array(10).fill(resource.slice(0, 80)));
  if (variable === 'PUT_ASIDE_QUEUE_URLS') return JSON.stringify(Array(10).fill(queueUrl));
  // A base with which a link has just 128 characters.
  if (variable.endsWith('_URL')) return `https://${'x'.repeat(49)}.com`;
  return resource.slice(0, 63);
}

/** The environment of a function, with a made-up text where the value is known only at deployment. */
function environmentOf({ pipeline }: SynthesizedStage, functionName: string): Record<string, string> {
  const [found] = [...resourcesOf(pipeline, 'AWS::Lambda::Function').values()].filter(
    ({ Properties }) => Properties.Environment?.Variables['POWERTOOLS_SERVICE_NAME'] === functionName,
  );
  return Object.fromEntries(
    Object.entries(found?.Properties.Environment?.Variables ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : knownAtDeployment(name),
    ]),
  );
}

const queue = `WQ${'7'.repeat(32)}`;
const chosen: Stage = {
  ...readStage(stages, 'dev'),
  onExistingLink: 'keep',
  deletion: {
    ...stages.dev.deletion,
    enabled: true,
    dryRun: false,
    confirmedBy: 'both',
    graceDays: 3,
    acceptLegs: ['timed-out'],
    queues: { [queue]: { excluded: true, graceDays: 30 }, [`WQ${'8'.repeat(32)}`]: {} },
  },
  calabrio: { ...stages.dev.calabrio, legModel: 'per-call', verify: 'required', legTimeoutHours: 48 },
  reportTargets: [{ name: 'lake', url: 'https://lake.example.com/hook', from: 'calabrio', tenantId: 1001 }],
};
const ofChosen = synthesized(chosen);

/** A table with the stage whose texts are as long as they may be, and so many bytes longer. */
function longest(bytesMore: number): Readonly<Record<string, StageSettings>> {
  const base = 'https://crm.example.com/{phone}';
  const withPath = (path: string): StageSettings => ({
    ...everySetting,
    enrichment: {
      ...everySetting.enrichment,
      customerLookup: { ...everySetting.enrichment.customerLookup, urlTemplate: `${base}${path}` },
    },
    reportTargets: Array.from({ length: 10 }, (_, number) => ({
      name: `target-${number}`,
      url: `https://target.example.com/${'h'.repeat(75)}`,
      from: 'archive' as const,
      tenantId: 1001,
    })),
  });
  const { enrichment, ...stage } = withPath('');
  const lookup = enrichment.customerLookup;
  const used = stagePolicyText(stage).length + (lookup === undefined ? 0 : customerLookupText(lookup, 'public').length);
  return { [longestName]: withPath('p'.repeat(1_650 - used + bytesMore)) };
}
const ofLongest = synthesized(readStage(longest(0), longestName));

const { calabrio: _none, ...withoutTenant } = readStage(stages, 'dev');
const ofNoTenant = synthesized(withoutTenant);

describe('the policy', () => {
  // 3 and 30 days of 86,400 s, 48 hours of 3,600 s.
  it('is the stage’s, in the functions’ units', () => {
    expect(readPolicyText(environmentOf(ofChosen, 'delete-source')['POLICY'] ?? '')).toEqual({
      deletion: {
        enabled: true,
        dryRun: false,
        confirmedBy: 'both',
        graceSeconds: 259_200,
        hourlyCap: 50,
        ingestProof: 20,
        breaker: { sampleSize: 20, openAtPercent: 25 },
        allowedAccountSids: ['AC0123456789abcdef0123456789abcdef'],
        allowedWorkspaceSids: ['WS0123456789abcdef0123456789abcdef'],
        acceptLegs: ['timed-out'],
        waiveInsights: false,
        queues: { [queue]: { excluded: true, graceSeconds: 2_592_000 }, [`WQ${'8'.repeat(32)}`]: {} },
      },
      calabrio: {
        tenantId: 1001,
        legModel: 'per-call',
        verify: 'required',
        isApiConfigured: true,
        legTimeoutSeconds: 172_800,
      },
      onExistingLink: 'keep',
      reports: { archive: false, calabrio: true },
    });
  });

  it('is one and the same for every function that plans, and for the tools', () => {
    const planners = ['enrich-task', 'archive-recording', 'calabrio-status', 'delete-source'];
    const texts = planners.map((name) => environmentOf(ofChosen, name)['POLICY']);

    expect(new Set(texts).size).toBe(1);
    ofChosen.pipeline.hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/flex-task-pipeline/dev/policy',
      Type: 'String',
      Value: texts[0],
    });
  });

  it('has no tenant where the stage has none, and still reads', () => {
    const policy = readPolicyText(environmentOf(ofNoTenant, 'delete-source')['POLICY'] ?? '');

    expect(policy).not.toHaveProperty('calabrio');
    expect(policy.deletion.enabled).toBe(false);
  });
});

describe('the address', () => {
  it('is told to the tools', () => {
    synthesizedStage('prod').pipeline.hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/flex-task-pipeline/prod/public-url',
      Value: 'https://recordings.example.com',
    });
  });
});

describe('the environments', () => {
  it.each([
    ['enrich-task', enrichTaskEnv],
    ['archive-recording', archiveRecordingEnv],
    ['archive-transcript', archiveTranscriptEnv],
    ['erase-subject', eraseSubjectEnv],
    ['play-recording', playRecordingEnv],
    ['link-recording', linkRecordingEnv],
    ['calabrio-status', calabrioStatusEnv],
    ['delete-source', deleteSourceEnv],
    ['report-status', reportStatusEnv],
    ['reconcile', reconcileEnv],
  ])('of %s is one that it reads', (name, schema) => {
    for (const stage of [ofChosen, ...(['dev', 'prod', 'sample'] as const).map(synthesizedStage)])
      expect(schema.safeParse(environmentOf(stage, name)).error).toBeUndefined();
  });

  it.each([
    ['enrich-task', enrichTaskEnv],
    ['create-review-task', createReviewTaskEnv],
    ['send-sms', sendSmsEnv],
    ['authorize-caller', authorizeCallerEnv],
    ['reconcile', reconcileEnv],
  ])('of %s is one that it reads where the stage has everything, too', (name, schema) => {
    expect(schema.safeParse(environmentOf(synthesizedEverything(), name)).error).toBeUndefined();
  });

  it('of enrich-task says what it enriches with', () => {
    expect(environmentOf(synthesizedStage('dev'), 'enrich-task')).toMatchObject({
      ENRICHMENT_MODE: 'fill',
      ENRICHMENT_CONFIG: 'minimal',
      HIPAA_MODE: 'off',
      WORKER_WRITES: 'off',
      REVIEW_TASKS: 'off',
    });
    expect(environmentOf(synthesizedStage('prod'), 'enrich-task')).toMatchObject({ ENRICHMENT_MODE: 'observe' });
    expect(environmentOf(synthesizedStage('dev'), 'enrich-task')).not.toHaveProperty('CUSTOMER_LOOKUP');
  });

  it('of enrich-task lets it ask public addresses only', () => {
    const { CUSTOMER_LOOKUP, ...environment } = environmentOf(synthesizedEverything(), 'enrich-task');

    expect(JSON.parse(CUSTOMER_LOOKUP ?? '')).toEqual({
      ...everySetting.enrichment.customerLookup,
      addresses: 'public',
    });
    expect(environment).toMatchObject({ REVIEW_TASKS: 'on' });
  });

  it('of authorize-caller knows the stage’s callers, and what the keys of their usage plans begin with', () => {
    expect(environmentOf(synthesizedEverything(), 'authorize-caller')).toMatchObject({
      API_KEY_PREFIX: 'flex-task-pipeline-dev-',
      CALLERS: '["crm","billing-system"]',
    });
  });

  it('of send-sms has how messages become tasks, and not who asks for them', () => {
    expect(JSON.parse(environmentOf(synthesizedEverything(), 'send-sms')['OUTBOUND_SMS'] ?? '')).toEqual({
      workflowSid: `WW${'6'.repeat(32)}`,
      queueSid: `WQ${'6'.repeat(32)}`,
      taskChannel: 'sms',
      longLived: true,
    });
  });

  it('of create-review-task has the workflow, the channel, and numbers as texts', () => {
    expect(environmentOf(synthesizedEverything(), 'create-review-task')).toMatchObject({
      REVIEW_WORKFLOW_SID: `WW${'5'.repeat(32)}`,
      REVIEW_TASK_CHANNEL: 'default',
      REVIEW_PRIORITY: '10',
      REVIEW_TIMEOUT_SECONDS: '86400',
    });
  });

  it('of delete-source has its share of what may be asked of Calabrio', () => {
    expect(environmentOf(ofChosen, 'delete-source')).toMatchObject({
      CALABRIO_URL: 'https://calabrio.example.com',
      // Five a second for two at once.
      CALABRIO_REQUESTS_PER_SECOND: '2.5',
      CALABRIO_METADATA_NAMES:
        '{"recordingSid":"archive_recording_sid","taskSid":"archive_task_sid","conferenceSid":"archive_conference_sid"}',
    });
  });

  it('of report-status has the targets, and lets it send to public addresses only', () => {
    expect(environmentOf(ofChosen, 'report-status')).toMatchObject({
      REPORT_TARGETS: JSON.stringify([
        { name: 'lake', url: 'https://lake.example.com/hook', from: 'calabrio', tenantId: 1001 },
      ]),
      REPORT_ADDRESSES: 'public',
    });
  });

  it('of link-recording names the attribute for our SIDs', () => {
    expect(environmentOf(ofChosen, 'link-recording')).toMatchObject({ CORRELATION_OBJECT: 'archive' });
  });

  it('of delete-source reads where there is no tenant, asks nobody, and may not read Calabrio’s secret', () => {
    const environment = environmentOf(ofNoTenant, 'delete-source');

    expect(deleteSourceEnv.safeParse(environment).error).toBeUndefined();
    expect(environment).toMatchObject({ CALABRIO_REQUESTS_PER_SECOND: '0', CALABRIO_METADATA_NAMES: '{}' });
    expect(environment).not.toHaveProperty('CALABRIO_URL');
    expect(
      [...resourcesOf(ofNoTenant.pipeline, 'AWS::IAM::Policy')]
        .filter(([id]) => id.startsWith('DeleteSource'))
        .map(([, policy]) => JSON.stringify(policy))
        .filter((text) => text.includes('CalabrioSecretArn')),
    ).toEqual([]);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 4 KB for all variables of a function.
  it.each([
    'enrich-task',
    'archive-recording',
    'calabrio-status',
    'delete-source',
    'report-status',
    'reconcile',
    'archive-transcript',
    'erase-subject',
  ])('of %s fits into 4 KB with the longest names and the longest texts that a stage may have', (name) => {
    const bytes = Object.entries(environmentOf(ofLongest, name))
      .map(([variable, value]) => Buffer.byteLength(variable + value))
      .reduce((sum, one) => sum + one, 0);

    expect(bytes).toBeLessThanOrEqual(4_096);
  });

  it('of reconcile leaves room for the longest policy and sweep that a stage may have together', () => {
    const { POLICY: _policy, SWEEP: _sweep, ...others } = environmentOf(ofLongest, 'reconcile');
    const bytes = Object.entries(others).reduce((sum, [variable, value]) => sum + (variable + value).length, 0);

    expect(bytes + 'POLICY'.length + 'SWEEP'.length + 1_650).toBeLessThanOrEqual(4_096);
  });

  it('is refused with a sweep that is longer', () => {
    const recordedQueues = Object.fromEntries(
      Array.from({ length: 40 }, (_, place) => [`WQ${String(place).padStart(32, '0')}`, 90]),
    );
    const settings = { ...stages.dev, sweep: { ...stages.dev.sweep, recordedQueues } };

    expect(() => readStage({ dev: settings }, 'dev')).toThrow(/the policy with the sweep has \d+ bytes/);
  });

  it('is refused with texts that are longer', () => {
    expect(() => readStage(longest(1), longestName)).toThrow('the policy with the customer lookup has 1651 bytes');
  });
});
