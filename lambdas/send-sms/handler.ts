import { secondsAfter } from '../shared/domain/seconds-after.ts';
import type { HttpContext, HttpRequest, HttpResponse } from '../shared/ports/http.ts';
import { answer } from './answer.ts';
import { noJournal, openJournal } from './journal.ts';
import type { Journal } from './journal.ts';
import type { SendSmsNeeds, Sending, SmsOutcome } from './needs.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { problemResponse } from './problem.ts';
import type { Problem } from './problem.ts';
import { idempotencyKeyReused, requestInProgress } from './problems.ts';
import { readRequest } from './read-request.ts';
import type { SmsOrder } from './read-request.ts';
import { sendAlone } from './send-alone.ts';
import { sendWithAgent } from './send-with-agent.ts';

/** Half of what the function has: what it waits for is followed by calls that take their time too. */
const ANSWER_WITHIN_SECONDS = 12;

type Opened =
  | { readonly kind: 'open'; readonly journal: Journal; readonly mark: string | undefined }
  | { readonly kind: 'answered'; readonly response: HttpResponse };

/**
 * Sends a text message to a customer: as a conversation of the agent whose number it comes from, with a task, or, with
 * `agent: false`, the message alone.
 *
 * 200 with the ids, 202 while Twilio has not said all of them, a problem document for everything else. Under an
 * `Idempotency-Key` nothing is sent twice for 24 hours, wherever the function is killed: a repeat of what is done is
 * answered again, a repeat of what was broken off finds what there is at Twilio before it sends.
 */
export function sendSms(has: SendSmsNeeds): (request: HttpRequest, context: HttpContext) => Promise<HttpResponse> {
  return async (request, context) => {
    const { caller, requestId } = context;
    if (caller === undefined) throw new TypeError('the route has no authorizer: nobody said who asks');
    const read = readRequest(request, has.toE164);
    if (read.kind === 'problem') return refuse(has, read.problem, requestId);
    const opened = await open(has, read.order, { caller, requestId });
    if (opened.kind === 'answered') return opened.response;
    const { journal, mark } = opened;
    const answerBy = secondsAfter(has.now(), ANSWER_WITHIN_SECONDS);
    const sending: Sending = { order: read.order, mark, answerBy, note: context.note };
    const outcome = await oneAtATime(has, { order: read.order, requestId, journal }, () =>
      written(journal, () => (read.order.hasAgent ? sendWithAgent : sendAlone)(has, sending, journal)),
    );
    if (outcome.kind === 'problem') return refuse(has, outcome.problem, requestId);
    count(has, outcome.kind);
    const status = outcome.kind === 'sent' ? 200 : 202;
    const isReplayed = journal.from.kind === 'started' || (journal.from.kind === 'saying' && read.order.hasAgent);
    return answer(outcome.ids, {
      status,
      accountSid: has.accountSid,
      isReplayed,
      isMessageWanted: read.order.message !== undefined,
    });
  };
}

async function open(
  has: SendSmsNeeds,
  order: SmsOrder,
  { caller, requestId }: { readonly caller: string; readonly requestId: string },
): Promise<Opened> {
  const { idempotencyKey, fromNumber, toName, toNumber, message, hasAgent } = order;
  if (idempotencyKey === undefined) return { kind: 'open', journal: noJournal, mark: undefined };
  const key = [caller, idempotencyKey];
  const hash = await has.requestHash.of('sms-key', key);
  const asked = [...key, fromNumber, toName, toNumber, String(hasAgent), ...(message === undefined ? [] : [message])];
  const fingerprint = await has.requestHash.of('sms-request', asked);
  const { requests, now } = has;
  const opened = await openJournal({ requests, asked: { hash, fingerprint, holder: requestId }, now });
  switch (opened.kind) {
    case 'open':
      return {
        ...opened,
        mark: await has.requestHash.of('sms-mark', [hash, fingerprint, opened.forgottenAt.toISOString()]),
      };
    case 'done':
      count(has, 'replayed');
      return answered(
        answer(opened.ids, {
          status: 200,
          accountSid: has.accountSid,
          isReplayed: true,
          isMessageWanted: message !== undefined,
        }),
      );
    case 'held':
      return answered(refuse(has, requestInProgress(opened.retryAfterSeconds), requestId));
    case 'another-request':
      return answered(refuse(has, idempotencyKeyReused(), requestId));
  }
}

/** Does the work and writes down how it ended; work that failed leaves the request to whoever comes next. */
async function written(journal: Journal, work: () => Promise<SmsOutcome>): Promise<SmsOutcome> {
  let isAnswered = false;
  let isWritten = false;
  try {
    const outcome = await work();
    isAnswered = true;
    if (outcome.kind === 'sent') await journal.write({ kind: 'done', ids: outcome.ids });
    if (outcome.kind === 'accepted') await journal.write({ kind: 'started', ids: outcome.ids });
    if (outcome.kind === 'problem' && outcome.isNothingSent) await journal.write({ kind: 'free' });
    isWritten = outcome.kind === 'sent' || (outcome.kind === 'problem' && outcome.isNothingSent);
    return outcome;
  } finally {
    if (!isWritten) await journal.letGo({ isAnswered });
  }
}

function refuse(has: SendSmsNeeds, problem: Problem, requestId: string): HttpResponse {
  count(has, 'refused');
  return problemResponse(problem, requestId);
}

function answered(response: HttpResponse): Opened {
  return { kind: 'answered', response };
}

function count({ meter }: SendSmsNeeds, outcome: 'sent' | 'accepted' | 'replayed' | 'refused'): void {
  meter.measure({ name: 'outboundSms', outcome, unit: 'Count', value: 1 });
}
