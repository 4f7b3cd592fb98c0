import type { RetentionClass, RetentionCondition, RetentionConfig } from './retention-config.ts';
import { nothingKnown } from './retention-facts.ts';
import type { RetentionFacts } from './retention-facts.ts';

/** The classes of everything that is known of a recording or transcript, each once: one for each task, or one where none is known. */
export function classesFor(config: RetentionConfig, tasks: readonly RetentionFacts[]): readonly RetentionClass[] {
  const known = tasks.length === 0 ? [nothingKnown] : tasks;
  return [...new Set(known.flatMap((facts) => classFor(config, facts)))];
}

/** The first class whose condition holds; the last has none, so there always is one in a file that was read. */
function classFor({ classes }: RetentionConfig, facts: RetentionFacts): readonly RetentionClass[] {
  const found = classes.find(({ when }) => when === undefined || holds(when, facts));
  return found === undefined ? [] : [found];
}

function holds(when: RetentionCondition, facts: RetentionFacts): boolean {
  return (
    (when.queues === undefined || when.queues.some((queue) => facts.queues.includes(queue))) &&
    isIn(when.clientIds, facts.clientId) &&
    isIn(when.channels, facts.channel) &&
    isIn(when.directions, facts.direction) &&
    isIn(when.consent, facts.consent ?? 'unknown')
  );
}

function isIn<Value extends string>(wanted: readonly Value[] | undefined, value: Value | undefined): boolean {
  return wanted === undefined || (value !== undefined && wanted.includes(value));
}
