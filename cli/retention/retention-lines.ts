import type { KeptThingOfDay } from './kept-thing.ts';
import { rowsWithMore } from '../rows.ts';
import { counted, sizeText } from '../../local/terminal/words.ts';

/** Everything that moves from one class to another, or stays in its own. */
export interface RetentionGroup {
  /** Undefined where nothing was decided yet. */
  readonly was: string | undefined;
  readonly would: string;
  readonly things: number;
  readonly sizeBytes: number;
  readonly sooner: number;
  readonly later: number;
  readonly atOnce: number;
  readonly held: number;
  readonly locked: number;
}

/** The groups, those first that were most. */
export function groupsOf(found: readonly KeptThingOfDay[]): readonly RetentionGroup[] {
  const keys = [...new Set(found.map(keyOf))];
  return keys
    .map((key) => groupOf(found.filter((one) => keyOf(one) === key)))
    .flat()
    .sort((one, other) => other.things - one.things);
}

/** All that is found as one group. */
export function totalsOf(found: readonly KeptThingOfDay[]): Omit<RetentionGroup, 'was' | 'would'> {
  const count = (is: (one: KeptThingOfDay) => boolean): number => found.filter(is).length;
  return {
    things: found.length,
    sizeBytes: found.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    sooner: count(({ move }) => move === 'sooner'),
    later: count(({ move }) => move === 'later'),
    atOnce: count(({ isAtOnce }) => isAtOnce),
    held: count(({ isHeld }) => isHeld),
    locked: count(({ isLocked }) => isLocked),
  };
}

/** What would be sent to be decided again: whatever would come out otherwise than it is. */
export function isToDecide({ move }: KeptThingOfDay): boolean {
  return move !== 'as-it-is' && move !== 'ended';
}

/** A table of what would change, from class to class, and its totals in sentences. */
export function retentionLines(found: readonly KeptThingOfDay[], place: string): readonly string[] {
  if (found.length === 0) return ['nothing archived is known of these days'];
  const right = { align: 'right' } as const;
  const table = rowsWithMore(
    [
      ...[{ title: 'class now' }, { title: 'would be' }],
      ...['things', 'size', 'sooner', 'later', 'at once', 'held', 'locked'].map((title) => ({ title, ...right })),
    ],
    groupsOf(found).map(({ was, would, things, sizeBytes, ...counts }) => ({
      cells: [
        ...[was ?? '(none yet)', would === was ? 'the same' : would, String(things), sizeText(sizeBytes)],
        ...[counts.sooner, counts.later, counts.atOnce, counts.held, counts.locked].map(String),
      ],
      below: [],
    })),
  );
  return [...table, '', ...totalLines(found, place)];
}

function totalLines(found: readonly KeptThingOfDay[], place: string): readonly string[] {
  const { things, sizeBytes, sooner, later, atOnce, held, locked } = totalsOf(found);
  const changed = found.filter(isToDecide);
  const changedBytes = changed.reduce((sum, one) => sum + one.sizeBytes, 0);
  return [
    `${counted(things, 'recording or transcript', 'recordings and transcripts')}, ${sizeText(sizeBytes)}; by ${place}, ${changed.length} of them (${sizeText(changedBytes)}) would be kept otherwise:`,
    `${sooner} would expire sooner, ${atOnce} of all within days; ${later} would stay longer`,
    `${counted(held, 'is', 'are')} held and stay until they are released; ${counted(locked, 'is', 'are')} locked and only become longer`,
  ];
}

function groupOf(of: readonly KeptThingOfDay[]): readonly RetentionGroup[] {
  const [first] = of;
  if (first === undefined) return [];
  return [{ was: first.was?.className, would: first.would.className, ...totalsOf(of) }];
}

function keyOf({ was, would }: KeptThingOfDay): string {
  return `${was?.className ?? ''} ${would.className}`;
}
