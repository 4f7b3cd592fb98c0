import { lineWidth } from './fact-lines.ts';
import { audioOf } from './life.ts';
import type { TaskLife } from './life.ts';
import { rowsWithMore } from './rows.ts';
import { recordingLabel } from '../lambdas/shared/domain/recording-label.ts';
import type { Leg } from '../lambdas/shared/domain/task-record.ts';
import type { TimelineEntry } from '../lambdas/shared/ports/ledger.ts';
import { visibleWidth } from '../local/terminal/colours.ts';
import { printable } from '../local/terminal/printable.ts';
import { tableLines } from '../local/terminal/table.ts';
import type { Column } from '../local/terminal/table.ts';
import { wrapped } from '../local/terminal/words.ts';

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

/** What happened has so many columns, and goes on below when it is longer; its last words say how it ended. */
const whatWidth = 40;

/**
 * What happened, below the day on which it did; a change that does not fit beside has lines of its own, and so has the
 * cause where it is another than that of the line above.
 */
export function timelineTable(timeline: readonly TimelineEntry[]): readonly string[] {
  const columns: readonly Column[] = [
    { title: 'when' },
    { title: 'what', cut: 'end', maxWidth: whatWidth },
    { title: 'by', cut: 'end', maxWidth: 24 },
  ];
  const entries = timeline.map((entry, place) => {
    const [what = '', ...more] = wrapped(printable(entry.what), whatWidth);
    return {
      day: dayOf(entry.occurredAt),
      cells: [timeOf(entry.occurredAt), what, printable(entry.actor)],
      more: more.length === 0 ? [] : [more.join(' ')],
      change: printable(changeText(entry)),
      because: entry.cause === timeline[place - 1]?.cause ? [] : [`because of ${entry.cause}`],
    };
  });
  const [, rule = ''] = tableLines(
    columns,
    entries.map(({ cells }) => cells),
  );
  const room = lineWidth - visibleWidth(rule) - 2;
  const hasRoom = visibleWidth('change') <= room;
  const isBeside = (change: string): boolean => hasRoom && visibleWidth(change) <= room;
  return rowsWithMore(
    hasRoom ? [...columns, { title: 'change' }] : columns,
    entries.map(({ day, cells, more, change, because }) => ({
      day,
      cells: hasRoom ? [...cells, isBeside(change) ? change : ''] : cells,
      below: [...more, ...(change === '' || isBeside(change) ? [] : [change]), ...because],
    })),
  );
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
