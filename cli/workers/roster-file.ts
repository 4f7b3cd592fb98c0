import { CsvError, parse } from 'csv-parse/sync';
import { columnFault, readCell, rosterColumns, rosterKeys } from '../../lambdas/shared/domain/worker/roster-columns.ts';
import type { RosterKey } from '../../lambdas/shared/domain/worker/roster-columns.ts';
import type { Roster, RosterRow } from '../../lambdas/shared/domain/worker/roster.ts';
import type { ToE164 } from '../../lambdas/shared/domain/task-shapes/canonical-task.ts';
import { UsageError } from '../../local/terminal/options.ts';
import { counted } from '../../local/terminal/words.ts';

/**
 * Reads a roster as spreadsheets write it: a line of column names, one of which tells whom a row means (`worker`,
 * `contact_uri` or `email`, the first of these that is there), and the attributes to write. Commas, semicolons or tabs.
 *
 * @throws {UsageError} for what is no table, has no key or no attribute, or has a column that cannot be written.
 */
export function readRosterFile(file: string, text: string, has: { readonly toE164: ToE164 }): Roster {
  const [header, ...records] = recordsOf(file, text);
  if (header === undefined) throw new UsageError(`${file} is empty: a line of column names is wanted first`);
  const columns = header.cells.map((name) => name.trim());
  const key = rosterKeys.find((one) => columns.includes(one));
  if (key === undefined)
    throw new UsageError(`${file} does not say whom its rows mean: a column ${rosterKeys.join(' or ')} is wanted`);
  const faults = columnFaults(columns, key);
  if (faults.length > 0) throw new UsageError(`${file}: ${faults.join('; ')}`);
  return { key, rows: records.map((record) => rowOf(record, columns, key, has)) };
}

function columnFaults(columns: readonly string[], key: RosterKey): readonly string[] {
  const attributes = columns.filter((name) => name !== key);
  const notWritten = attributes.map(columnFault).filter((fault) => fault !== undefined);
  const twice = columns.filter((name, place) => columns.indexOf(name) !== place);
  return [
    ...(attributes.length === 0 ? ['there is no column of an attribute to write'] : []),
    ...twice.map((name) => `the column ${name} is there twice`),
    ...notWritten,
    ...(notWritten.length > 0 ? [`allowed are ${rosterColumns.join(', ')}`] : []),
  ];
}

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

function rowOf(
  { line, cells }: CsvRecord,
  columns: readonly string[],
  key: RosterKey,
  has: { readonly toE164: ToE164 },
): RosterRow {
  const text = (place: number): string => cells[place] ?? '';
  const keyText = text(columns.indexOf(key)).trim();
  if (cells.length !== columns.length)
    return { line, key: keyText, wanted: {}, cut: [], faults: [cellsFault(cells.length, columns.length)] };
  const wanted: Record<string, unknown> = {};
  const cut: string[] = [];
  const faults: string[] = keyText === '' ? [`${key} is empty: nobody is meant`] : [];
  for (const [place, name] of columns.entries()) {
    if (name === key) continue;
    const cell = readCell(name, text(place), has);
    if (cell.kind === 'fault') faults.push(cell.why);
    if (cell.kind !== 'value') continue;
    wanted[name] = cell.value;
    if (cell.isCut) cut.push(name);
  }
  return { line, key: keyText, wanted, cut, faults };
}

/** Its cells may be other columns' from anywhere in the row, so that none of them is read. */
function cellsFault(cellCount: number, columnCount: number): string {
  const counts = `it has ${counted(cellCount, 'cell')}, and there are ${counted(columnCount, 'column')}`;
  return cellCount > columnCount ? counts : `${counts}: an empty cell has its comma, too`;
}

function recordsOf(file: string, text: string): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  try {
    parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      on_record: (cells: string[], { lines }) => void records.push({ line: lines, cells }),
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new UsageError(`${file} is no CSV: ${cause.code} in line ${String(cause['lines'])}`, { cause });
  }
  return records;
}

/** A spreadsheet writes semicolons where the comma divides euros from cents. The column names tell, which have neither. */
function delimiterOf(text: string): string {
  const [names = ''] = text.split(/\r?\n/, 1);
  return [',', ';', '\t'].find((one) => names.includes(one)) ?? ',';
}
