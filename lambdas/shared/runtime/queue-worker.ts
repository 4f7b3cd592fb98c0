import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Outcome } from '../domain/outcome.ts';
import type { EventIds, MessageContext, Remark } from '../ports/message-context.ts';
import type { MessageFates, ReceivedMessage } from '../ports/message-fates.ts';
import { describeError } from './describe-error.ts';
import { judge, judgeStranded } from './judge.ts';
import type { Ending, Fate } from './judge.ts';
import { receivedMessage } from './received-message.ts';
import type { Reporter } from './reporter.ts';

/** What every message of a queue says of itself; `requestId` or `cause` becomes the correlation id of its log line. */
export interface ReadMessage {
  readonly route: string;
  readonly requestId?: string;
  readonly cause?: string;
}

export interface WorkerParts<Message extends ReadMessage> {
  readonly functionName: string;
  /** @throws {PermanentError} when no retry could make the body readable. */
  readonly read: (body: string) => Message;
  readonly work: (message: Message, context: MessageContext) => Promise<Outcome>;
  readonly fates: MessageFates;
  readonly report: Pick<Reporter, 'settled'>;
  readonly now: () => Date;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
}

/** What the worker needs of Lambda's context. */
export interface Invocation {
  getRemainingTimeInMillis(): number;
}

/** Past the function's own end, so that a message never comes back while the function may still be at it. */
const VISIBILITY_MARGIN_SECONDS = 10;

/**
 * The Lambda handler of a queue: each message of the batch is read, worked on and settled by itself.
 *
 * Messages run side by side, because a slow one must not make its neighbours late; standard queues promise no order
 * that could be kept. A message is acknowledged only when it is done, ignored, or safely on another queue; every other
 * one is named in `batchItemFailures` and comes back when its visibility says. Nothing that one message does makes the
 * handler reject. When the parts cannot be built it does reject: then the whole batch stays on the queue and the
 * function's error alarm rings.
 */
export function queueWorker<Message extends ReadMessage>(
  parts: () => Promise<WorkerParts<Message>>,
): (event: SQSEvent, invocation: Invocation) => Promise<SQSBatchResponse> {
  return async (event, invocation) => {
    const built = await parts();
    // A full batch of failures is an answer like any other. Thrown instead, it would look like a broken function.
    return processPartialResponse(
      event,
      (record: SQSRecord) => settle(record, built, invocation),
      new BatchProcessor(EventType.SQS),
      {
        processInParallel: true,
        throwOnFullBatchFailure: false,
      },
    );
  };
}

/** Resolves when the queue may delete the message, rejects when it must keep it: this is how the batch processor asks. */
async function settle<Message extends ReadMessage>(
  record: SQSRecord,
  has: WorkerParts<Message>,
  invocation: Invocation,
): Promise<void> {
  const message = receivedMessage(record);
  const startedAt = has.now();
  const troubles: unknown[] = [];
  // A function that is killed now costs this long and no more. When SQS refuses, the queue's own visibility timeout
  // holds, which is longer: a delay, so the work goes on.
  await attempt(() => has.fates.setVisibility(message, visibilitySeconds(invocation)), troubles);
  const seen: Seen = { ids: {}, remarks: [] };
  const ending = await workOn(message, has, seen);
  const fate = judge(ending, { receiveCount: message.receiveCount, random: has.random() });
  const carriedOut = await carryOut(fate, { message, has, troubles, seen, ending });
  has.report.settled({
    messageId: message.messageId,
    correlationId: seen.correlationId ?? message.messageId,
    route: seen.route,
    outcome: carriedOut.kind,
    reason: carriedOut.kind === 'done' ? undefined : carriedOut.reason,
    attempt: message.receiveCount,
    waitedSeconds: Math.max(0, (startedAt.getTime() - message.sentAt.getTime()) / 1000),
    tookMs: has.now().getTime() - startedAt.getTime(),
    retryAfterSeconds: carriedOut.kind === 'retry' ? carriedOut.afterSeconds : undefined,
    ids: seen.ids,
    remarks: seen.remarks.length === 0 ? undefined : seen.remarks,
    error: ending.kind === 'threw' ? describeError(ending.error) : undefined,
    troubles: troubles.length === 0 ? undefined : troubles.map((trouble) => describeError(trouble)),
  });
  if (carriedOut.kind === 'retry') throw new Error(`message ${message.messageId} stays on ${message.queueName}`);
}

/** A line that names ten troubles says enough. */
const mostRemarks = 10;

/** What became known of the message while it was worked on. */
interface Seen {
  ids: EventIds;
  readonly remarks: Remark[];
  route?: string;
  correlationId?: string | undefined;
}

async function workOn<Message extends ReadMessage>(
  received: ReceivedMessage,
  has: WorkerParts<Message>,
  seen: Seen,
): Promise<Ending> {
  const { messageId, receiveCount, sentAt } = received;
  const note = (ids: EventIds): void => {
    seen.ids = { ...seen.ids, ...ids };
  };
  const remark = (one: Remark): void => {
    if (seen.remarks.length < mostRemarks) seen.remarks.push(one);
  };
  try {
    const message = has.read(received.body);
    seen.route = message.route;
    seen.correlationId = message.requestId ?? message.cause;
    return { kind: 'returned', outcome: await has.work(message, { messageId, receiveCount, sentAt, note, remark }) };
  } catch (error) {
    return { kind: 'threw', error };
  }
}

interface Settling {
  readonly message: ReceivedMessage;
  readonly has: Pick<WorkerParts<never>, 'functionName' | 'fates' | 'random'>;
  readonly troubles: unknown[];
  readonly seen: Seen;
  readonly ending: Ending;
}

/** Does what the judge said; what could not be put aside stays on the queue instead. Resolves to what was really done. */
async function carryOut(fate: Fate, settling: Settling): Promise<Fate> {
  const { message, has, troubles } = settling;
  if (fate.kind === 'done' || fate.kind === 'ignored') return fate;
  if (fate.kind === 'retry') {
    // Refused: the message comes back when the visibility that was set at first runs out.
    await attempt(() => has.fates.setVisibility(message, fate.afterSeconds), troubles);
    return fate;
  }
  if (await attempt(() => putAside(fate, settling), troubles)) return fate;
  return carryOut(judgeStranded(fate, { receiveCount: message.receiveCount, random: has.random() }), settling);
}

function putAside(
  fate: Extract<Fate, { kind: 'park' | 'quarantine' }>,
  { message, has, seen, ending }: Settling,
): Promise<void> {
  const said = ending.kind === 'threw' ? describeError(ending.error) : undefined;
  const because = {
    functionName: has.functionName,
    reason: fate.reason,
    message: said?.message ?? said?.name ?? fate.reason,
  };
  if (fate.kind === 'park') return has.fates.park(message, because);
  return has.fates.quarantine(message, { ...because, route: seen.route ?? 'unread' });
}

/** True when it was done; what was thrown instead goes to `troubles`, and with them into the message's line. */
async function attempt(step: () => Promise<void>, troubles: unknown[]): Promise<boolean> {
  try {
    await step();
    return true;
  } catch (error) {
    troubles.push(error);
    return false;
  }
}

function visibilitySeconds(invocation: Invocation): number {
  return Math.ceil(Math.max(0, invocation.getRemainingTimeInMillis()) / 1000) + VISIBILITY_MARGIN_SECONDS;
}
