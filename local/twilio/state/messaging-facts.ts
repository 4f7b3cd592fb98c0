import type { NumberPair } from '../../../lambdas/shared/ports/interactions.ts';

/** What carriers and customers have to do with messages, and how fast Twilio is. */
export interface MessagingFacts {
  /** Pairs whose customer answered STOP to our number. */
  readonly optedOut: Set<string>;
  /** Twilio's code with which a number is refused at once. */
  readonly refusedNumbers: Map<string, number>;
  /** Twilio's code with which no message reaches a number. */
  readonly unreachableNumbers: Map<string, number>;
  /** From the answer to a new interaction until it is made; 0 makes it before the answer. */
  setupMs: number;
  /** From a message until its first receipt. */
  receiptMs: number;
  /** Twilio's code with which the next interaction fails after it was accepted. */
  nextSetupFails?: number;
}

export function noMessagingFacts(): MessagingFacts {
  return { optedOut: new Set(), refusedNumbers: new Map(), unreachableNumbers: new Map(), setupMs: 0, receiptMs: 0 };
}

export const pairKey = ({ address, proxyAddress }: NumberPair): string => `${address} ${proxyAddress}`;

/** What a customer answers to end, or to allow, messages from our number. (twilio.com/docs/messaging/tutorials/advanced-opt-out, read 2026-11) */
const stopWords: readonly string[] = ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT'];
const startWords: readonly string[] = ['START', 'YES', 'UNSTOP'];

export function heedKeyword(facts: MessagingFacts, pair: NumberPair, body: string): void {
  const word = body.trim().toUpperCase();
  if (stopWords.includes(word)) facts.optedOut.add(pairKey(pair));
  if (startWords.includes(word)) facts.optedOut.delete(pairKey(pair));
}

/** Why a message between the two does not arrive: Twilio's code; undefined where it does. */
export function undeliverable(facts: MessagingFacts, pair: NumberPair): number | undefined {
  return facts.optedOut.has(pairKey(pair)) ? 21_610 : facts.unreachableNumbers.get(pair.address);
}
