import { UsageError } from '../../../local/terminal/options.ts';
import { isPruned, pruneProblems } from '../prune-typed.ts';
import type { PruneTyped } from '../prune-typed.ts';
import type { Change, Problem, Unmanaged } from '../section.ts';
import type { TwilioConfig } from '../config/config-schema.ts';
import { usersOf } from './users-of.ts';
import { contentKinds } from './workspace-state.ts';
import type { ContentKind } from './workspace-state.ts';
import type { Workbench } from './workbench.ts';

/** The names that the configuration has of each kind; undefined where it does not list that kind. */
export type ConfiguredNames = Readonly<Record<ContentKind, readonly string[] | undefined>>;

/** What is at Twilio and not in the configuration: shown, and deleted only where somebody named it. */
export interface Surplus {
  readonly unmanaged: readonly Unmanaged[];
  /** What uses a thing goes before it: workers first, activities last. */
  readonly deletions: readonly Change[];
  readonly problems: readonly Problem[];
}

/** @throws {UsageError} for something that is to be deleted and is in the configuration, or needed by what is in it. */
export function surplusOf(
  bench: Workbench,
  configured: ConfiguredNames,
  { prune, config }: { readonly prune: readonly PruneTyped[]; readonly config: TwilioConfig },
): Surplus {
  const asked = prune.flatMap(({ kind, name }) => {
    const content = contentKinds.find((one) => one === kind);
    return content === undefined ? [] : [{ kind: content, name }];
  });
  for (const { kind, name } of asked)
    if (configured[kind]?.includes(name) === true)
      throw new UsageError(`--prune ${kind}/${name}: the configuration has it; take it away there first`);
  for (const { kind, name } of asked) {
    const [user] = usersOf(config, kind, [name, bench.find(kind, name)?.sid]);
    if (user !== undefined)
      throw new UsageError(`--prune ${kind}/${name}: ${user} of the configuration needs it; correct that first`);
  }
  const surplus = contentKinds.flatMap((kind) => {
    const isLooked = configured[kind] !== undefined || asked.some((one) => one.kind === kind);
    const found = isLooked ? bench.all(kind).filter(({ name }) => configured[kind]?.includes(name) !== true) : [];
    return found.map(({ name, sid }) => ({ kind, name, sid }));
  });
  return {
    unmanaged: surplus.filter((one) => configured[one.kind] !== undefined && !isPruned(asked, one)),
    deletions: surplus
      .filter((one) => isPruned(asked, one))
      .map((one) => deletion(bench, one))
      .reverse(),
    problems: contentKinds.flatMap((kind) =>
      pruneProblems(
        asked,
        kind,
        surplus.flatMap((one) => (one.kind === kind ? [[one.name]] : [])),
      ),
    ),
  };
}

function deletion(
  bench: Workbench,
  { kind, name, sid }: { readonly kind: ContentKind; readonly name: string; readonly sid: string },
): Change {
  const make = (): Promise<void> => bench.rest.remove(`${bench.url(kind)}/${sid}`);
  return { action: 'delete', kind, name, differences: [], how: { kind: 'make', make } };
}
