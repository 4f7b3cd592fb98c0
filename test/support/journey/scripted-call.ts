import { playbackLink } from '../../../lambdas/shared/domain/link.ts';
import type { RecordingResource } from '../../../lambdas/shared/ports/recordings.ts';
import { sids } from '../example-sids.ts';
import { wavBytes } from '../wav-bytes.ts';
import { envelope } from './call.ts';
import { linkBaseUrl, linkRing } from './pipeline.ts';
import type { Journey } from './pipeline.ts';
import type { QueueName } from './queues.ts';

/** How a call goes; all times in seconds from its beginning. */
export interface CallScript {
  /** Which of the example tasks, recordings, calls and conferences; 1 when absent. */
  readonly number?: number;
  /** The only way in which the recording makes itself known. */
  readonly announcedBy: 'segment-link' | 'callback' | 'list';
  readonly talkSeconds?: number;
  /** None: the task completes two seconds after the call, with no wrap-up. */
  readonly wrapupSeconds?: number;
  /** Deliveries of these types are never made. */
  readonly without?: readonly string[];
}

/** A delivery as the gateway puts it on a queue. */
export interface Delivery {
  readonly queueName: QueueName;
  readonly body: string;
}

/** Where the deliveries of a call go: to the queue at once, when nothing else is said. */
export type Deliver = (delivery: Delivery) => void;

const soundSeconds = 4;
const acceptedAfterSeconds = 5;
/** Twilio is done with a recording some seconds after its call. */
const finalAfterSeconds = 8;

/** What is delivered of a call comes to the queue at once. */
const atOnce =
  (journey: Journey): Deliver =>
  ({ queueName, body }) =>
    journey.queues.send(queueName, body, journey.now().getTime());

/**
 * Plays one recorded call as its script says, with the world's own doings: Flex's attributes, the recording, and the
 * task's deletion five minutes after its end. Gives the moments and the sound that Twilio holds of it.
 */
export function playScriptedCall(journey: Journey, script: CallScript, deliver: Deliver = atOnce(journey)) {
  const { number: n = 1, announcedBy, talkSeconds = 60, wrapupSeconds, without = [] } = script;
  const beganAt = journey.now();
  const hungUpSeconds = acceptedAfterSeconds + talkSeconds;
  const endSeconds = wrapupSeconds === undefined ? hungUpSeconds + 2 : hungUpSeconds + wrapupSeconds;
  const sound = wavBytes({ channels: 1, seconds: soundSeconds });
  const say = sayer(journey, n, without, deliver);

  journey.tasks.put({
    taskSid: sids.task(n),
    accountSid: sids.account(),
    workspaceSid: sids.workspace(),
    assignmentStatus: 'pending',
    attributes: JSON.stringify({ name: 'Ada Example', call_sid: sids.call(2 * n) }),
    createdAt: beganAt,
  });
  say.task('task.created');
  journey.plan(acceptedAfterSeconds, () => {
    journey.tasks.changeElsewhere(sids.task(n), JSON.stringify(staleAttributes(n, announcedBy)));
    journey.recordings.put(recordingOf(n, beganAt));
    say.task('reservation.accepted');
    if (announcedBy === 'callback') say.recording('in-progress');
  });
  journey.plan(hungUpSeconds, () => {
    if (wrapupSeconds === undefined) return;
    say.task('reservation.wrapup');
    say.task('task.wrapup');
  });
  journey.plan(hungUpSeconds + finalAfterSeconds, () => {
    journey.recordings.put(
      { ...recordingOf(n, beganAt), status: 'completed', durationSeconds: soundSeconds },
      { mono: sound },
    );
    if (announcedBy === 'callback') say.recording('completed');
  });
  journey.plan(endSeconds, () => {
    say.task('reservation.completed');
    say.task('task.completed');
  });
  journey.plan(endSeconds + 300, () => journey.tasks.remove(sids.task(n)));
  return { sound, endSeconds, endedAt: new Date(beganAt.getTime() + endSeconds * 1000) };
}

/** The attributes that Flex and the call give the task: the copy that a plug-in holds from before our link. */
function staleAttributes(n: number, announcedBy: CallScript['announcedBy']): object {
  const participants = { customer: sids.call(2 * n), worker: sids.call(2 * n + 1) };
  return {
    name: 'Ada Example',
    call_sid: sids.call(2 * n),
    conference: { sid: sids.conference(n), participants },
    ...(announcedBy === 'segment-link' && { conversations: { segment_link: flexLinkOf(n) } }),
  };
}

export const flexLinkOf = (n: number): string =>
  `https://api.twilio.com/2010-04-01/Accounts/${sids.account()}/Recordings/${sids.recording(n)}`;

export const ourLinkTo = (n: number): string => playbackLink(linkBaseUrl, sids.recording(n), linkRing);

/** A plug-in writes its stale copy over the task; `isHeard` says whether TaskRouter's event of it comes to us. */
export function overwrite(journey: Journey, n: number, isHeard: boolean): void {
  journey.tasks.changeElsewhere(sids.task(n), JSON.stringify(staleAttributes(n, 'segment-link')));
  if (isHeard) sayer(journey, n, [], atOnce(journey)).task('task.updated');
}

function recordingOf(n: number, beganAt: Date): RecordingResource {
  return {
    recordingSid: sids.recording(n),
    accountSid: sids.account(),
    status: 'in-progress',
    startedAt: beganAt,
    conferenceSid: sids.conference(n),
    origin: 'Conference',
    channels: 1,
  };
}

function sayer(journey: Journey, n: number, without: readonly string[], deliver: Deliver) {
  const send = (queueName: QueueName, route: string, type: string, fields: Record<string, string>): void => {
    if (without.includes(type)) return;
    const form = new URLSearchParams({ AccountSid: sids.account(), ...fields });
    deliver({ queueName, body: envelope(route, form, journey.now()) });
  };
  return {
    task(type: string): void {
      const isOfReservation = type.startsWith('reservation.');
      send('enrich-task', 'twilio/task-events', type, {
        Sid: `${type}-${n}-${journey.now().getTime()}`,
        EventType: type,
        WorkspaceSid: sids.workspace(),
        TimestampMs: String(journey.now().getTime()),
        TaskSid: sids.task(n),
        TaskChannelUniqueName: 'voice',
        TaskQueueSid: sids.queue(),
        TaskAttributes: journey.tasks.attributesOf(sids.task(n)) ?? '{}',
        ...(isOfReservation && { ReservationSid: sids.reservation(n), WorkerSid: sids.worker(n) }),
      });
    },
    recording(status: string): void {
      send('archive-recording', 'twilio/recording-events', status, {
        RecordingSid: sids.recording(n),
        ConferenceSid: sids.conference(n),
        RecordingStatus: status,
        RecordingChannels: '1',
        RecordingSource: 'Conference',
      });
    },
  };
}
