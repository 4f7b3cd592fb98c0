import type { CallSid, ConferenceSid } from '../../../lambdas/shared/domain/sids.ts';
import type { RecordingResource } from '../../../lambdas/shared/ports/recordings.ts';
import { sids } from '../example-sids.ts';
import { wavBytes } from '../wav-bytes.ts';
import { envelope } from './call.ts';
import { linkBaseUrl } from './pipeline.ts';
import type { Journey } from './pipeline.ts';
import type { QueueName } from './queues.ts';

/** A recording of the topology: of a conference, or of one call. */
export interface TopologyRecording {
  readonly number: number;
  readonly of: { readonly conferenceSid: ConferenceSid } | { readonly callSid: CallSid };
  readonly startedAt: Date;
}

export interface EventFacts {
  /** Which agent's reservation; the event is the task's own when absent. */
  readonly reservation?: number;
}

export const twilioUrlOf = (n: number): string =>
  `https://api.twilio.com/2010-04-01/Accounts/${sids.account()}/Recordings/${sids.recording(n)}`;

/** Our entry in media, as it is before anybody knows when the recording began. */
export const ourEntryOf = (n: number, startedAt?: Date) => ({
  type: 'VoiceRecording',
  url_provider: `${linkBaseUrl}/r/${sids.recording(n)}`,
  ...(startedAt !== undefined && { start_time: startedAt.getTime() }),
});

/** What Twilio's dual-channel plug-in puts onto the task or the reservation. */
export const pluginEntryOf = (n: number, startedAt: Date) => ({
  type: 'VoiceRecording',
  url: twilioUrlOf(n),
  start_time: startedAt.getTime(),
  channels: ['customer', 'others'],
});

/** The hands of Flex and of a plug-in on the example task, for calls that are recorded in more than one way. */
export function startTopology(journey: Journey) {
  const send = (queueName: QueueName, route: string, fields: Readonly<Record<string, string>>): void => {
    const form = new URLSearchParams({ AccountSid: sids.account(), ...fields });
    journey.queues.send(queueName, envelope(route, form, journey.now()), journey.now().getTime());
  };
  const attributesNow = (): string | undefined => journey.tasks.attributesOf(sids.task());
  let channel = 'voice';
  const say = (type: string, { reservation }: EventFacts = {}): void =>
    send('enrich-task', 'twilio/task-events', {
      Sid: `${type}-${reservation ?? 0}-${journey.now().getTime()}`,
      EventType: type,
      WorkspaceSid: sids.workspace(),
      TimestampMs: String(journey.now().getTime()),
      TaskSid: sids.task(),
      TaskChannelUniqueName: channel,
      TaskQueueSid: sids.queue(),
      TaskAttributes: attributesNow() ?? '{}',
      ...(reservation !== undefined && {
        ReservationSid: sids.reservation(reservation),
        WorkerSid: sids.worker(reservation),
      }),
    });
  const resourceOf = ({ number, of, startedAt }: TopologyRecording): RecordingResource => ({
    recordingSid: sids.recording(number),
    accountSid: sids.account(),
    status: 'in-progress',
    startedAt,
    origin: 'conferenceSid' in of ? 'Conference' : 'StartCallRecordingAPI',
    channels: 1,
    ...of,
  });
  return {
    say,
    createTask(attributes: object, of = channel): void {
      channel = of;
      journey.tasks.put({
        taskSid: sids.task(),
        accountSid: sids.account(),
        workspaceSid: sids.workspace(),
        assignmentStatus: 'pending',
        attributes: JSON.stringify(attributes),
        createdAt: journey.now(),
      });
      say('task.created');
    },
    /** Somebody else changes the attributes as they are now, and TaskRouter says so. */
    edit(change: (attributes: Readonly<Record<string, unknown>>) => object): void {
      const read: Readonly<Record<string, unknown>> = Object(JSON.parse(attributesNow() ?? '{}'));
      journey.tasks.changeElsewhere(sids.task(), JSON.stringify(change(read)));
      say('task.updated');
    },
    startRecording(recording: TopologyRecording): void {
      journey.recordings.put(resourceOf(recording));
    },
    /** Gives the sound that Twilio then holds of it. */
    endRecording(recording: TopologyRecording, seconds: number): Buffer {
      const sound = wavBytes({ channels: 1, seconds });
      const resource = { ...resourceOf(recording), status: 'completed', durationSeconds: seconds } as const;
      journey.recordings.put(resource, { mono: sound });
      return sound;
    },
    endEmpty(recording: TopologyRecording): void {
      journey.recordings.put({ ...resourceOf(recording), status: 'absent', errorCode: '16101' });
    },
    /** A recording status callback, with a `Timestamp` where Twilio sends one. */
    callBack({ number, of }: TopologyRecording, status: string, timestamp?: Date): void {
      send('archive-recording', 'twilio/recording-events', {
        RecordingSid: sids.recording(number),
        ...('conferenceSid' in of ? { ConferenceSid: of.conferenceSid } : { CallSid: of.callSid }),
        RecordingStatus: status,
        RecordingChannels: '1',
        ...(timestamp !== undefined && { Timestamp: timestamp.toUTCString() }),
      });
    },
    /** The end of the task, and Twilio's deletion of it five minutes later. */
    endTask(): void {
      say('task.completed');
      journey.plan(300, () => journey.tasks.remove(sids.task()));
    },
    /** The attributes as they are now, as Insights would read them. */
    attributes: (): unknown => JSON.parse(attributesNow() ?? 'null'),
  };
}

export type Topology = ReturnType<typeof startTopology>;
