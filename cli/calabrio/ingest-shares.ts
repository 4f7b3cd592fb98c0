/** A task that is over and has a recording, as far as Calabrio's taking it goes. */
export interface IngestedTask {
  /** What became of its link: ours in the place of another, ours where none was, or none of ours. */
  readonly link: 'replaced' | 'added' | 'untouched';
  /** From the task's end to the first COMPLETE, negative before the end; absent where none came. */
  readonly completeAfterSeconds?: number;
}

export interface IngestShare {
  readonly link: IngestedTask['link'];
  readonly tasks: number;
  readonly complete: number;
  /** Of those that were completed; absent where none was. */
  readonly medianSeconds?: number;
  readonly p95Seconds?: number;
}

/** How many tasks of each kind Calabrio completed and how late: whether replacing the link keeps it from taking them. */
export function ingestShares(tasks: readonly IngestedTask[]): readonly IngestShare[] {
  return (['replaced', 'added', 'untouched'] as const).map((link) => {
    const own = tasks.filter((task) => task.link === link);
    const delays = own.flatMap(({ completeAfterSeconds }) =>
      completeAfterSeconds === undefined ? [] : [completeAfterSeconds],
    );
    const medianSeconds = percentile(delays, 50);
    const p95Seconds = percentile(delays, 95);
    return {
      link,
      tasks: own.length,
      complete: delays.length,
      ...(medianSeconds !== undefined && { medianSeconds }),
      ...(p95Seconds !== undefined && { p95Seconds }),
    };
  });
}

/** The smallest value that so many percent do not exceed (nearest rank); undefined of nothing. */
function percentile(values: readonly number[], percent: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1];
}
