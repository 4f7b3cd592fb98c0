import { compareText } from '../shared/domain/compare-text.ts';
import type { TaskEnrichment, TaskRecord } from '../shared/domain/task-record.ts';

/** Of paths that are lacking now and cannot be written any more, those that nobody has counted, wrote or observed in time. */
export function newlyLate({ enrichment }: TaskRecord, latePaths: readonly string[]): readonly string[] {
  const known = new Set([...(enrichment?.latePaths ?? []), ...(enrichment?.paths ?? [])]);
  return latePaths.filter((path) => !known.has(path));
}

/** The enrichment with what was added: paths only ever join, whatever the order, and writes add up; undefined while there is nothing to say. */
export function enrichmentAfter(
  { enrichment }: TaskRecord,
  added: {
    readonly mode: TaskEnrichment['mode'];
    readonly paths: readonly string[];
    readonly latePaths: readonly string[];
    /** True where the paths were written just now. */
    readonly isWritten?: boolean;
    readonly at: Date;
  },
): TaskEnrichment | undefined {
  if (added.paths.length === 0 && added.latePaths.length === 0) return enrichment;
  const latePaths = joined(enrichment?.latePaths, added.latePaths);
  const writes = (enrichment?.writes ?? 0) + (added.isWritten === true ? 1 : 0);
  return {
    mode: added.mode,
    paths: joined(enrichment?.paths, added.paths),
    ...(latePaths.length > 0 && { latePaths }),
    ...(writes > 0 && { writes }),
    at: enrichment !== undefined && enrichment.at > added.at ? enrichment.at : added.at,
  };
}

function joined(before: readonly string[] | undefined, more: readonly string[]): readonly string[] {
  return [...new Set([...(before ?? []), ...more])].sort(compareText);
}
