import type { Meter } from '../shared/ports/meter.ts';
import type { EnrichedAttributes } from '../shared/steps/enrich-attributes.ts';
import type { OwedAttributes } from './owed-attributes.ts';

/** Counts what became of wanted attributes; numbers of paths, never a path or a value. */
export function measureWritten(
  meter: Meter,
  of: { readonly enriched: EnrichedAttributes; readonly late: readonly string[]; readonly isObserved: boolean },
): void {
  const { changes, cutPaths, refused, noRoomPaths, results } = of.enriched;
  count(meter, 'attributes', of.isObserved ? 'observed' : 'written', changes.length);
  count(meter, 'attributes', 'cut', cutPaths.length);
  count(meter, 'attributes', 'refused', refused.length);
  count(meter, 'attributes', 'no-room', noRoomPaths.length);
  count(meter, 'attributes', 'late', of.late.length);
  count(meter, 'rules', 'failed', results.filter(({ kind }) => kind === 'failed').length);
}

/** Counts what an event's attributes hold that they should not, and what is wanted of them in vain; conflicts once a task, as it is created. */
export function measureMet(meter: Meter, { secrets, read, event, unmet }: OwedAttributes): void {
  count(meter, 'secretsInAttributes', 'task', secrets.task);
  count(meter, 'secretsInAttributes', 'worker', secrets.worker);
  count(meter, 'attributes', 'refused', unmet?.refused ?? 0);
  count(meter, 'attributes', 'no-room', unmet?.noRoom ?? 0);
  count(meter, 'rules', 'failed', unmet?.failures.length ?? 0);
  if (event.type === 'task.created') count(meter, 'conflicts', 'met', read.conflicts.length);
}

/** Adds to a metric. Nought is not told: a metric is paid for from its first value on. */
export function count(meter: Meter, name: string, outcome: string, value: number): void {
  if (value > 0) meter.measure({ name, outcome, unit: 'Count', value });
}
