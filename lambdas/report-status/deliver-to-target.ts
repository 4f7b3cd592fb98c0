import { PermanentError, done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import { isDisabled } from '../shared/domain/report-targets.ts';
import type { ReportTarget } from '../shared/domain/report-targets.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { MessageContext } from '../shared/ports/message-context.ts';
import type { WebhookAnswer, WebhookSender, WebhookSigner } from '../shared/ports/webhook-sender.ts';
import { composeAgentState, composeRelay, composeReport } from './compose-webhook.ts';
import type { Composed, ComposedWebhook } from './compose-webhook.ts';
import { notDelivered } from './not-delivered.ts';
import type { Failed } from './not-delivered.ts';
import type { ReportMessage } from './report-message.ts';
import { disableTarget, readTargetControl, targetsFor } from './targets.ts';
import type { TargetNeeds } from './targets.ts';

export interface DeliveryNeeds extends TargetNeeds {
  readonly ledger: Ledger;
  readonly signer: WebhookSigner;
  readonly sender: WebhookSender;
}

/** A message that names its target. */
export type Addressed = ReportMessage & { readonly target: string };

/**
 * Delivers one contact status, or one agent's state, to one target.
 *
 * The order is: the post, then the timeline, then the count. A function that dies in between posts again, with the same
 * id, by which the receiver knows the repeat.
 *
 * @throws {RetryableError} `target-refused`, `target-unanswered` or `target-secret-missing`, for 24 h.
 * @throws {PermanentError} `report-undeliverable` after that.
 */
export async function deliverToTarget(
  has: DeliveryNeeds,
  message: Addressed,
  context: MessageContext,
): Promise<Outcome> {
  const target = targetsFor(has, message).find(({ name }) => name === message.target);
  // The configuration has changed since the message was addressed.
  if (target === undefined) return ignored('no-target');
  if (isDisabled(await readTargetControl(has), target)) return withheld(has, message, target);
  const webhook = await compose(has, message, target);
  if (webhook.kind === 'outdated') return ignored(webhook.because);
  context.note(webhook.sids ?? {});
  const answer = await post(has, webhook, target);
  if (answer.kind === 'gone') {
    await disableTarget(has, target);
    return withheld(has, message, target);
  }
  if (answer.kind === 'failed') return fail(has, { message, target, sentAt: context.sentAt }, answer.failed);
  await writeLine(has, message, `delivered to ${target.name}`);
  has.meter.measure({ name: 'reports', outcome: 'delivered', unit: 'Count', value: 1 });
  return done;
}

function compose(has: DeliveryNeeds, message: Addressed, target: ReportTarget): Composed | Promise<Composed> {
  switch (message.route) {
    case 'internal/report-status':
      return composeReport(has, message, target);
    case 'internal/relay-contact-status':
      return composeRelay(message, target);
    case 'internal/report-agent-state':
      return composeAgentState(message, target);
  }
}

type Posted = Extract<WebhookAnswer, { kind: 'taken' | 'gone' }> | { readonly kind: 'failed'; readonly failed: Failed };

async function post(
  has: Pick<DeliveryNeeds, 'signer' | 'sender' | 'now'>,
  { id, body, headers }: ComposedWebhook,
  { name, url }: ReportTarget,
): Promise<Posted> {
  const signature = await has.signer.sign(name, { id, sentAt: has.now(), body });
  if (signature === undefined) {
    const what = `there is no signing secret of 24 to 64 bytes for the target ${name}: put it into the secret of the targets`;
    return { kind: 'failed', failed: { what, reason: 'target-secret-missing' } };
  }
  const answer = await has.sender.post({
    url,
    headers: { 'content-type': 'application/json', ...headers, ...signature },
    body,
  });
  switch (answer.kind) {
    case 'taken':
    case 'gone':
      return answer;
    case 'refused': {
      const { status, retryAfterSeconds } = answer;
      const what = `the target ${name} answered ${status}`;
      return { kind: 'failed', failed: { what, reason: 'target-refused', retryAfterSeconds } };
    }
    case 'unanswered': {
      const what = `the target ${name} did not answer: ${answer.why}`;
      return { kind: 'failed', failed: { what, reason: 'target-unanswered' } };
    }
  }
}

async function fail(
  has: DeliveryNeeds,
  about: { readonly message: Addressed; readonly target: ReportTarget; readonly sentAt: Date },
  failed: Failed,
): Promise<never> {
  const error = notDelivered(failed, { sentAt: about.sentAt, now: has.now() });
  if (error instanceof PermanentError) await writeLine(has, about.message, `given up for ${about.target.name}`);
  has.meter.measure({ name: 'reports', outcome: 'failed', unit: 'Count', value: 1 });
  throw error;
}

/** The target wants none. A person reads in the timeline that it heard nothing of this. */
async function withheld(has: DeliveryNeeds, message: Addressed, target: ReportTarget): Promise<Outcome> {
  await writeLine(has, message, `withheld from ${target.name}, which is disabled`);
  return ignored('target-disabled');
}

/** A report of ours is part of its recording's life; of a relayed message only Calabrio's own arrival is; an agent has none. */
async function writeLine(has: Pick<DeliveryNeeds, 'ledger' | 'now'>, message: Addressed, what: string): Promise<void> {
  if (message.route !== 'internal/report-status') return;
  const { recordingSid, reservationSid, status, cause } = message;
  await has.ledger.addToTimeline({
    of: recordingSid,
    occurredAt: has.now(),
    cause,
    what: `report ${status} of ${reservationSid ?? recordingSid} ${what}`,
    actor: 'report-status',
  });
}
