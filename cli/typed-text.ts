import { constants } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { UsageError } from '../local/terminal/options.ts';

/** More is no task, no worker, no event and no configuration. */
const maxCharacters = 5_000_000;

/**
 * The text of the file that was typed, or of standard input for `-`, without a byte order mark.
 *
 * @throws {UsageError} when the file cannot be read, is too large or is UTF-16, as some editors and shells of Windows save.
 */
export async function typedText(word: string, stdin: Readable, mostCharacters = maxCharacters): Promise<string> {
  const bytes = word === '-' ? await buffer(stdin) : await fileBytes(word);
  if (isUtf16(bytes)) throw new UsageError(`${word} is UTF-16: UTF-8 is wanted; save it as UTF-8`);
  // What makes no text at all in Node would fail here instead of being told.
  if (bytes.length > constants.MAX_STRING_LENGTH)
    throw new UsageError(`${word} has ${bytes.length} bytes: at most ${mostCharacters} characters are taken`);
  const read = bytes.toString('utf8');
  if (read.length > mostCharacters)
    throw new UsageError(`${word} has ${read.length} characters: at most ${mostCharacters} are taken`);
  return read.replace(/^\uFEFF/, '');
}

/** By its byte order mark, which no text in UTF-8 begins with. */
function isUtf16([first, second]: Buffer): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

async function fileBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new UsageError(`${path} cannot be read (${codeOf(cause)}): name a file, or - for standard input`, { cause });
  }
}

function codeOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'unknown';
}
