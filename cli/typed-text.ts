import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { UsageError } from '../local/terminal/options.ts';

/** More is no task, no worker, no event and no configuration. */
const maxCharacters = 5_000_000;

/**
 * The text of the file that was typed, or of standard input for `-`, without a byte order mark.
 *
 * @throws {UsageError} when the file cannot be read or is too large.
 */
export async function typedText(word: string, stdin: Readable, mostCharacters = maxCharacters): Promise<string> {
  const read = word === '-' ? await text(stdin) : await fileText(word);
  if (read.length > mostCharacters)
    throw new UsageError(`${word} has ${read.length} characters: at most ${mostCharacters} are taken`);
  return read.replace(/^\uFEFF/, '');
}

async function fileText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`${path} cannot be read (${codeOf(cause)}): name a file, or - for standard input`, { cause });
  }
}

function codeOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'unknown';
}
