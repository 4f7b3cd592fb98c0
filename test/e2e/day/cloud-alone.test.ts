import { createHash } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { stages } from '../../../lib/stages.ts';
import { dataDirFor, lastJsonLine, runToEnd, startCloudAlone } from './run-start.ts';
import type { RunningCloud } from './run-start.ts';

const genuineTask = `WT${'a1'.repeat(16)}`;
const forgedTask = `WT${'b2'.repeat(16)}`;

describe('npm start -- --no-sample --json', () => {
  const data = dataDirFor('cloud-alone');
  let cloud: RunningCloud;
  let place: Readonly<Record<string, string>>;

  beforeAll(async () => {
    cloud = await startCloudAlone(['--data', data.path]);
    place = JSON.parse(cloud.firstLine);
  }, 120_000);
  afterAll(async () => {
    const exitCode = await cloud.interrupt();
    data.remove();
    expect(exitCode).toBe(0);
  }, 30_000);

  /** Signs by Twilio's own library, over the printed URL, and posts with plain fetch. */
  async function post(body: string, sent = body): Promise<number> {
    const url = `${place['publicUrl']}/twilio/event-streams?bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
    const answer = await fetch(url.replace(String(place['publicUrl']), String(place['api'])), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-twilio-signature': getExpectedTwilioSignature(String(place['authToken']), url, {}),
      },
      body: sent,
    });
    return answer.status;
  }

  function taskCreated(taskSid: string): string {
    const at = new Date().toISOString();
    const eventSid = `EV${createHash('md5').update(taskSid).digest('hex')}`;
    const payload = {
      sid: eventSid,
      eventtype: 'task.created',
      account_sid: place['accountSid'],
      workspace_sid: place['workspaceSid'],
      timestamp: at,
      task_sid: taskSid,
      task_attributes: '{"type":"short-lived","direction":"inbound"}',
      task_channel_unique_name: 'voice',
    };
    const data = {
      sid: eventSid,
      account_sid: place['accountSid'],
      timestamp: at,
      payload_type: 'application/json',
      payload,
    };
    return JSON.stringify([
      { specversion: '1.0', type: 'com.twilio.taskrouter.task.created', source: 'AB', id: eventSid, data },
    ]);
  }

  async function cli(typed: readonly string[]) {
    const ended = await runToEnd('cli/main.ts', [...typed, '--json', '--data', data.path]);
    return lastJsonLine(ended.stdout);
  }

  /** Asks again until the answer is the wanted one; the suite's own time limit ends a wait that is in vain. */
  async function until(typed: readonly string[], isWanted: (answer: Readonly<Record<string, unknown>>) => boolean) {
    for (;;) {
      const answer = await cli(typed);
      if (isWanted(answer)) return answer;
    }
  }

  it('prints what a program needs to talk to it', () => {
    expect(place).toMatchObject({ ready: true, region: 'us-east-1' });
    for (const name of ['api', 'publicUrl', 'aws', 'dynamodb', 'twilio', 'calabrio'])
      expect(place[name]).toMatch(/^http:\/\/127\.0\.0\.1:\d+/);
    for (const name of ['accessKeyId', 'secretAccessKey', 'archiveBucket', 'ledgerTable', 'authToken'])
      expect(place[name]).toMatch(/\S/);
    expect(place['calabrioToken']?.length).toBeGreaterThanOrEqual(20);
    expect(place).toMatchObject({ calabrioTenantId: 1001, reportSecrets: {} });
    expect(place['smsToken']).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(place['smsFromNumber']).toBe('+12025550143');
    expect(place['accountSid']).toMatch(/^AC[0-9a-f]{32}$/);
    expect(place['workspaceSid']).toMatch(/^WS[0-9a-f]{32}$/);
  });

  it('prints a workflow by which its Twilio takes a new task, the one of the stage’s review tasks', async () => {
    expect(place['workflowSid']).toBe(stages.sample.reviewTasks.workflowSid);

    const answer = await fetch(`${place['twilio']}/v1/Workspaces/${place['workspaceSid']}/Tasks`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${place['apiKeySid']}:${place['apiKeySecret']}`).toString('base64')}`,
      },
      body: new URLSearchParams({ WorkflowSid: String(place['workflowSid']), Attributes: '{"type":"long-lived"}' }),
    });

    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ workflow_sid: place['workflowSid'], assignment_status: 'pending' });
  });

  it('lets a request through that is signed with the printed token', async () => {
    expect(await post(taskCreated(genuineTask))).toBe(204);

    const status = await until(['status', genuineTask], ({ found }) => found === 1);
    expect(status).toMatchObject({ lives: [{ kind: 'task', task: { taskSid: genuineTask, channel: 'voice' } }] });
  }, 60_000);

  it('takes one with a changed byte and never acts on it', async () => {
    const body = taskCreated(forgedTask);

    expect(await post(body, body.replace('inbound', 'inbounD'))).toBe(204);

    const aside = await until(['redrive', 'quarantine', '--dry-run'], ({ sent }) => sent === 1);
    expect(aside).toMatchObject({ left: 0, counts: [{ place: 'quarantine', sent: 1 }] });
    expect(await cli(['status', forgedTask])).toMatchObject({ found: 0 });
  }, 60_000);

  it('answers what an operator asks of its deletions and of Calabrio, and shows no token', async () => {
    expect(await cli(['breaker'])).toMatchObject({ breaker: { state: 'closed' }, attempts: [] });
    expect(await cli(['targets'])).toMatchObject({ disabled: [] });
    expect(await cli(['sources'])).toMatchObject({ recordings: 0, mayGo: 0, sent: 0 });
    expect(await cli(['calabrio', 'correlate'])).toMatchObject({ observations: 0, proposal: { kind: 'none' } });
    const sheet = await cli(['calabrio', 'sheet']);
    expect(sheet).toHaveProperty('sections');
    expect(place['calabrioToken']).toMatch(/\S{20,}/);
    expect(JSON.stringify(sheet)).not.toContain(place['calabrioToken']);
  }, 60_000);
});
