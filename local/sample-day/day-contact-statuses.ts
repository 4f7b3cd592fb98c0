import { contactStatusHash } from '../../lambdas/shared/domain/contact-status.ts';
import type { CalabrioSimulator, SentStatus } from '../calabrio/simulator.ts';
import type { Operator } from '../operator.ts';

/** What became of Calabrio's contact statuses. */
export interface ContactStatusCounts {
  /** Requests of Calabrio's that were taken, those that must not be believed among them. */
  readonly sent: number;
  /** They have led to a recording. */
  readonly matched: number;
  /** Kept in the inbox, and so far about nothing that we know. */
  readonly unmatched: number;
  /** About a chat or a message: kept, and no recording's. */
  readonly digital: number;
  /** Of another tenant, or under a token that is none: in quarantine. */
  readonly rejected: number;
  /** Sent so that they must be rejected. */
  readonly forgedSent: number;
  /** Calabrio's requests that were not taken. */
  readonly refused: number;
}

/** Asks the inbox about every status that Calabrio sent. */
export async function contactStatusCounts(
  calabrio: CalabrioSimulator,
  { inbox }: Operator,
  rejected: number,
): Promise<ContactStatusCounts> {
  const all = calabrio.statuses();
  const genuine = all.filter(isGenuine);
  const fates = await Promise.all(
    genuine.map(async ({ body, contact }) => {
      const items = await Promise.all([...new Set([body.sessionId, body.legId])].map((id) => inbox.inboxOf(id)));
      const hash = contactStatusHash(body);
      if (items.flat().some((item) => item.hash === hash && item.isMatched && contact?.recordings.length !== 0))
        return 'matched';
      return contact?.recordings.length === 0 ? 'digital' : 'unmatched';
    }),
  );
  const count = (fate: 'matched' | 'digital' | 'unmatched'): number => fates.filter((one) => one === fate).length;
  return {
    sent: all.filter(isTaken).length,
    ...{ matched: count('matched'), unmatched: count('unmatched'), digital: count('digital') },
    ...{ rejected, forgedSent: all.length - genuine.length },
    refused: all.filter((sent) => !isTaken(sent)).length,
  };
}

function isGenuine({ isOwnTenant, credential }: SentStatus): boolean {
  return isOwnTenant && credential === 'token';
}

function isTaken({ answer }: SentStatus): boolean {
  return answer >= 200 && answer < 300;
}
