import { lineWriter } from './log.ts';
import type { LineWriter } from './log.ts';
import { measureWriter } from './metrics.ts';
import type { Measure } from './metrics.ts';

/** What a function says of itself: lines for people who search, numbers for alarms. */
export interface Reporter extends LineWriter {
  /** One number of the function's own, for example how many seconds a link took. */
  measure(measure: Measure): void;
}

/**
 * The reporter of one function; `functionName` is the one word for it everywhere (`enrich-task`).
 *
 * A settled message counts 1 in `messages`, with how long it waited and took. Its reason is a field of its line and no
 * metric: CloudWatch charges for each name, and Logs Insights counts reasons for nothing.
 */
export function reporter(functionName: string): Reporter {
  const lines = lineWriter(functionName);
  const measures = measureWriter(functionName);
  return {
    ...lines,
    settled(line) {
      lines.settled(line);
      measures(line.outcome, [
        { name: 'messages', unit: 'Count', value: 1 },
        { name: 'waitedSeconds', unit: 'Seconds', value: line.waitedSeconds },
        { name: 'tookMs', unit: 'Milliseconds', value: line.tookMs },
      ]);
    },
    answered(line) {
      lines.answered(line);
      measures(`${line.status}`, [
        { name: 'requests', unit: 'Count', value: 1 },
        { name: 'tookMs', unit: 'Milliseconds', value: line.tookMs },
      ]);
    },
    checkedCaller(line) {
      lines.checkedCaller(line);
      measures(line.outcome, [
        { name: 'checks', unit: 'Count', value: 1 },
        { name: 'tookMs', unit: 'Milliseconds', value: line.tookMs },
      ]);
    },
    ran(line) {
      lines.ran(line);
      const counts = Object.entries(line.counts).map(([name, value]) => ({ name, unit: 'Count' as const, value }));
      measures(line.outcome, [{ name: 'runs', unit: 'Count', value: 1 }, ...counts]);
    },
    measure: ({ outcome, ...measure }) => measures(outcome, [measure]),
  };
}
