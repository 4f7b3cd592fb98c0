import { SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod/mini';
import type { AwsPlace } from './aws/aws-place.ts';
import { connectionTo } from './aws/connect-to-stage.ts';
import type { OwnWays } from './aws/connect-to-stage.ts';
import { pipelineNames } from './aws/pipeline-names.ts';
import type { PipelineNames } from './aws/pipeline-names.ts';
import type { Connection, LastAttributes } from './connection.ts';
import { policyOf } from './policy-of.ts';
import { UnreachableError } from './unreachable-error.ts';
import { workersWhenAsked } from './workers/workers-when-asked.ts';
import type { Workers } from '../lambdas/shared/ports/workers.ts';
import { startAws } from '../local/aws/start-aws.ts';
import { startClock } from '../local/clock.ts';
import { isAlive, lastRunDir, readLastAttributes, readRunState } from '../local/run-state.ts';
import type { RunState } from '../local/run-state.ts';

/**
 * Connects to a local cloud by what it left in its data directory: to itself while it runs, and to what it kept when
 * it has ended.
 *
 * @throws {UnreachableError} when there is none.
 */
export async function connectToLocalCloud(
  repositoryDir: string,
  askedDir: string | undefined,
  now: () => Date,
): Promise<Connection> {
  const dataDir = askedDir ?? lastRunDir(repositoryDir);
  if (dataDir === undefined)
    throw new UnreachableError('no local cloud has been started here: npm start, or name a stage with --stage');
  const state = readRunState(dataDir);
  if (state === undefined)
    throw new UnreachableError(`${dataDir} is no data directory of a local cloud: npm start -- --data ${dataDir}`);
  const clockOffsetMs = isAlive(state.pid) ? await clockOffsetOf(state, now) : undefined;
  return clockOffsetMs === undefined ? connectToKept(state, dataDir, now) : connectToRunning(state, clockOffsetMs, now);
}

async function connectToRunning(state: RunState, clockOffsetMs: number, now: () => Date): Promise<Connection> {
  const place = { ...placeOf(state, state.aws.url), systemClockOffset: clockOffsetMs };
  const ways: OwnWays = {
    policy: policyOf(state.policy, 'the local cloud'),
    now: () => new Date(now().getTime() + clockOffsetMs),
    ...(state.twilioUrl !== undefined && { twilioUrl: state.twilioUrl }),
    ...(state.calabrioUrl !== undefined && { calabrioUrl: state.calabrioUrl }),
    lastAttributes: async ({ taskSid }) =>
      lastAttributesSchema.parse(await control(state, 'GET', `/tasks/${taskSid}/attributes`)),
    reconcile: (event) => control(state, 'POST', '/reconcile', event),
  };
  const called = { name: `the local cloud at ${state.aws.url}`, stageName: state.stageName };
  const connection = connectionTo(called, place, await namesAt(place, state), ways);
  if (state.twilioUrl !== undefined) return connection;
  // Without its own Twilio's address the key would go to the real one.
  const why = 'this local cloud does not say where its Twilio is: start it again';
  return { ...connection, workers: noWorkers(why), ...noAccount(why) };
}

/** Opens the stand-ins over what the run kept; they are closed with the connection. */
async function connectToKept(state: RunState, dataDir: string, now: () => Date): Promise<Connection> {
  const clock = startClock({ jumps: false });
  const aws = await startAws({ clock, region: state.aws.region, accountId: state.aws.accountId, dataDir });
  aws.addPrincipal({ name: 'operator', ...state.aws });
  const place = placeOf(state, aws.url);
  const ways: OwnWays = {
    policy: policyOf(state.policy, 'the local cloud'),
    now,
    ...(state.calabrioUrl !== undefined && { calabrioUrl: state.calabrioUrl }),
    lastAttributes: async ({ taskSid }) => asLastSeen(readLastAttributes(dataDir, taskSid)),
    reconcile: async () => {
      throw new UnreachableError('the local cloud has ended, and with it its functions: npm start');
    },
  };
  const called = { name: `what the local cloud left in ${dataDir}`, stageName: state.stageName };
  const kept = connectionTo(called, place, await namesAt(place, state), ways);
  return {
    ...kept,
    workers: noWorkers(ended),
    ...noAccount(ended),
    async close() {
      await kept.close();
      await aws.close();
      clock.stop();
    },
  };
}

const ended = 'the local cloud has ended, and with it its Twilio: npm start';

function noAccount(why: string): Pick<Connection, 'recordings' | 'calls' | 'twilioSecret'> {
  const unreachable = async (): Promise<never> => {
    throw new UnreachableError(why);
  };
  return {
    recordings: { page: unreachable },
    calls: { endsOf: unreachable, thatEnded: unreachable },
    // Whoever makes a client of its own with it would ask Twilio itself.
    twilioSecret: { current: unreachable, fresh: unreachable },
  };
}

function noWorkers(why: string): Workers {
  return workersWhenAsked(async () => {
    throw new UnreachableError(why);
  });
}

function placeOf({ aws }: RunState, endpoint: string): AwsPlace {
  return { endpoint, region: aws.region, credentials: aws };
}

async function namesAt(place: AwsPlace, { stageName }: RunState): Promise<PipelineNames> {
  const ssm = new SSMClient(place);
  const names = await pipelineNames(ssm, stageName);
  ssm.destroy();
  return names;
}

const lastAttributesSchema = z.union([
  z.object({ kind: z.enum(['at-twilio', 'as-last-seen']), attributes: z.string() }),
  z.object({ kind: z.literal('gone') }),
]);

function asLastSeen(attributes: string | undefined): LastAttributes {
  return attributes === undefined ? { kind: 'gone' } : { kind: 'as-last-seen', attributes };
}

/** How far the cloud's clock is ahead; undefined when nobody answers, which is how a killed run looks. */
async function clockOffsetOf(state: RunState, now: () => Date): Promise<number | undefined> {
  try {
    const answer = await fetch(state.aws.url);
    return Date.parse(answer.headers.get('date') ?? '') - now().getTime();
  } catch {
    return undefined;
  }
}

/** `{kind: "gone"}` stands for 404: the simulator knows no such task. */
async function control(state: RunState, method: 'GET' | 'POST', path: string, sent: object = {}): Promise<unknown> {
  const headers = { authorization: `Bearer ${state.control.token}` };
  const answer = await fetch(new URL(path, state.control.url), {
    ...{ method, headers },
    ...(method === 'POST' && { body: JSON.stringify(sent) }),
  }).catch((cause: unknown) => {
    throw new UnreachableError(`the local cloud at ${state.control.url} does not answer`, { cause });
  });
  if (answer.status === 404) return { kind: 'gone' };
  const body: unknown = await answer.json();
  if (!answer.ok) throw new UnreachableError(`the local cloud answered ${answer.status}: ${JSON.stringify(body)}`);
  return body;
}
