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
  readonly kind: 'voice' | 'digital' | 'other';
  /** Something of it is still being recorded, or worked on by Twilio. */
  readonly isRunning: boolean;
  readonly customerCallSid?: CallSid;
  readonly conferenceSid?: ConferenceSid;
  readonly agents: readonly AgentPart[];
  /** Everything with sound that was ever recorded of its calls, whether it is still at Twilio or not; whole calls first. */
  readonly recordings: readonly RecordingView[];
}

const running: readonly string[] = ['in-progress', 'paused', 'stopped', 'processing'];
const joined: readonly string[] = ['accepted', 'wrapping', 'completed'];

export function taskFacts(task: TaskView, voice: Voice): TaskFacts {
  const attributes = readJsonObject(task.attributes) ?? {};
  // Insights was told of the conference when it began, whatever a plug-in wrote over it later.
  const versions = task.history.toReversed().map((version) => readJsonObject(version.attributes) ?? {});
  const cf = versions
    .flatMap((version) => [objectAt(version, 'conference')['sid'], version['conferenceSid']])
    .find(conferenceSid.is);
  const participants = cf === undefined ? [] : (voice.conference(cf)?.participants ?? []);
  const workerCalls = participants.filter(({ role }) => role === 'worker').map((participant) => participant.callSid);
  const customerCall =
    participants.find(({ role }) => role === 'customer')?.callSid ??
    [attributes['call_sid'], attributes['callSid'], attributes['conferenceSid']].find(callSid.is);
  const reservations = task.reservations.filter(({ status }) => joined.includes(status));
  const calls = [customerCall, ...workerCalls];
  const ofTask = voice
    .recordings()
    .filter(
      (one) =>
        (cf !== undefined && one.conferenceSid === cf) || (one.callSid !== undefined && calls.includes(one.callSid)),
    );
  const recordings = ofTask.filter(({ status }) => status === 'completed' || status === 'deleted');
  const isWhole = ({ callSid: call }: RecordingView): boolean => call === undefined || call === customerCall;
  return {
    attributes,
    kind: kindOf(task),
    isRunning: ofTask.some(({ status }) => running.includes(status)),
    ...(customerCall !== undefined && { customerCallSid: customerCall }),
    ...(cf !== undefined && { conferenceSid: cf }),
    agents: reservations.map(({ reservationSid }, place) => {
      const call = workerCalls[place];
      return { reservationSid, ...(call !== undefined && { workerCallSid: call }) };
    }),
    recordings: [...recordings.filter(isWhole), ...recordings.filter((one) => !isWhole(one))],
  };
}

/** The products that the ACD page knows: voice, and chat and SMS. */
function kindOf({ channel }: TaskView): TaskFacts['kind'] {
  if (channel === 'voice') return 'voice';
  return channel === 'chat' || channel === 'sms' ? 'digital' : 'other';
}

/** What a contact is about: one agent's part, one recording, or a whole call. */
export interface ContactPart {
  readonly agent?: AgentPart;
  readonly recordings: readonly RecordingSid[];
}

/** The recording that holds an agent's part: the agent's own if there is one, else the whole call's. */
export function recordingOfAgent(
  { recordings, customerCallSid }: TaskFacts,
  agent: AgentPart,
): readonly RecordingSid[] {
  const whole = recordings.find(({ callSid: call }) => call === undefined || call === customerCallSid);
  const own = recordings.find(({ callSid: call }) => call !== undefined && call === agent.workerCallSid);
  const found = own ?? whole;
  return found === undefined ? [] : [found.recordingSid];
}

function objectAt(parent: JsonObject, key: string): JsonObject {
  const value = parent[key];
  return isJsonObject(value) ? value : {};
}
