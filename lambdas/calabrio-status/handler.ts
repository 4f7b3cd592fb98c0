import { contactStatusHash } from '../shared/domain/contact-status.ts';
import type { ContactStatus, ReceivedContactStatus } from '../shared/domain/contact-status.ts';
import { isTombstoned } from '../shared/domain/erasure/erasure-life.ts';
import { UnprovedSenderError, done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import { parseContactStatus } from '../shared/messages/contact-status-body.ts';
import type { RawContactStatus } from '../shared/messages/gateway-envelope.ts';
import { misrouted, readQueueMessage } from '../shared/messages/queue-message.ts';
import type { MatchContactStatus } from '../shared/messages/work-message.ts';
import type { InboxItem } from '../shared/ports/contact-inbox.ts';
import type { ProveContactStatus } from '../shared/ports/contact-status-proof.ts';
import type { MessageContext } from '../shared/ports/message-context.ts';
import { findContact } from './find-contact.ts';
import { keepStatus, wasReceivedBefore } from './keep-status.ts';
import { countStatus, matchStatus } from './match-status.ts';
import type { MatchNeeds } from './match-status.ts';

export type CalabrioStatusMessage = RawContactStatus | MatchContactStatus;

export interface CalabrioStatusNeeds extends MatchNeeds {
  readonly proveContactStatus: ProveContactStatus;
}

/** What our own contact statuses say of themselves in `x-contact-status-source`. */
const ownSource = 'archive';

/** @throws {PermanentError} for a body that no retry could make readable, and for a route that is another function's. */
export function readCalabrioStatusMessage(body: string): CalabrioStatusMessage {
  const message = readQueueMessage(body);
  if (message.route === 'calabrio/contact-status' || message.route === 'internal/match-contact-status') return message;
  throw misrouted(message, 'calabrio-status');
}

/**
 * Keeps what Calabrio says of a contact, finds the recordings that it is about, and writes it onto their records; what
 * follows from that is planned on the records as they are then stored.
 *
 * A status that leads nowhere yet waits in the inbox: whoever makes an id known has it matched again.
 */
export function calabrioStatus(
  has: CalabrioStatusNeeds,
): (message: CalabrioStatusMessage, context: MessageContext) => Promise<Outcome> {
  return (message, context) =>
    message.route === 'internal/match-contact-status'
      ? matchWaiting(has, message, context)
      : receiveStatus(has, message, context);
}

async function receiveStatus(
  has: CalabrioStatusNeeds,
  request: RawContactStatus,
  context: MessageContext,
): Promise<Outcome> {
  // "Test Connection" and monitors ask whether anybody is there; nobody has to prove that.
  if (request.body.trim() === '') return ignored('probe');
  const proved = await has.proveContactStatus(request);
  if (isOwnReport(proved.contactStatusSource)) return ignored('own-report');
  const status = { ...receivedStatus(has, parseContactStatus(proved), request), cause: context.messageId };
  // What somebody passed on to us may be our own passing on that came round. Said a second time, a COMPLETE would repair
  // a FAILED that Calabrio meant.
  const isPassedOn = proved.contactStatusSource.trim() !== '';
  if (isPassedOn && (await wasReceivedBefore(has, status))) return ignored('own-report');
  if (await isOfErasedOnly(has, status.contact)) return ignored('tombstoned');
  await keepStatus(has, status);
  const end = await matchStatus(has, status, { cause: context.messageId, note: context.note, isNews: true });
  if (has.policy.reports.calabrio && !isPassedOn)
    await has.queues.send({
      v: 1,
      route: 'internal/relay-contact-status',
      body: request.body,
      cause: context.messageId,
    });
  return end === 'unmatched' ? ignored('contact-unmatched') : done;
}

/** What it says of the erased would be kept for 30 days in Calabrio's own words. */
async function isOfErasedOnly({ ledger }: CalabrioStatusNeeds, contact: ContactStatus): Promise<boolean> {
  const { recordings, tasks } = await findContact(ledger, contact);
  if (recordings.length > 0) return recordings.every(isTombstoned);
  return tasks.length > 0 && tasks.every(({ erased }) => erased !== undefined);
}

/** A proxy on the way may have made one header of two: a single word of ours in it is enough. */
function isOwnReport(contactStatusSource: string): boolean {
  return contactStatusSource.split(',').some((source) => source.trim().toLowerCase() === ownSource);
}

/** @throws {UnprovedSenderError} `tenant-mismatch`: another tenant's Calabrio has our URL, or we have the wrong tenant. */
function receivedStatus(
  { policy }: CalabrioStatusNeeds,
  contact: ContactStatus,
  { receivedAt }: RawContactStatus,
): ReceivedContactStatus {
  if (contact.tenantId === policy.calabrio?.tenantId) return { hash: contactStatusHash(contact), contact, receivedAt };
  throw new UnprovedSenderError(
    `a contact status of tenant ${contact.tenantId}: this stage's is ${policy.calabrio?.tenantId ?? 'not configured'}`,
    { reason: 'tenant-mismatch' },
  );
}

/** Matches everything that waits, or waited, under the id again; what found its recording is planned again. */
async function matchWaiting(
  has: CalabrioStatusNeeds,
  { alias, cause }: MatchContactStatus,
  { note }: MessageContext,
): Promise<Outcome> {
  const ends = [];
  for (const item of await has.inbox.inboxOf(alias)) {
    // What waited may have been received for the tenant that was configured then.
    const isOurs = item.contact.tenantId === has.policy.calabrio?.tenantId;
    if (isOurs && (await isOfErasedOnly(has, item.contact))) continue;
    const end = isOurs ? await matchStatus(has, item, { cause, note, isNews: !item.isMatched }) : 'unmatched';
    if (end === 'unmatched') await tellIfOverdue(has, item);
    ends.push(end);
  }
  return ends.some((end) => end !== 'unmatched') ? done : ignored('contact-unmatched');
}

/** Once: without its appointment the status only waits for its ids, until it expires. */
async function tellIfOverdue(has: CalabrioStatusNeeds, item: InboxItem): Promise<void> {
  const { dueAt, ...told } = item;
  if (dueAt === undefined || dueAt > has.now()) return;
  countStatus(has, 'unmatched');
  await has.inbox.putInInbox(told);
}
