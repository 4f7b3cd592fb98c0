import { createHash } from 'node:crypto';

/**
 * One contact status as Calabrio sends it. It has no time of its own: the order is that of receipt.
 * (Calabrio ONE help, "Configuring Twilio Flex as an ACD", Event Webhook URL; read 2026-11)
 */
export interface ContactStatus {
  readonly ccrId: number;
  readonly sessionId: string;
  /** The same value as the call id. */
  readonly legId: string;
  readonly tenantId: number;
  /** `COMPLETE`, `FAILED`, or a word that is kept and not acted on. */
  readonly status: string;
  /** Free text: kept, never logged. */
  readonly failureReason?: string;
}

/** A contact status and when it was received; `hash` is the same for every repeat of it. */
export interface ReceivedContactStatus {
  readonly hash: string;
  readonly contact: ContactStatus;
  readonly receivedAt: Date;
}

/**
 * So many different statuses of one recording are kept on its record: each may have 8 KB, and a record that grew beyond the
 * 400 KB of an item could not be changed any more, not even by a hold. Nobody sends so many of one call.
 */
export const mostContacts = 40;

/** SHA-256, lower-case hex, over tenant, contact, session, leg and status: a repeat has the same, whatever its reason says. */
export function contactStatusHash({ tenantId, ccrId, sessionId, legId, status }: ContactStatus): string {
  return createHash('sha256')
    .update(JSON.stringify([tenantId, ccrId, sessionId, legId, status]))
    .digest('hex');
}

/** Which of the two ids a name was found in. */
export interface ContactAlias {
  readonly from: 'sessionId' | 'legId';
  readonly alias: string;
}

const sidShape = /(?:CA|CF|WT|WR|RE|CH)[0-9a-f]{32}/g;

/** What may be looked up of the two ids, surest first: each whole, then every part that has the shape of a SID. */
export function aliasesOfContact({
  sessionId,
  legId,
}: Pick<ContactStatus, 'sessionId' | 'legId'>): readonly ContactAlias[] {
  const ids = [
    { from: 'sessionId' as const, id: sessionId.trim() },
    { from: 'legId' as const, id: legId.trim() },
  ];
  const whole = ids.filter(({ id }) => id !== '').map(({ from, id }) => ({ from, alias: id }));
  const parts = ids.flatMap(({ from, id }) => (id.match(sidShape) ?? []).map((alias) => ({ from, alias })));
  const all = [...whole, ...parts];
  return all.filter(
    (one, place) => all.findIndex((other) => other.from === one.from && other.alias === one.alias) === place,
  );
}
