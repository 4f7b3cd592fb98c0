import type { RecordingResource } from '../../../lambdas/shared/ports/recordings.ts';
import type { RecordingList } from '../../../lambdas/shared/ports/recording-list.ts';
import { scriptedFaults } from './scripted-faults.ts';
import type { ScriptedFaults } from './scripted-faults.ts';

export interface InMemoryRecordingList extends RecordingList, Pick<ScriptedFaults<'page'>, 'failNext'> {
  /** How many pages were asked for. */
  pagesAsked(): number;
}

/**
 * The recordings of an account by day: of `all`, each made when it began, newest first as Twilio gives them, so many to
 * a page.
 */
export function inMemoryRecordingList(all: () => readonly RecordingResource[], pageSize = 1000): InMemoryRecordingList {
  const faults = scriptedFaults<'page'>();
  let asked = 0;
  return {
    async page(accountSid, { from, to, alsoDeleted, page }) {
      asked += 1;
      faults.strike('page');
      const found = all()
        .filter((recording) => recording.accountSid === accountSid)
        .filter(({ status }) => alsoDeleted || status !== 'deleted')
        .filter(({ startedAt }) => startedAt !== undefined && startedAt >= from && startedAt < to)
        .sort((a, b) => (b.startedAt?.getTime() ?? 0) - (a.startedAt?.getTime() ?? 0));
      const start = Number(page ?? 0);
      const recordings = found.slice(start, start + pageSize);
      return { recordings, ...(start + pageSize < found.length && { nextPage: String(start + pageSize) }) };
    },
    pagesAsked: () => asked,
    failNext: faults.failNext,
  };
}
