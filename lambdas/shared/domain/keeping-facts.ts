import type { CanonicalTask } from './task-shapes/canonical-task.ts';
import type { KeepingFacts } from './task-record.ts';

const given = ['given', 'yes', 'true', 'granted'];
const refused = ['refused', 'no', 'false', 'denied'];

/** What the task says that decides how long its recordings stay. A consent that is no word of ours is none that was told. */
export function keepingFactsOf({ rd, direction }: CanonicalTask): KeepingFacts {
  const clientId = rd['client_id'];
  const consent = consentOf(rd['consent']);
  return {
    ...((typeof clientId === 'number' || typeof clientId === 'string') && { clientId: String(clientId) }),
    ...(direction !== undefined && { direction }),
    ...(consent !== undefined && { consent }),
  };
}

function consentOf(value: unknown): KeepingFacts['consent'] {
  const word = typeof value === 'string' || typeof value === 'boolean' ? String(value).trim().toLowerCase() : '';
  if (given.includes(word)) return 'given';
  return refused.includes(word) ? 'refused' : undefined;
}

/** The first client and direction that were told stay; a refusal, whenever it was told, is never taken for consent again. */
export function keepingAfter(before: KeepingFacts | undefined, told: KeepingFacts): KeepingFacts {
  const isRefused = before?.consent === 'refused' || told.consent === 'refused';
  return { ...told, ...before, ...(isRefused && { consent: 'refused' }) };
}
