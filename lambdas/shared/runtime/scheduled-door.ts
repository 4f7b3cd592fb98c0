import { describeError } from './describe-error.ts';
import type { Invocation } from './queue-worker.ts';
import type { Reporter } from './reporter.ts';

/** What a run may know of its time. */
export interface RunContext {
  readonly startedAt: Date;
  /** When the function is killed; a run that has more to do stops before it and leaves the rest to the next run. */
  readonly deadlineAt: Date;
}

export interface ScheduledParts {
  /**
   * One run; resolves to how many of what it did, by names of ours: they become fields of the log line and metrics. The
   * event is what the schedule, or an operator, said of it; nothing in it may be believed to be there.
   */
  readonly run: (context: RunContext, event: unknown) => Promise<Readonly<Record<string, number>>>;
  readonly report: Pick<Reporter, 'ran'>;
  readonly now: () => Date;
}

/** Says that a scheduled run failed, and nothing of what it was working on. */
export class RunFailedError extends Error {
  override readonly name = 'RunFailedError';
}

/**
 * The Lambda handler of a schedule. It answers with the run's counts, for an operator who invoked it.
 *
 * @throws {RunFailedError} after the run's own error was reported, so that Lambda counts an error and tries the run
 *   again; a run must therefore be repeatable. The run's error itself is not thrown on: Lambda would print all of it.
 */
export function scheduledDoor(
  parts: () => Promise<ScheduledParts>,
): (event: unknown, invocation: Invocation) => Promise<Readonly<Record<string, number>>> {
  return async (event, invocation) => {
    const has = await parts();
    const startedAt = has.now();
    const deadlineAt = new Date(startedAt.getTime() + invocation.getRemainingTimeInMillis());
    const tookMs = (): number => has.now().getTime() - startedAt.getTime();
    try {
      const counts = await has.run({ startedAt, deadlineAt }, event);
      has.report.ran({ outcome: 'done', tookMs: tookMs(), counts });
      return counts;
    } catch (error) {
      const described = describeError(error);
      has.report.ran({ outcome: 'failed', tookMs: tookMs(), counts: {}, error: described });
      throw new RunFailedError(`the run failed with ${described.name}; see its run.ended line`);
    }
  };
}
