import { nearest } from '../../lambdas/shared/domain/nearest.ts';
import { UsageError } from '../../local/terminal/options.ts';
import type { TypedOptions } from '../../local/terminal/options.ts';
import { changeKinds } from './section.ts';
import type { ChangeKind, Problem } from './section.ts';

/** Something that `--prune` names: it is deleted where it is at Twilio and the configuration does not have it. */
export interface PruneTyped {
  readonly kind: ChangeKind;
  readonly name: string;
}

/**
 * What `--prune kind/name,kind/name` names.
 *
 * @throws {UsageError} for what is no kind and name, for a workspace, which holds everything, and for a subscription.
 */
export function pruneTyped({ texts }: TypedOptions): readonly PruneTyped[] {
  const words = (texts.get('prune') ?? '').split(/,(?=[a-z-]+\/)/).filter((word) => word !== '');
  return words.map((word) => {
    const [, typedKind = '', name = ''] = /^([^/]+)\/(.+)$/s.exec(word.trim()) ?? [];
    const kind = changeKinds.find((one) => one === typedKind);
    if (kind === 'workspace')
      throw new UsageError(`--prune ${word}: a workspace goes with all that is in it; delete it in Twilio's Console`);
    if (kind === 'subscription')
      throw new UsageError(`--prune ${word}: a subscription goes with the sink that it is of; name that, as sink/DG…`);
    if (kind === undefined) throw new UsageError(`--prune ${word}: ${kindWanted(typedKind)}`);
    return { kind, name };
  });
}

function kindWanted(typed: string): string {
  const near = nearest(typed, changeKinds);
  const wanted = 'wanted is kind/name, such as activity/Lunch';
  return typed === '' || near === undefined
    ? `${wanted}; kinds are ${changeKinds.filter((one) => one !== 'workspace' && one !== 'subscription').join(', ')}`
    : `"${typed}" is no kind; did you mean ${near}?`;
}

/** Whether somebody named it. */
export const isPruned = (prune: readonly PruneTyped[], { kind, name }: PruneTyped): boolean =>
  prune.some((one) => one.kind === kind && one.name === name);

/**
 * Those of that kind which name nothing that there is to delete; `there` has what each thing may be called, the shortest
 * first.
 */
export function pruneProblems(
  prune: readonly PruneTyped[],
  kind: ChangeKind,
  there: readonly (readonly string[])[],
): readonly Problem[] {
  const isNamed = (names: readonly string[]): boolean => names.some((name) => isPruned(prune, { kind, name }));
  const left = there.filter((names) => !isNamed(names)).flatMap(([name]) => name ?? []);
  return prune
    .filter((one) => one.kind === kind && !there.some((names) => names.includes(one.name)))
    .map(({ name }) => {
      const near = nearest(name, left);
      return {
        text: `--prune ${kind}/${name}: there is none (any more) that the configuration does not have; ${leftText(kind, left, near)}`,
        isPerhapsDone: near === undefined,
      };
    });
}

const mostNames = 12;

function leftText(kind: ChangeKind, left: readonly string[], near: string | undefined): string {
  if (near !== undefined) return `did you mean ${kind}/${near}?`;
  if (left.length === 0) return 'no other is there';
  const more = left.length > mostNames ? ` and ${left.length - mostNames} more` : '';
  return `there is ${left.slice(0, mostNames).join(', ')}${more}`;
}
