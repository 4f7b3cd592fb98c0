import { openJournal } from './journal.ts';
import type { Journal } from './journal.ts';
import type { SendSmsNeeds, SmsOutcome } from './needs.ts';
import { customerBusy } from './problems.ts';
import type { SmsOrder } from './read-request.ts';

/**
 * Does the work while no other run sends from the same number to the same customer: two that look for an open
 * conversation at the same moment would both find that nobody is on it, and begin a task each. A run that was killed is
 * waited for until it is surely over.
 */
export async function oneAtATime(
  { requests, requestHash, now }: Pick<SendSmsNeeds, 'requests' | 'requestHash' | 'now'>,
  {
    order,
    requestId,
    journal,
  }: { readonly order: SmsOrder; readonly requestId: string; readonly journal: Pick<Journal, 'letGo'> },
  work: () => Promise<SmsOutcome>,
): Promise<SmsOutcome> {
  const pair = await requestHash.of('sms-pair', [order.fromNumber, order.toNumber]);
  const turn = await openJournal({ requests, asked: { hash: pair, fingerprint: pair, holder: requestId }, now });
  if (turn.kind === 'open') {
    try {
      return await work();
    } finally {
      await turn.journal.letGo({ isAnswered: true });
    }
  }
  await journal.letGo({ isAnswered: true });
  const retryAfterSeconds = turn.kind === 'held' ? turn.retryAfterSeconds : 1;
  return { kind: 'problem', problem: customerBusy(retryAfterSeconds), isNothingSent: false };
}
