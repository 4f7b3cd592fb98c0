import type { RetentionDecision } from '../kept-facets.ts';

/** A decision in one line, for the timeline and for people. */
export function decisionText({ className, until, lock }: RetentionDecision): string {
  const kept = `${className}, ${until === undefined ? 'for ever' : `until ${until.toISOString()}`}`;
  if (lock === undefined) return kept;
  const { mode, dueAt, until: lockedUntil } = lock;
  return `${kept}, ${mode} lock from ${dueAt.toISOString()} until ${lockedUntil.toISOString()}`;
}
