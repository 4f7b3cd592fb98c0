import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { UsageError } from '../local/terminal/options.ts';

/**
 * Asks the person who typed the command; only `y` and `yes` are yes.
 *
 * @throws {UsageError} where nobody sits there: a script says `--yes`.
 */
export async function ask(
  question: string,
  from: { readonly stdin: Readable; readonly write: (text: string) => void },
): Promise<boolean> {
  if (!('isTTY' in from.stdin) || from.stdin.isTTY !== true)
    throw new UsageError(`${question} Nobody can be asked, as standard input is no terminal: type --yes to say it`);
  from.write(`${question} [y/N] `);
  const lines = createInterface({ input: from.stdin });
  for await (const line of lines) return /^y(es)?$/i.test(line.trim());
  return false;
}
