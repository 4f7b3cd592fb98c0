import { visibleWidth } from './colours.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** How a text that is too long is cut. `never` (the default) lets the column grow: a link or a SID cut short is useless. */
  readonly cut?: 'never' | 'end';
  /** The width beyond which `cut: 'end'` cuts, in characters; 30 when not given. */
  readonly maxWidth?: number;
}

/**
 * Lines of an aligned table: a title line, a rule, and one line a row. Columns are two spaces apart and no line ends
 * in spaces, so that a copied line holds what it shows.
 *
 * @throws {RangeError} when a row has another number of cells than there are columns.
 */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] {
  const cutRows = rows.map((row) => {
    if (row.length !== columns.length) {
      throw new RangeError(`a row of ${row.length} cells in a table of ${columns.length} columns: ${row.join(' | ')}`);
    }
    return columns.map((column, index) => cutCell(column, row[index] ?? ''));
  });
  const widths = columns.map((column, index) =>
    Math.max(visibleWidth(column.title), ...cutRows.map((row) => visibleWidth(row[index] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => padded(cell, widths[index] ?? 0, columns[index]?.align ?? 'left'))
      .join('  ')
      .trimEnd();
  return [
    line(columns.map((column) => column.title)),
    widths.map((width) => '─'.repeat(width)).join('  '),
    ...cutRows.map(line),
  ];
}

function cutCell(column: Column, text: string): string {
  const maxWidth = column.maxWidth ?? 30;
  if (column.cut !== 'end' || visibleWidth(text) <= maxWidth) return text;
  return `${[...text].slice(0, maxWidth - 1).join('')}…`;
}

function padded(text: string, width: number, align: 'left' | 'right'): string {
  const gap = ' '.repeat(Math.max(0, width - visibleWidth(text)));
  return align === 'right' ? gap + text : text + gap;
}
