import type { Change } from './section.ts';
import type { WholePlan } from './whole-plan.ts';

/** A change as other programs read it. */
export function changeJson({ action, kind, name, differences, how }: Change): object {
  return { action, kind, name, differences, ...(how.kind === 'blocked' && { blocked: how.why }) };
}

/** A plan as other programs read it. */
export function planJson({ changes, unmanaged, warnings, leftOut, notes }: WholePlan): object {
  return { changes: changes.map(changeJson), unmanaged, warnings, leftOut, notes };
}
