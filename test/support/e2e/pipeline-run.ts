import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountSid, workspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import { stageAssembly } from '../../../local/assembly-cache.ts';
import type { AwsCall, Fault } from '../../../local/aws/aws-call.ts';
import type { LocalAws } from '../../../local/aws/local-aws.ts';
import { startAws } from '../../../local/aws/start-aws.ts';
import { startClock } from '../../../local/clock.ts';
import type { Clock } from '../../../local/clock.ts';
import type { CloudOptions } from '../../../local/cloud/cloud-options.ts';
import type { LocalCloud } from '../../../local/cloud/local-cloud.ts';
import { onStandIns } from '../../../local/cloud/aws/stand-ins.ts';
import { startCloud } from '../../../local/cloud/start-cloud.ts';
import { secretValues } from '../../../local/local-secrets.ts';
import type { LocalSecrets } from '../../../local/local-secrets.ts';
import { operatorOf } from '../../../local/operator.ts';
import type { Operator } from '../../../local/operator.ts';
import { localStage, localStageName as stageName } from '../../../local/run-policy.ts';
import { localDir, writeRunState } from '../../../local/run-state.ts';
import type { TwilioSimulator } from '../../../local/twilio/simulator.ts';
import { startTwilio } from '../../../local/twilio/start-twilio.ts';
import { expectOnlyCheckedRequests } from '../openapi/checked-operations.ts';
import { logBook } from './log-book.ts';
import type { LogBook } from './log-book.ts';

const repositoryDir = join(import.meta.dirname, '../../..');
const place = { accountId: '123456789012', region: 'us-east-1' } as const;

/** The account and workspace that the stage is deployed for. */
export const account = accountSid(localStage.twilio.accountSid);
export const workspace = workspaceSid(localStage.twilio.workspaceSid);

/** Of this run alone: whoever finds them here can do nothing with them. */
const secrets: LocalSecrets = {
  apiKeySid: `SK${'5'.repeat(32)}`,
  apiKeySecret: 'an-api-key-secret',
  authToken: 'the-auth-token',
  linkKey: Buffer.alloc(32, 'first key ').toString('base64'),
  subjectIndexKey: Buffer.alloc(32, 'subjects ').toString('base64'),
  calabrioToken: 'the-token-of-the-event-webhook',
  calabrioUserId: 'svc-recording-archive',
  calabrioPassword: 'the-password-of-the-service-account',
  crmAuthorization: 'Bearer the-token-of-the-customer-database',
  reportSecrets: {},
  recordingKeys: {},
  smsToken: 'the-token-of-the-caller-that-is-called-crm',
};

/** The stage that `npm start` plays, on a clock that jumps over idle time; no customer is looked up. */
export interface PipelineRun {
  readonly clock: Clock;
  readonly aws: LocalAws;
  readonly twilio: TwilioSimulator;
  readonly cloud: LocalCloud;
  readonly operator: Operator;
  readonly secrets: LocalSecrets;
  readonly log: LogBook;
  /** Where the operator's commands find the run: `--data`. */
  readonly dataDir: string;
  /** From now on sees every call to AWS before its work, and may disturb it; nothing takes it away again. */
  onCall(look: ((call: AwsCall) => Fault | undefined) | undefined): void;
  /** Resolves when so many seconds have gone by on the clock. */
  seconds(count: number): Promise<void>;
  /** Resolves when Twilio has nothing on the wire and no message lies in a queue that a function works off. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

interface RunOptions extends Pick<CloudOptions, 'overrides' | 'onInvocation'> {
  /** The task events that Twilio's sink is subscribed to; all of them unless given. */
  readonly taskEvents?: readonly string[];
  /** By which file of config/enrichment; `minimal` unless given, so that next to nothing else writes onto a task. */
  readonly rules?: 'minimal' | 'property-management';
}

/**
 * Starts it at eight o'clock of a working day, with schedules held. The stage is synthesized when its sources have
 * changed since the last run of anything here. `close` leaves no process, port or file behind.
 */
export async function startPipelineRun(options: RunOptions = {}): Promise<PipelineRun> {
  const started: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const stop of started.splice(0).reverse()) await stop();
  };
  try {
    return { ...(await startParts(options, started)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startParts(
  { taskEvents, rules = 'minimal', overrides, onInvocation }: RunOptions,
  started: (() => Promise<void> | void)[],
): Promise<Omit<PipelineRun, 'close'>> {
  let requests: TwilioSimulator['requests'] = () => [];
  // The first of all, so the last that is done: whatever it finds, nothing is left behind.
  started.push(() => expectOnlyCheckedRequests(requests()));
  const cacheDir = join(localDir(repositoryDir), 'assemblies');
  const assemblyDir = await stageAssembly({ repositoryDir, stageName, cacheDir });
  const clock = startClock({ jumps: true, startAtEpochMs: Date.parse('2027-03-04T08:00:00Z') });
  started.push(() => clock.stop());
  const log = logBook();
  let look: ((call: AwsCall) => Fault | undefined) | undefined;
  const aws = await startAws({ clock, ...place, onCall: (call) => look?.(call) });
  started.push(() => aws.close());
  const twilio = await startTwilio({ clock, accountSid: account, workspaceSid: workspace, ...secrets });
  requests = twilio.requests;
  started.push(() => twilio.stop());
  const cloud = await startCloud({
    ...{ assemblyDir, clock, ...place, twilioUrl: twilio.url },
    aws: onStandIns(aws, clock),
    overrides(name, { CUSTOMER_LOOKUP: _nobodyIsAsked, ...others }) {
      const hasRules = others['ENRICHMENT_CONFIG'] !== undefined;
      const environment = { ...others, ...(hasRules && { ENRICHMENT_CONFIG: rules }) };
      return overrides?.(name, environment) ?? environment;
    },
    onInvocation(invocation) {
      log.given(invocation.functionName, invocation.event);
      return onInvocation?.(invocation);
    },
    secretValues: secretValues(secrets, account),
    schedules: 'held',
    functionLog: log.write,
    afterInvocation: log.look,
  });
  started.push(() => cloud.close());
  const { publicUrl, apiUrl } = cloud;
  const events = taskEvents === undefined ? {} : { events: taskEvents };
  twilio.deliverTo({
    ...{ publicUrl, apiUrl },
    transports: [{ kind: 'event-streams', ...events }, { kind: 'recording-events' }],
  });
  const operator = operatorOf({ aws, cloud, clock });
  started.push(() => operator.close());
  const dataDir = leaveState({ aws, cloud, clock, twilio });
  started.push(() => rmSync(dataDir, { recursive: true, force: true }));
  return {
    ...{ clock, aws, twilio, cloud, operator, secrets, log, dataDir },
    onCall: (next) => void (look = next),
    seconds: (count) => new Promise((resolve) => void clock.at(clock.now() + count * 1000, resolve)),
    async quiet() {
      await twilio.settled();
      await cloud.idle();
    },
  };
}

/** Nobody serves the control port: the commands that are run here need AWS's own interfaces alone. */
function leaveState({ aws, cloud, clock, twilio }: Pick<PipelineRun, 'aws' | 'cloud' | 'clock' | 'twilio'>): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'pipeline-run-'));
  writeRunState(dataDir, dataDir, {
    v: 1,
    pid: process.pid,
    startedAt: new Date(clock.now()).toISOString(),
    stageName,
    aws: { url: aws.url, ...place, ...cloud.operator },
    twilioUrl: twilio.url,
    control: { url: 'http://127.0.0.1:9', token: randomBytes(8).toString('hex') },
  });
  return dataDir;
}
