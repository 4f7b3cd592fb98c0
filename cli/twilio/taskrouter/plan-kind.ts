import { CannotBeMadeError } from '../cannot-be-made-error.ts';
import type { Change } from '../section.ts';
import type { Kind } from './kinds.ts';
import { whyNot } from './field.ts';
import type { Field } from './field.ts';
import type { Names, Workbench } from './workbench.ts';
import type { Found } from './workspace-state.ts';

/** What it takes so that the workspace has `wanted`, in their order; nothing for what is so already. */
export function planKind<Wanted>(
  of: Kind<Wanted>,
  wanted: readonly Wanted[],
  has: { readonly bench: Workbench; readonly names: Names },
): readonly Change[] {
  return wanted.flatMap((one) => {
    const found = has.bench.find(of.kind, of.nameOf(one));
    return found === undefined ? [creation(of, one, has)] : updates(of, one, found, has);
  });
}

function creation<Wanted>(
  of: Kind<Wanted>,
  wanted: Wanted,
  { bench, names }: { readonly bench: Workbench; readonly names: Names },
): Change {
  const [why] = of.fields.flatMap((field) => whyNot(field, wanted, { names, at: undefined }) ?? []);
  return {
    action: 'create',
    kind: of.kind,
    name: of.nameOf(wanted),
    differences: of.fields.flatMap((field) => field.differences(wanted, undefined, names)),
    how: why === undefined ? { kind: 'make', make: () => ensure(of, wanted, bench) } : { kind: 'blocked', why },
  };
}

/** What can be changed, and apart from it what cannot. */
function updates<Wanted>(
  of: Kind<Wanted>,
  wanted: Wanted,
  { resource }: Found,
  { bench, names }: { readonly bench: Workbench; readonly names: Names },
): readonly Change[] {
  const judged = of.fields
    .map((field) => ({ differences: field.differences(wanted, resource, names), field }))
    .filter(({ differences }) => differences.length > 0)
    .map((one) => ({ ...one, why: whyNot(one.field, wanted, { names, at: resource }) }));
  const update = { action: 'update' as const, kind: of.kind, name: of.nameOf(wanted) };
  const possible = judged.filter(({ why }) => why === undefined);
  const left = judged.filter(({ why }) => why !== undefined).map(({ field }) => field);
  return [
    ...(possible.length === 0
      ? []
      : [
          {
            ...update,
            differences: possible.flatMap(({ differences }) => differences),
            how: { kind: 'make' as const, make: () => ensure(of, wanted, bench, left) },
          },
        ]),
    ...judged.flatMap(({ differences, why }) =>
      why === undefined ? [] : [{ ...update, differences, how: { kind: 'blocked' as const, why } }],
    ),
  ];
}

/**
 * Makes it, or, where it came to be since the plan (a new workspace brings its own things), makes it as wanted; the
 * fields that the plan could not make are left.
 *
 * @throws {CannotBeMadeError} where something that it names is not there, or Twilio would not change what differs.
 */
async function ensure<Wanted>(
  of: Kind<Wanted>,
  wanted: Wanted,
  bench: Workbench,
  left: readonly Field<Wanted>[] = [],
): Promise<void> {
  const found = bench.find(of.kind, of.nameOf(wanted));
  const forms = (fields: readonly Field<Wanted>[]) =>
    Object.fromEntries(fields.flatMap((field) => Object.entries(field.form(wanted, bench, found?.resource))));
  if (found === undefined) {
    const form = { ...of.identity(wanted), ...forms(of.fields) };
    bench.note(of.kind, await bench.rest.create(bench.url(of.kind), { form }));
    return;
  }
  const differing = of.fields.filter(
    (field) => !left.includes(field) && field.differences(wanted, found.resource, bench).length > 0,
  );
  const whys = differing.flatMap((field) => field.fixed?.(wanted, found.resource) ?? []);
  const [why] = whys;
  if (why !== undefined) throw new CannotBeMadeError(why);
  if (differing.length === 0) return;
  if (of.change !== undefined) return of.change(bench, wanted, found);
  const made = await bench.rest.update(`${bench.url(of.kind)}/${found.sid}`, { form: forms(differing) });
  if (made !== undefined) bench.note(of.kind, made);
}
