import { below, lineWidth } from './fact-lines.ts';
import { audioOf, recordingLabel } from './life.ts';
import type { TaskLife } from './life.ts';
import type { Leg } from '../lambdas/shared/domain/task-record.ts';
import type { TimelineEntry } from '../lambdas/shared/ports/ledger.ts';
import { visibleWidth } from '../local/terminal/colours.ts';
import { printable } from '../local/terminal/printable.ts';
import { tableLines } from '../local/terminal/table.ts';
import type { Column } from '../local/terminal/table.ts';

/** A row of a table, the day it is on when rows are told by days, and what stands on lines of its own below it. */
interface Row {
  readonly day?: string;
  readonly cells: readonly string[];
  readonly below: readonly string[];
}

/** The legs, each below the day it began on, with its worker on a line of its own. */
export function legTable({ task }: TaskLife): readonly string[] {
  return rowsWithMore(
    [{ title: 'reservation' }, { title: 'accepted' }, { title: 'wrap-up' }, { title: 'completed' }],
    task.legs.map((leg) => {
      const began = beganAt(leg);
      const cell = (at: Date | undefined): string => (at && began ? timeSince(began, at) : '–');
      return {
        ...(began !== undefined && { day: dayOf(began) }),
        cells: [leg.reservationSid, cell(leg.acceptedAt), cell(leg.wrapupAt), cell(leg.completedAt)],
        below: leg.workerSid === undefined ? [] : [`worker ${leg.workerSid}`],
      };
    }),
  );
}

/** The recordings, the linked one with a star; size and resting place, without the account, on a line of their own. */
export function recordingTable({ task, recordings }: TaskLife): readonly string[] {
  return rowsWithMore(
    [{ title: 'recording' }, { title: 'kind' }, { title: 'found by' }, { title: 'state' }],
    task.recordings.map(({ recordingSid, kind, foundBy }) => {
      const record = recordings.find((one) => one.recordingSid === recordingSid);
      const audio = record && audioOf(record);
      return {
        cells: [
          recordingSid + (recordingSid === task.primaryRecordingSid ? ' *' : ''),
          kind,
          foundBy,
          record === undefined ? 'no record yet' : recordingLabel(record),
        ],
        below: audio === undefined ? [] : [`${audio.sizeBytes} bytes at ${audio.key.replace(/^AC[0-9a-f]{32}\//, '')}`],
      };
    }),
  );
}

/** What happened, below the day on which it did; a change that does not fit beside has lines of its own. */
export function timelineTable(timeline: readonly TimelineEntry[]): readonly string[] {
  const columns: readonly Column[] = [
    { title: 'when' },
    { title: 'what', cut: 'end', maxWidth: 40 },
    { title: 'by', cut: 'end', maxWidth: 24 },
  ];
  const entries = timeline.map((entry) => ({
    day: dayOf(entry.occurredAt),
    cells: [timeOf(entry.occurredAt), printable(entry.what), printable(entry.actor)],
    change: printable(changeText(entry)),
  }));
  const [, rule = ''] = tableLines(
    columns,
    entries.map(({ cells }) => cells),
  );
  const room = lineWidth - visibleWidth(rule) - 2;
  const isBeside = (change: string): boolean => visibleWidth(change) <= room;
  return isBeside('change')
    ? rowsWithMore(
        [...columns, { title: 'change' }],
        entries.map(({ day, cells, change }) =>
          isBeside(change)
            ? { day, cells: [...cells, change], below: [] }
            : { day, cells: [...cells, ''], below: [change] },
        ),
      )
    : rowsWithMore(
        columns,
        entries.map(({ day, cells, change }) => ({ day, cells, below: change === '' ? [] : [change] })),
      );
}

function rowsWithMore(columns: readonly Column[], rows: readonly Row[]): readonly string[] {
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

function changeText({ before, after }: TimelineEntry): string {
  return before === undefined && after === undefined ? '' : `${before ?? '–'} → ${after ?? '–'}`;
}

function beganAt({ acceptedAt, wrapupAt, completedAt }: Leg): Date | undefined {
  return acceptedAt ?? wrapupAt ?? completedAt;
}

/** `08:00:30`, or `00:01:10 +1d` on the day after the one that `began` is on. */
function timeSince(began: Date, at: Date): string {
  const days = (Date.parse(dayOf(at)) - Date.parse(dayOf(began))) / 86_400_000;
  return days === 0 ? timeOf(at) : `${timeOf(at)} ${days > 0 ? '+' : ''}${days}d`;
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function timeOf(at: Date): string {
  return at.toISOString().slice(11, 19);
}
