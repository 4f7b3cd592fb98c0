import { taskQueueSid } from '../../../lambdas/shared/domain/sids.ts';
import type { RecordingResource } from '../../../lambdas/shared/ports/recordings.ts';
import { sids } from '../example-sids.ts';
import { wavBytes } from '../wav-bytes.ts';
import type { Journey } from './pipeline.ts';

/** What Flex's own Call Recording setting writes onto the task. */
const flexLink = `https://api.twilio.com/2010-04-01/Accounts/${sids.account()}/Recordings/${sids.recording()}`;

const customerAttributes = {
  name: 'Ada Example',
  call_sid: sids.call(1),
  conference: { sid: sids.conference(), participants: { customer: sids.call(1), worker: sids.call(2) } },
};

interface EventExtras {
  readonly attributes?: object;
  readonly reservation?: boolean;
}

/** Delivers one workspace callback of the example task to enrich-task's queue, as the gateway would. */
function sendTaskEvent(journey: Journey, eventType: string, eventNumber: number, extras: EventExtras = {}): void {
  const form = new URLSearchParams({
    Sid: sids.event(eventNumber),
    EventType: eventType,
    AccountSid: sids.account(),
    WorkspaceSid: sids.workspace(),
    TimestampMs: String(journey.now().getTime()),
    TaskSid: sids.task(),
    TaskChannelUniqueName: 'voice',
    TaskQueueSid: taskQueueSid(sids.queue()),
    TaskAttributes: journey.tasks.attributesOf(sids.task()) ?? JSON.stringify(extras.attributes ?? {}),
    ...(extras.reservation === true && { ReservationSid: sids.reservation(), WorkerSid: sids.worker() }),
  });
  journey.queues.send('enrich-task', envelope('twilio/task-events', form, journey.now()), journey.now().getTime());
}

function sendRecordingCallback(journey: Journey, status: string): void {
  const form = new URLSearchParams({
    AccountSid: sids.account(),
    RecordingSid: sids.recording(),
    ConferenceSid: sids.conference(),
    RecordingStatus: status,
    RecordingChannels: '1',
    RecordingSource: 'Conference',
  });
  journey.queues.send(
    'archive-recording',
    envelope('twilio/recording-events', form, journey.now()),
    journey.now().getTime(),
  );
}

export function envelope(route: string, form: URLSearchParams, at: Date, signature = 'genuine'): string {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  return JSON.stringify({
    v: 1,
    route,
    requestId: `request-${at.getTime()}`,
    receivedAtEpochMs: at.getTime(),
    sourceIp: '192.0.2.7',
    contentType: base64('application/x-www-form-urlencoded'),
    signature: base64(signature),
    bodySha256: '',
    body: base64(form.toString()),
  });
}

const conferenceRecording: RecordingResource = {
  recordingSid: sids.recording(),
  accountSid: sids.account(),
  status: 'in-progress',
  startedAt: new Date('2026-03-02T10:00:05Z'),
  conferenceSid: sids.conference(),
  origin: 'Conference',
  channels: 1,
};

/**
 * Plays one recorded call: offered, taken after 5 s, ended after 65 s, wrapped up for 20 s; Twilio is done with the
 * recording 8 s after the call and deletes the task five minutes after its end.
 * `announcedBy` is the only way in which the recording makes itself known.
 */
export function playCall(journey: Journey, announcedBy: 'segment-link' | 'callback' | 'list'): Buffer {
  const sound = wavBytes({ channels: 1, seconds: 60 });
  const { tasks, recordings } = journey;
  tasks.put({
    taskSid: sids.task(),
    accountSid: sids.account(),
    workspaceSid: sids.workspace(),
    assignmentStatus: 'pending',
    attributes: JSON.stringify({ name: 'Ada Example', call_sid: sids.call(1) }),
    createdAt: journey.now(),
  });
  sendTaskEvent(journey, 'task.created', 1);
  journey.plan(5, () => {
    const attributes =
      announcedBy === 'segment-link'
        ? { ...customerAttributes, conversations: { segment_link: flexLink } }
        : customerAttributes;
    tasks.changeElsewhere(sids.task(), JSON.stringify(attributes));
    recordings.put(conferenceRecording);
    sendTaskEvent(journey, 'reservation.accepted', 2, { reservation: true });
    if (announcedBy === 'callback') sendRecordingCallback(journey, 'in-progress');
  });
  journey.plan(65, () => {
    sendTaskEvent(journey, 'reservation.wrapup', 3, { reservation: true });
    sendTaskEvent(journey, 'task.wrapup', 4);
  });
  journey.plan(73, () => {
    recordings.put({ ...conferenceRecording, status: 'completed', durationSeconds: 60 }, { mono: sound });
    if (announcedBy === 'callback') sendRecordingCallback(journey, 'completed');
  });
  journey.plan(85, () => {
    sendTaskEvent(journey, 'reservation.completed', 5, { reservation: true });
    sendTaskEvent(journey, 'task.completed', 6);
  });
  journey.plan(85 + 300, () => tasks.remove(sids.task()));
  return sound;
}
