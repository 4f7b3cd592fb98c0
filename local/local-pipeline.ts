// Over 200 lines, as what a run consists of, the order of its start and what each part is told of the others are one thing.
import { randomBytes, randomInt } from 'node:crypto';
import { stages } from '../lib/stages.ts';
import type { Policy } from '../lambdas/shared/domain/policy.ts';
import { readPolicyText } from '../lambdas/shared/messages/policy-text.ts';
import { accountSid, workspaceSid } from '../lambdas/shared/domain/sids.ts';
import type { AccountSid, TaskSid, WorkspaceSid } from '../lambdas/shared/domain/sids.ts';
import type { LocalAws } from './aws/local-aws.ts';
import { startAws } from './aws/start-aws.ts';
import { startCalabrio } from './calabrio/start-calabrio.ts';
import type { CalabrioSimulator } from './calabrio/simulator.ts';
import { awsBySdk } from './aws-by-sdk/aws-by-sdk.ts';
import { reachEmulator } from './aws-by-sdk/emulator.ts';
import type { Emulator } from './aws-by-sdk/emulator.ts';
import { startClock } from './clock.ts';
import type { Clock } from './clock.ts';
import type { CloudAws } from './cloud/aws/cloud-aws.ts';
import { onStandIns } from './cloud/aws/stand-ins.ts';
import type { LocalCloud } from './cloud/local-cloud.ts';
import { startCloud } from './cloud/start-cloud.ts';
import { startCrm } from './crm/crm.ts';
import type { Crm } from './crm/crm.ts';
import { startControlServer } from './control-server.ts';
import type { ControlServer } from './control-server.ts';
import { localSecrets, secretValues } from './local-secrets.ts';
import type { LocalSecrets } from './local-secrets.ts';
import type { PolicyOverlay } from './policy-overlay.ts';
import { calabrioSettings, effectivePolicyText, localStageName } from './run-policy.ts';
import { readRunState, writeRunState } from './run-state.ts';
import { furnishSmsDesk } from './sms-desk.ts';
import { startTwilio } from './twilio/start-twilio.ts';
import type { TwilioSimulator } from './twilio/simulator.ts';

/** Where the templates are told to be; the stage is for any account and region. */
const localPlace = { accountId: '123456789012', region: 'us-east-1' } as const;

export interface LocalPipelineOptions {
  readonly repositoryDir: string;
  readonly assemblyDir: string;
  readonly dataDir: string;
  readonly port: number;
  /** When the day begins, on a clock that jumps over idle time; absent: the machine's own time. */
  readonly dayStartsAt?: Date;
  /** Another Twilio; the simulator runs beside it and is not asked. */
  readonly twilioUrl?: string;
  /** How long the simulator's ended tasks can be written to; Twilio's five minutes unless given. */
  readonly keptAfterEndMs?: number;
  /** Overlays the stage's policy, when Twilio is up and its queues have names; nothing is changed without it. */
  readonly policy?: (twilio: TwilioSimulator) => PolicyOverlay;
  readonly functionLog?: (functionName: string, line: string) => void;
}

interface AnyAws {
  readonly url: string;
}

/** Everything of one local run, up and connected. */
export interface LocalPipeline<Aws extends AnyAws = LocalAws> {
  readonly clock: Clock;
  readonly aws: Aws;
  readonly twilio: TwilioSimulator;
  readonly calabrio: CalabrioSimulator;
  /** Whom enrich-task asks about a customer, where the stage has a customer lookup. */
  readonly crm: Crm;
  readonly cloud: LocalCloud;
  /** What its functions plan by, overlay and all. */
  readonly policy: Policy;
  readonly twilioUrl: string;
  readonly accountSid: AccountSid;
  readonly workspaceSid: WorkspaceSid;
  /** By which the simulator takes new tasks: the one of the stage's review tasks. */
  readonly workflowSid: string;
  readonly secrets: LocalSecrets;
  /** Ends every process, server and appointment; what lies in the data directory stays. */
  close(): Promise<void>;
}

/**
 * Starts clock, stand-ins, Twilio simulator and the cloud of the assembly, and leaves the state file by which the
 * operator's commands find them. What was started is closed again when a later part fails.
 */
export function startLocalPipeline(options: LocalPipelineOptions): Promise<LocalPipeline> {
  const { dataDir } = options;
  // A ledger that is kept knows the SIDs of its earlier days: another day needs others.
  const seed = readRunState(dataDir) === undefined ? 1 : randomInt(2 ** 31);
  return startClosable(options, seed, async (clock) => {
    const aws = await startAws({ clock, ...localPlace, dataDir });
    return { aws, cloudAws: onStandIns(aws, clock), close: () => aws.close() };
  });
}

/**
 * The same on somebody else's AWS, by the machine's own clock: what is there from an earlier run is adopted, and stays.
 *
 * @throws {UsageError} when the emulator cannot be reached.
 */
export function startPipelineAt(
  emulator: Emulator,
  options: Omit<LocalPipelineOptions, 'dayStartsAt'>,
): Promise<LocalPipeline<AnyAws>> {
  return startClosable(options, randomInt(2 ** 31), async (clock) => {
    const aws = awsBySdk(await reachEmulator(emulator), localPlace.region, clock);
    return { aws, cloudAws: aws, close: () => aws.close() };
  });
}

type OpenAws<Aws> = (
  clock: Clock,
) => Promise<{ readonly aws: Aws; readonly cloudAws: CloudAws; readonly close: () => Promise<void> | void }>;

async function startClosable<Aws extends AnyAws>(
  options: LocalPipelineOptions,
  seed: number,
  openAws: OpenAws<Aws>,
): Promise<LocalPipeline<Aws>> {
  const started: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const stop of started.splice(0).reverse()) await stop();
  };
  try {
    return { ...(await startParts(options, seed, openAws, started)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startParts<Aws extends AnyAws>(
  options: LocalPipelineOptions,
  seed: number,
  openAws: OpenAws<Aws>,
  started: (() => Promise<void> | void)[],
): Promise<Omit<LocalPipeline<Aws>, 'close'>> {
  const { dataDir, dayStartsAt } = options;
  const account = accountSid(stages[localStageName].twilio.accountSid);
  const workspace = workspaceSid(stages[localStageName].twilio.workspaceSid);
  const clock = startClock(
    dayStartsAt === undefined ? { jumps: false } : { jumps: true, startAtEpochMs: dayStartsAt.getTime() },
  );
  started.push(() => clock.stop());
  // A jump while something is being made would look to AWS like a request of hours ago.
  const isUp = clock.busy();
  const { aws, cloudAws, close } = await openAws(clock);
  started.push(close);
  // Whose targets need a secret is known when the policy is, and that needs Twilio's queues.
  const keys = localSecrets(dataDir);
  const twilio = await startTwilio({
    ...{ clock, accountSid: account, workspaceSid: workspace, seed, ...keys },
    ...(options.keptAfterEndMs !== undefined && { keptAfterEndMs: options.keptAfterEndMs }),
  });
  started.push(() => twilio.stop());
  const twilioUrl = options.twilioUrl ?? twilio.url;
  const overlay = options.policy?.(twilio);
  const policyText = effectivePolicyText(overlay);
  const policy = readPolicyText(policyText);
  const secrets = localSecrets(
    dataDir,
    overlay?.reportTargets?.map(({ name }) => name),
  );
  const calabrio = await startCalabrio({
    ...{ clock, twilio, seed, ...calabrioSettings(policy, secrets) },
    twilioUser: { accountSid: account, user: account, password: secrets.authToken },
    workspaceSid: workspace,
  });
  started.push(() => calabrio.stop());
  const crm = await startCrm({ clock, authorization: secrets.crmAuthorization });
  started.push(() => crm.close());
  const workflowSid = twilio.taskRouter.createWorkflow(reviewWorkflow);
  furnishSmsDesk(twilio);
  const cloud = await startCloud({
    assemblyDir: options.assemblyDir,
    ...{ clock, twilioUrl, port: options.port },
    aws: cloudAws,
    ...localPlace,
    secretValues: secretValues(secrets, account),
    overrides(_name, environment) {
      const local = localEnvironment(environment, { calabrio, crm });
      return overlay?.apply(local) ?? local;
    },
    ...(options.functionLog !== undefined && { functionLog: options.functionLog }),
    schedules: dayStartsAt === undefined ? 'running' : 'held',
  });
  started.push(() => cloud.close());
  calabrio.deliverTo({ url: `${cloud.apiUrl}/calabrio/contact-status`, token: secrets.calabrioToken });
  const token = randomBytes(16).toString('hex');
  const control = await startControlServer(
    { reconcile: (event) => cloud.invoke('reconcile', event), lastAttributes: (sid) => lastAttributes(twilio, sid) },
    token,
  );
  started.push(() => control.close());
  writeState(options, { clock, aws, cloud, control, token, policyText, twilioUrl, calabrioUrl: calabrio.url });
  isUp();
  const names = { accountSid: account, workspaceSid: workspace, workflowSid };
  return { clock, aws, twilio, calabrio, crm, cloud, policy, twilioUrl, ...names, secrets };
}

/** The stage's own, where tasks for review wait. */
const reviewWorkflow = {
  name: 'Review',
  queue: 'Follow-up',
  sid: stages[localStageName].reviewTasks.workflowSid,
} as const;

/** What can only be told when everything is up: who is where on this machine, and that others may be on it, too. */
function localEnvironment(
  environment: Readonly<Record<string, string>>,
  { calabrio, crm }: OutsideParties,
): Readonly<Record<string, string>> {
  const { CUSTOMER_LOOKUP: lookup = '{}' } = environment;
  const here = {
    CALABRIO_URL: calabrio.url,
    REPORT_ADDRESSES: 'any',
    CUSTOMER_LOOKUP: JSON.stringify({ ...JSON.parse(lookup), urlTemplate: crm.urlTemplate, addresses: 'any' }),
  };
  const known = Object.entries(here).filter(([name]) => environment[name] !== undefined);
  return { ...environment, ...Object.fromEntries(known) };
}

interface OutsideParties {
  readonly calabrio: CalabrioSimulator;
  readonly crm: Crm;
}

interface StateParts {
  readonly clock: Clock;
  readonly aws: AnyAws;
  readonly cloud: LocalCloud;
  readonly control: ControlServer;
  readonly token: string;
  readonly policyText: string;
  readonly twilioUrl: string;
  readonly calabrioUrl: string;
}

function writeState(
  { repositoryDir, dataDir }: LocalPipelineOptions,
  { clock, aws, cloud, control, token, policyText, twilioUrl, calabrioUrl }: StateParts,
): void {
  writeRunState(repositoryDir, dataDir, {
    v: 1,
    pid: process.pid,
    startedAt: new Date(clock.now()).toISOString(),
    stageName: localStageName,
    aws: { url: aws.url, ...localPlace, ...cloud.operator },
    policy: policyText,
    ...{ twilioUrl, calabrioUrl },
    control: { url: control.url, token },
  });
}

function lastAttributes(
  twilio: TwilioSimulator,
  sid: TaskSid,
): { readonly kind: 'at-twilio' | 'as-last-seen'; readonly attributes: string } | undefined {
  const task = twilio.taskRouter.task(sid);
  return task && { kind: task.deletedAt === undefined ? 'at-twilio' : 'as-last-seen', attributes: task.attributes };
}
