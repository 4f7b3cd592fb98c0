import { accountSid, workspaceSid } from '../../../lambdas/shared/domain/sids.ts';
import type { Clock } from '../../../local/clock.ts';
import type { TwilioSimulator } from '../../../local/twilio/simulator.ts';
import { startTwilio } from '../../../local/twilio/start-twilio.ts';
import { handClock } from './hand-clock.ts';

/** An account that is nobody's. */
export const account = {
  accountSid: accountSid('AC00000000000000000000000000000001'),
  workspaceSid: workspaceSid('WS00000000000000000000000000000001'),
  apiKeySid: 'SK00000000000000000000000000000001',
  apiKeySecret: 'an-api-key-secret',
  authToken: 'the-auth-token',
} as const;

export const apiKeyHeader = basic(account.apiKeySid, account.apiKeySecret);

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** 20 November 2026, eight o'clock in the morning, UTC. */
const MORNING = Date.UTC(2026, 10, 20, 8);

export interface TwilioUnderTest {
  readonly clock: Clock;
  readonly twilio: TwilioSimulator;
}

export async function startAccount(seed = 1): Promise<TwilioUnderTest> {
  const clock = handClock(MORNING);
  return { clock, twilio: await startTwilio({ ...account, clock, seed }) };
}

/** The same account before anything is made in it: it has no workspace. */
export async function startEmptyAccount(): Promise<TwilioUnderTest> {
  const clock = handClock(MORNING);
  return { clock, twilio: await startTwilio({ ...account, clock, emptyAccount: true }) };
}

/** A voice task that a worker has accepted, with its conference; everything that is needed to record it. */
export function talk({ twilio }: TwilioUnderTest) {
  const worker = twilio.taskRouter.createWorker({ name: 'ada', attributes: { full_name: 'Ada Example' } });
  const customer = twilio.voice.startCall();
  const task = twilio.taskRouter.createTask({
    attributes: { type: 'inbound', from: '+12025550143', call_sid: customer },
    channel: 'voice',
    queue: 'Sales',
    workflow: 'Incoming',
  });
  const reservation = twilio.taskRouter.reserve(task, worker);
  twilio.taskRouter.accept(reservation);
  const conference = twilio.voice.startConference({ taskSid: task, customerCallSid: customer });
  const workerCall = twilio.voice.join(conference, 'worker');
  return { worker, customer, task, reservation, conference, workerCall };
}
