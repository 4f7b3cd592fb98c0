import { UsageError } from '../local/terminal/options.ts';
import type { TypedOptions } from '../local/terminal/options.ts';

/** The one SID that was typed. @throws {UsageError} for none, for more, and for what is no SID. */
export function oneSid(command: string, { words }: TypedOptions): string {
  const [sid, ...others] = words;
  if (sid === undefined || others.length > 0) throw new UsageError(`${command} wants one SID: ${command} <sid>`);
  if (!/^[A-Z]{2}[0-9a-f]{32}$/.test(sid)) {
    throw new UsageError(`"${sid}" is no SID: two capital letters and 32 lower-case hex digits are wanted`);
  }
  return sid;
}
