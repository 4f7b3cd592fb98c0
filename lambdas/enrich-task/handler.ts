import { PermanentError, done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import type { Policy } from '../shared/domain/policy.ts';
import { parseEventStreams } from '../shared/messages/event-streams.ts';
import type { ProvedWebhook, RawWebhook } from '../shared/messages/gateway-envelope.ts';
import { parseTaskCallback } from '../shared/messages/task-callback.ts';
import type { TaskEvent } from '../shared/domain/task-event.ts';
import type { EventTransport } from '../shared/domain/task-record.ts';
import type { DiscoverRecordings, EnrichTask, EnrichWorker } from '../shared/messages/work-message.ts';
import { misrouted, readQueueMessage } from '../shared/messages/queue-message.ts';
import type { ContactInbox } from '../shared/ports/contact-inbox.ts';
import type { ErasureRequests } from '../shared/ports/erasure-requests.ts';
import type { MessageContext } from '../shared/ports/message-context.ts';
import type { Recordings } from '../shared/ports/recordings.ts';
import type { ProveSender } from '../shared/ports/sender-proof.ts';
import type { SubjectIndex } from '../shared/ports/subject-index.ts';
import type { WorkQueues } from '../shared/ports/work-queues.ts';
import type { AskNeeds } from './ask-for.ts';
import { discoverRecordings } from './discover-recordings.ts';
import { enrichWorker } from './enrich-worker.ts';
import type { EnrichWorkerNeeds } from './enrich-worker.ts';
import { judgeTaskEvent } from './judge-task-event.ts';
import { linkKnownRecordings } from './link-known-recordings.ts';
import { planWork } from './plan-work.ts';
import type { LinkSettings } from './plan-work.ts';
import { endsTalk, queueTranscripts } from './queue-transcripts.ts';
import type { TranscriptNeeds } from './queue-transcripts.ts';
import { recordConferenceEvent } from './record-conference-event.ts';
import { recordSubjects } from './record-subjects.ts';
import { recordSinkTest } from './record-sink-test.ts';
import type { SinkTestRecords } from './record-sink-test.ts';
import { recordTaskEvent } from './record-task-event.ts';
import { recordWorkerEvent } from './record-worker-event.ts';
import { writeAttributes } from './write-attributes.ts';

export type EnrichTaskMessage = RawWebhook | DiscoverRecordings | EnrichTask | EnrichWorker;

export interface EnrichTaskNeeds
  extends AskNeeds, Pick<EnrichWorkerNeeds, 'workers' | 'workerWrites'>, TranscriptNeeds, LinkSettings {
  readonly proveSender: ProveSender;
  readonly recordings: Recordings;
  readonly queues: WorkQueues;
  readonly accountSid: string;
  readonly workspaceSid: string;
  readonly inbox: ContactInbox;
  readonly subjectIndex: SubjectIndex;
  readonly controls: SinkTestRecords;
  readonly erasures: Pick<ErasureRequests, 'read' | 'save'>;
  readonly policy: Policy;
  /** True where a community's call that nobody dealt with gets a review task. */
  readonly reviewTasks: boolean;
}

/** @throws {PermanentError} for a body that no retry could make readable, and for a route that is another function's. */
export function readEnrichTaskMessage(body: string): EnrichTaskMessage {
  const message = readQueueMessage(body);
  switch (message.route) {
    case 'twilio/task-events':
    case 'twilio/event-streams':
    case 'twilio/conference-events':
    case 'internal/discover-recordings':
    case 'internal/enrich-task':
    case 'internal/enrich-worker':
      return message;
    default:
      throw misrouted(message, 'enrich-task');
  }
}

/**
 * Records what TaskRouter says of tasks, finds their recordings, and writes the attributes that the rules want.
 *
 * Twilio is never called while an event is being recorded: looking for recordings and writing attributes are messages
 * of their own on the same queue, so that an hour of Twilio's absence repeats those and not the event.
 */
export function enrichTask(
  has: EnrichTaskNeeds,
): (message: EnrichTaskMessage, context: MessageContext) => Promise<Outcome> {
  return async (message, context) => {
    switch (message.route) {
      case 'internal/discover-recordings':
        context.note({ taskSid: message.taskSid });
        return discoverRecordings(has, message);
      case 'internal/enrich-task':
        context.note({ taskSid: message.taskSid });
        return writeAttributes(has, message, context);
      case 'internal/enrich-worker':
        context.note({ workerSid: message.workerSid });
        return enrichWorker(has, message);
      default: {
        const webhook = await has.proveSender(message);
        if (webhook.route === 'twilio/conference-events') return recordConferenceEvent(has, webhook);
        return handleEvents(has, webhook, context);
      }
    }
  };
}

type ParsedEvent = ReturnType<typeof parseEventStreams>[number];

function eventsOf(webhook: ProvedWebhook): readonly ParsedEvent[] {
  return webhook.route === 'twilio/event-streams' ? parseEventStreams(webhook) : [parseTaskCallback(webhook)];
}

/**
 * Handles every event of a delivery, also after one that failed. What may pass brings the whole delivery again, where
 * what is done already stays done; only when nothing else failed does an unreadable event park it, unchanged.
 */
async function handleEvents(has: EnrichTaskNeeds, webhook: ProvedWebhook, context: MessageContext): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  const failures: unknown[] = [];
  for (const one of eventsOf(webhook)) {
    await handleEvent(has, one, webhook, context).then(
      (outcome) => outcomes.push(outcome),
      (failure: unknown) => failures.push(failure),
    );
  }
  const passing = failures.find((failure) => !(failure instanceof PermanentError));
  if (failures.length > 0) throw passing ?? failures[0];
  return outcomes.find((outcome) => outcome.kind === 'done') ?? outcomes[0] ?? ignored('test-event');
}

async function handleEvent(
  has: EnrichTaskNeeds,
  parsed: ParsedEvent,
  { route, receivedAt, contentType }: ProvedWebhook,
  context: MessageContext,
): Promise<Outcome> {
  if (parsed.kind === 'unreadable') throw parsed.error;
  if (parsed.kind === 'ignored') return ignored(parsed.reason);
  if (parsed.kind === 'test-event')
    return recordSinkTest(has.controls, { testId: parsed.testId, receivedAt, contentType });
  if (parsed.event.accountSid !== has.accountSid) return ignored('foreign-account');
  if (parsed.event.workspaceSid !== has.workspaceSid) return ignored('foreign-workspace');
  const transport = route === 'twilio/event-streams' ? 'event-streams' : 'task-events';
  if (parsed.kind === 'event') return handleTaskEvent(has, parsed.event, transport, context);
  context.note({ workerSid: parsed.event.workerSid });
  return recordWorkerEvent(has, parsed.event);
}

async function handleTaskEvent(
  has: EnrichTaskNeeds,
  event: TaskEvent,
  transport: EventTransport,
  context: MessageContext,
): Promise<Outcome> {
  context.note({ taskSid: event.taskSid });
  if ((await has.ledger.readTask(event.taskSid))?.erased !== undefined) return ignored('tombstoned');
  const recorded = await recordTaskEvent(has, event, transport);
  await linkKnownRecordings(has, recorded);
  for (const { message, delaySeconds } of planWork(recorded, has, has.now()))
    await has.queues.send(message, delaySeconds);
  if (endsTalk(event.eventType)) await queueTranscripts(has, recorded.task, event.eventSid);
  await recordSubjects(has, recorded);
  await judgeTaskEvent({ ...has, hasCustomerLookup: has.customerLookup !== undefined }, recorded, context);
  if (recorded.unreadable !== undefined) throw recorded.unreadable;
  return done;
}
