import { printable } from '../../local/terminal/printable.ts';
import type { Colours } from '../../local/terminal/colours.ts';
import { counted } from '../../local/terminal/words.ts';
import type { Change, Difference, Unmanaged } from './section.ts';
import type { WholePlan } from './whole-plan.ts';

/** So many of one kind are named; then they are counted. */
const mostNames = 12;

/** A plan for a person who has to decide: each change with its fields, and what is left alone. */
export function planLines(plan: WholePlan, colours: Colours): readonly string[] {
  const { account, changes, unmanaged, warnings, leftOut, notes } = plan;
  return [
    colours.bold(`${account.accountSid}, with the credentials of ${printable(account.credentialsFrom)}`),
    ...changes.flatMap((change) => ['', ...changeLines(change, widthOf(changes), colours)]),
    ...(unmanaged.length === 0 ? [] : ['', 'Not in the configuration, and left alone:', ...unmanagedLines(unmanaged)]),
    ...(leftOut.length === 0
      ? []
      : ['', 'Not looked at:', ...leftOut.map(({ section, why }) => `  ${section}: ${why}`)]),
    ...(warnings.length === 0 ? [] : ['', colours.yellow('Mind:'), ...warnings.map((one) => `  ${printable(one)}`)]),
    ...(notes.length === 0 ? [] : ['', 'Elsewhere:', ...notes.map((one) => `  ${printable(one)}`)]),
    '',
    summaryLine(changes, colours),
  ];
}

const widthOf = (those: readonly { readonly kind: string }[]): number =>
  Math.max(...those.map(({ kind }) => kind.length)) + 2;

/** One change: what is done to what, and below it each field `old → new`. */
function changeLines(
  { action, kind, name, differences, how }: Change,
  kindWidth: number,
  colours: Colours,
): readonly string[] {
  const word = how.kind === 'blocked' ? 'blocked' : action;
  const paint = { create: colours.green, update: colours.yellow, delete: colours.red, blocked: colours.red }[word];
  const width = Math.max(0, ...differences.map(({ field }) => field.length).filter((length) => length <= 40));
  return [
    `${paint(word.padEnd(8))}${kind.padEnd(kindWidth)}${colours.bold(printable(name))}`,
    ...differences.map((difference) => `    ${differenceText(difference, width, colours)}`),
    ...(how.kind === 'blocked' ? [`    ${printable(how.why)}`] : []),
  ];
}

function differenceText({ field, from, to }: Difference, width: number, colours: Colours): string {
  const head = printable(field).padEnd(width);
  const [before, after] = [from, to].map((text) => text && printable(text));
  if (before === undefined || before === '') return `${head}  ${colours.green(after ?? '')}`;
  if (after === undefined || after === '') return `${head}  ${colours.red(before)} → nothing`;
  return `${head}  ${colours.red(before)} → ${colours.green(after)}`;
}

function unmanagedLines(unmanaged: readonly Unmanaged[]): readonly string[] {
  const kindWidth = widthOf(unmanaged);
  return [...Map.groupBy(unmanaged, ({ kind }) => kind)].flatMap(([kind, those]) => [
    ...those.slice(0, mostNames).map(({ name, sid }) => `  ${kind.padEnd(kindWidth)}${printable(name)} (${sid})`),
    ...(those.length > mostNames ? [`  ${kind.padEnd(kindWidth)}and ${those.length - mostNames} more`] : []),
  ]);
}

function summaryLine(changes: readonly Change[], colours: Colours): string {
  if (changes.length === 0) return colours.green('Nothing to do.');
  const blocked = changes.filter(({ how }) => how.kind === 'blocked');
  const counts = (['create', 'update', 'delete'] as const).flatMap((action) => {
    const count = changes.filter((one) => one.action === action && one.how.kind === 'make').length;
    return count === 0 ? [] : [`${count} to ${action}`];
  });
  const cannot = blocked.length === 0 ? [] : [`${counted(blocked.length, 'change')} that cannot be made`];
  return [...counts, ...cannot].join(', ');
}
