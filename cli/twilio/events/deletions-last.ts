import { printable } from '../../../local/terminal/printable.ts';
import { CannotBeMadeError } from '../cannot-be-made-error.ts';
import type { Change, ChangeKind } from '../section.ts';

/** By which TaskRouter's events come. */
const ways: readonly ChangeKind[] = ['sink', 'subscription', 'event-callback'];

/**
 * The changes with deletions at the end, each of which is refused unless every way in which events shall come is there:
 * what is to go may be the last by which they come now.
 */
export function deletionsLast(changes: readonly Change[]): readonly Change[] {
  const isDeletion = ({ action }: Change): boolean => action === 'delete';
  const kept = changes.filter((change) => !isDeletion(change));
  const missing = new Set(kept.filter(({ kind }) => ways.includes(kind)));
  return [
    ...kept.map((change) => after(change, () => void missing.delete(change))),
    ...changes.filter(isDeletion).map((change) => before(change, () => refuseWhile(missing))),
  ];
}

function after(change: Change, then: () => void): Change {
  const { how } = change;
  if (how.kind === 'blocked') return change;
  const make = async (): Promise<void> => {
    await how.make();
    then();
  };
  return { ...change, how: { kind: 'make', make } };
}

function before(change: Change, first: () => void): Change {
  const { how } = change;
  if (how.kind === 'blocked' || !ways.includes(change.kind)) return change;
  const make = async (): Promise<void> => {
    first();
    await how.make();
  };
  return { ...change, how: { kind: 'make', make } };
}

/** @throws {CannotBeMadeError} */
function refuseWhile(missing: ReadonlySet<Change>): void {
  const [change] = missing;
  if (change === undefined) return;
  const { action, kind, name } = change;
  throw new CannotBeMadeError(
    `events may come by it alone until "${action} ${kind} ${printable(name)}" is made, which was not: it stays until then`,
  );
}
