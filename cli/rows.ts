import { below } from './fact-lines.ts';
import { printable } from '../local/terminal/printable.ts';
import { tableLines } from '../local/terminal/table.ts';
import type { Column } from '../local/terminal/table.ts';

/** A row of a table, the day it is on when rows are told by days, and what stands on lines of its own below it. */
export interface Row {
  readonly day?: string;
  readonly cells: readonly string[];
  readonly below: readonly string[];
}

/** A table whose rows may have a day above and lines of their own below; no control character is left in it. */
export function rowsWithMore(columns: readonly Column[], rows: readonly Row[]): readonly string[] {
  if (rows.length === 0) return [];
  const [titles = '', rule = '', ...lines] = tableLines(
    columns,
    rows.map(({ cells }) => cells.map(printable)),
  );
  return [
    titles,
    rule,
    ...rows.flatMap((row, index) => [
      ...(row.day === undefined || row.day === rows[index - 1]?.day ? [] : [`${row.day} UTC`]),
      lines[index] ?? '',
      ...row.below.flatMap((text) => below(printable(text))),
    ]),
  ];
}
