import { UsageError } from '../local/terminal/options.ts';

/** A file that was typed and has faults: `cause` has a line for each of them below its first. */
export function faultyFile(place: string, cause: Error): UsageError {
  const [first = '', ...details] = cause.message.split('\n');
  return new UsageError(`${place}: ${first}`, { cause, details });
}
