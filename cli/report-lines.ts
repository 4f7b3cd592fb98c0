import type { WrittenReport } from './day-reports.ts';
import { rowsWithMore } from './rows.ts';
import { findingKinds } from '../lambdas/shared/domain/reconcile/findings.ts';
import { counted } from '../local/terminal/words.ts';

/** A day's findings as a person reads them; every one has its line. */
export function reportLines({
  day,
  counts,
  totals,
  findings,
  orphanRecordings,
  queues,
}: WrittenReport): readonly string[] {
  return [
    `${day} UTC: ${counted(counts.atTwilio, 'recording')} at Twilio, ${counts.archived} archived, ${counted(counts.tasks, 'task')}, ${counted(counts.objects, 'object')}`,
    '',
    ...rowsWithMore(
      [{ title: 'finding' }, { title: 'count', align: 'right' }],
      findingKinds.map((kind) => ({ cells: [kind, String(totals[kind])], below: [] })),
    ),
    ...section(
      rowsWithMore(
        [{ title: 'finding' }, { title: 'of' }, { title: 'why' }],
        [
          ...findings.map(({ kind, sid, why }) => ({ cells: [kind, sid, why], below: [] })),
          ...orphanRecordings.map((sid) => ({ cells: ['orphan-recording', sid, 'no-task'], below: [] })),
        ],
      ),
    ),
    ...section(
      rowsWithMore(
        [
          ...[{ title: 'queue' }, { title: 'tasks', align: 'right' as const }],
          ...[{ title: 'recorded', align: 'right' as const }, { title: 'wanted' }, { title: '' }],
        ],
        queues.map(({ queueSid, tasks, recorded, wantedPercent, isGap }) => ({
          cells: [
            ...[queueSid, String(tasks), String(recorded)],
            ...[wantedPercent === undefined ? '' : `${wantedPercent} %`, isGap ? 'gap' : ''],
          ],
          below: [],
        })),
      ),
    ),
    ...(counts.resent === 0 ? [] : ['', `${counted(counts.resent, 'recording')} sent to be archived`]),
  ];
}

function section(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

/** True where somebody must look: sound without a copy, a stranger's deletion, an object of nobody, a gap. */
export function needsAPerson({ totals, queues }: WrittenReport): boolean {
  const bad = totals['missing-archive'] + totals['gone-external'] + totals['orphan-object'];
  return bad > 0 || queues.some(({ isGap }) => isGap);
}
