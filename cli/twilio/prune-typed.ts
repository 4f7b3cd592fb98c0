import { nearest } from '../../lambdas/shared/domain/nearest.ts';
import { UsageError } from '../../local/terminal/options.ts';
import type { TypedOptions } from '../../local/terminal/options.ts';
import { changeKinds } from './section.ts';
import type { ChangeKind } from './section.ts';

/** Something that `--prune` names: it is deleted where it is at Twilio and the configuration does not have it. */
export interface PruneTyped {
  readonly kind: ChangeKind;
  readonly name: string;
}

/**
 * What `--prune kind/name,kind/name` names.
 *
 * @throws {UsageError} for what is no kind and name, and for a workspace, which holds everything.
 */
export function pruneTyped({ texts }: TypedOptions): readonly PruneTyped[] {
  const words = (texts.get('prune') ?? '').split(/,(?=[a-z-]+\/)/).filter((word) => word !== '');
  return words.map((word) => {
    const [, typedKind = '', name = ''] = /^([^/]+)\/(.+)$/s.exec(word.trim()) ?? [];
    const kind = changeKinds.find((one) => one === typedKind);
    if (kind === 'workspace')
      throw new UsageError(`--prune ${word}: a workspace goes with all that is in it; delete it in Twilio's Console`);
    if (kind === undefined) throw new UsageError(`--prune ${word}: ${kindWanted(typedKind)}`);
    return { kind, name };
  });
}

function kindWanted(typed: string): string {
  const near = nearest(typed, changeKinds);
  const wanted = 'wanted is kind/name, such as activity/Lunch';
  return typed === '' || near === undefined
    ? `${wanted}; kinds are ${changeKinds.filter((one) => one !== 'workspace').join(', ')}`
    : `"${typed}" is no kind; did you mean ${near}?`;
}

/** Whether somebody named it. */
export const isPruned = (prune: readonly PruneTyped[], { kind, name }: PruneTyped): boolean =>
  prune.some((one) => one.kind === kind && one.name === name);
