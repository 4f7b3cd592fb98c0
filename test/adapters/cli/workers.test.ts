import { SSMClient } from '@aws-sdk/client-ssm';
import { connectionTo } from '../../../cli/aws/connect-to-stage.ts';
import { pipelineNames } from '../../../cli/aws/pipeline-names.ts';
import type { Connection } from '../../../cli/connection.ts';
import { accountSid, workspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import type { WorkerSid } from '../../../lambdas/shared/domain/sids.ts';
import { workerNames } from '../../../lib/naming.ts';
import { stages } from '../../../lib/stages.ts';
import { startTwilio } from '../../../local/twilio/start-twilio.ts';
import type { TwilioSimulator } from '../../../local/twilio/simulator.ts';
import { startTestAws } from '../../support/aws/start-test-aws.ts';
import type { TestAws } from '../../support/aws/start-test-aws.ts';
import { run } from '../../unit/cli/run-typed.ts';

const credentials = { accessKeyId: 'AKIAOPERATOR', secretAccessKey: 'secret of operator' };
const apiKey = { apiKeySid: 'SK00000000000000000000000000000001', apiKeySecret: 'not a secret' };
const { twilio: ids } = stages.dev;

describe("an operator's connection", () => {
  let test: TestAws;
  let twilio: TwilioSimulator;
  let connection: Connection;
  let ada: WorkerSid;
  beforeAll(async () => {
    test = await startTestAws();
    const account = accountSid(ids.accountSid);
    const workspace = workspaceSid(ids.workspaceSid);
    const settings = { clock: test.clock, accountSid: account, workspaceSid: workspace, authToken: 'not a token' };
    twilio = await startTwilio({ ...settings, ...apiKey });
    ada = twilio.taskRouter.createWorker({ name: 'ada', attributes: { team_id: '1' } });
    const authTokens = { [ids.accountSid]: { current: 'not a token' } };
    const secretString = JSON.stringify({ accountSid: ids.accountSid, ...apiKey, authTokens });
    const { arn } = test.aws.secrets.createSecret({ name: 'twilio', value: { kind: 'string', secretString } });
    publish({ 'twilio-secret/arn': arn });
    const place = { endpoint: test.aws.url, region: 'eu-west-1', credentials };
    const ssm = new SSMClient(place);
    const names = await pipelineNames(ssm, 'dev');
    ssm.destroy();
    connection = connectionTo({ name: 'a test', stageName: 'dev' }, place, names, {
      twilioUrl: twilio.url,
      policy: undefined,
      now: () => new Date(test.clock.now()),
      lastAttributes: async () => ({ kind: 'gone' }),
      reconcile: async () => ({}),
    });
  });
  afterAll(async () => {
    await connection.close();
    await twilio.stop();
    await test.close();
  });

  function publish(own: Readonly<Record<string, string>>): void {
    const others = [
      ...['ledger-table/name', 'archive-bucket/name', 'calabrio-secret/arn', 'quarantine-queue/url'],
      ...['subject-index-key-secret/arn', 'link-keys-secret/arn', 'recording-keys-secret/arn'],
      ...workerNames.flatMap((name) => [`${name}-queue/url`, `${name}-dead-letter-queue/url`]),
    ];
    const all = { ...Object.fromEntries(others.map((name) => [name, `the ${name}`])), ...own };
    for (const [name, value] of Object.entries(all)) test.aws.parameters.put(`/flex-task-pipeline/dev/${name}`, value);
  }

  it("reaches the agents of the stage's own workspace with the key of the stage's secret", async () => {
    expect(await connection.workers.fetch(ada)).toMatchObject({
      kind: 'worker',
      worker: { workerSid: ada, friendlyName: 'ada', activityName: 'Available' },
    });
  });

  it('makes the workspace as a roster says, from the words that were typed to the attributes at Twilio', async () => {
    const grace = twilio.taskRouter.createWorker({ name: 'grace', attributes: { contact_uri: 'client:grace' } });
    const roster = 'test/fixtures/workers/roster.csv';

    const synced = await run(['workers', 'sync', roster, '--apply', '--yes', '--json'], { ...connection, close });
    const again = await run(['workers', 'sync', roster, '--json'], { ...connection, close });
    const linted = await run(['workers', 'lint', '--json'], { ...connection, close });

    expect(synced.code).toBe(0);
    expect(JSON.parse(twilio.taskRouter.worker(grace)?.attributes ?? '')).toEqual({
      contact_uri: 'client:grace',
      full_name: 'Example, Grace',
      team_id: '1',
      team_name: 'Sales',
      team_name_in_hierarchy: 'West ▸ Denver ▸ Sales',
      department_id: '2',
      department_name: 'Contact Center',
      phone: '+12025550144',
    });
    expect([again.code, JSON.parse(again.out)]).toMatchObject([0, { changes: [], unchanged: 2 }]);
    expect([linted.code, JSON.parse(linted.out)]).toMatchObject([0, { workers: 2, errors: 0, warnings: 0 }]);
  });

  // The connection is this suite's own, and is closed with it.
  const close = async (): Promise<void> => undefined;
});
