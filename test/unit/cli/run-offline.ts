import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { run } from './run-typed.ts';

const directories: string[] = [];

/** The path of a new file that holds this; JSON, unless it is a text or bytes. */
export function fileOf(content: unknown): string {
  const directory = mkdtempSync(join(tmpdir(), 'typed-'));
  directories.push(directory);
  const path = join(directory, 'typed.json');
  writeFileSync(path, typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content));
  return path;
}

export function removeFiles(): void {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
}

/** What a person who types this sees; to connect to a pipeline is a fault. */
export function runOffline(
  typed: readonly string[],
  { stdin = '', isTty = false }: { readonly stdin?: string | Buffer; readonly isTty?: boolean } = {},
): ReturnType<typeof run> {
  return run(typed, new Error('this command asks no pipeline'), { stdin: Readable.from([stdin]), isTty });
}
