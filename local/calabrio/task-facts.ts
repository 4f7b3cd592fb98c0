import type { CallSid, ConferenceSid, RecordingSid, ReservationSid } from '../../lambdas/shared/domain/sids.ts';
import { callSid, conferenceSid } from '../../lambdas/shared/domain/sids.ts';
import { isJsonObject, readJsonObject } from '../twilio/json.ts';
import type { JsonObject } from '../twilio/json.ts';
import type { RecordingView, TaskView, Voice } from '../twilio/simulator.ts';

/** An agent's part in a task. */
export interface AgentPart {
  readonly reservationSid: ReservationSid;
  readonly workerCallSid?: CallSid;
}

/** What Calabrio makes a contact from: the task as it ended, and what of it was recorded. */
export interface TaskFacts {
  readonly attributes: JsonObject;
  readonly isVoice: boolean;
  readonly customerCallSid?: CallSid;
  readonly conferenceSid?: ConferenceSid;
  readonly agents: readonly AgentPart[];
  /** Everything with sound that was ever recorded of its calls, whether it is still at Twilio or not; whole calls first. */
  readonly recordings: readonly RecordingView[];
}

const joined: readonly string[] = ['accepted', 'wrapping', 'completed'];

export function taskFacts(task: TaskView, voice: Voice): TaskFacts {
  const attributes = readJsonObject(task.attributes) ?? {};
  const conference = objectAt(attributes, 'conference');
  const cf = [conference['sid'], attributes['conferenceSid']].find(conferenceSid.is);
  const participants = cf === undefined ? [] : (voice.conference(cf)?.participants ?? []);
  const workerCalls = participants.filter(({ role }) => role === 'worker').map((participant) => participant.callSid);
  const customerCall =
    participants.find(({ role }) => role === 'customer')?.callSid ??
    [attributes['call_sid'], attributes['callSid'], attributes['conferenceSid']].find(callSid.is);
  const reservations = task.reservations.filter(({ status }) => joined.includes(status));
  const calls = [customerCall, ...workerCalls];
  const recordings = voice
    .recordings()
    .filter(({ status }) => status === 'completed' || status === 'deleted')
    .filter(
      (one) =>
        (cf !== undefined && one.conferenceSid === cf) || (one.callSid !== undefined && calls.includes(one.callSid)),
    );
  const isWhole = ({ callSid: call }: RecordingView): boolean => call === undefined || call === customerCall;
  return {
    attributes,
    isVoice: task.channel === 'voice',
    ...(customerCall !== undefined && { customerCallSid: customerCall }),
    ...(cf !== undefined && { conferenceSid: cf }),
    agents: reservations.map(({ reservationSid }, place) => {
      const call = workerCalls[place];
      return { reservationSid, ...(call !== undefined && { workerCallSid: call }) };
    }),
    recordings: [...recordings.filter(isWhole), ...recordings.filter((one) => !isWhole(one))],
  };
}

/** What a contact is about: one agent's part, one recording, or a whole call. */
export interface ContactPart {
  readonly agent?: AgentPart;
  readonly recordings: readonly RecordingSid[];
}

/** The recording that holds an agent's part: the whole call's if there is one, else the agent's own. */
export function recordingOfAgent(
  { recordings, customerCallSid }: TaskFacts,
  agent: AgentPart,
): readonly RecordingSid[] {
  const whole = recordings.find(({ callSid: call }) => call === undefined || call === customerCallSid);
  const own = recordings.find(({ callSid: call }) => call !== undefined && call === agent.workerCallSid);
  const found = whole ?? own;
  return found === undefined ? [] : [found.recordingSid];
}

function objectAt(parent: JsonObject, key: string): JsonObject {
  const value = parent[key];
  return isJsonObject(value) ? value : {};
}
