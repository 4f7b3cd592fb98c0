import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { runCli } from '../../../../cli/run-cli.ts';

const directories: string[] = [];

/** The path of a new file that holds this; JSON, unless it is a text. */
export function fileOf(content: unknown): string {
  const directory = mkdtempSync(join(tmpdir(), 'dry-run-'));
  directories.push(directory);
  const path = join(directory, 'typed.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

export function removeFiles(): void {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
}

/** What a person who types this sees, at 08:00 on 20 November 2026; to connect to a pipeline is a fault. */
export async function runOffline(
  typed: readonly string[],
  has: { readonly stdin?: string; readonly isTty?: boolean } = {},
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const screen = (lines: string[]) => ({
    isTty: has.isTty ?? false,
    columns: 80,
    write: (text: string) => void lines.push(text),
  });
  const code = await runCli({
    typed,
    stdout: screen(out),
    stderr: screen(err),
    stdin: Readable.from([has.stdin ?? '']),
    noColor: '1',
    now: () => new Date('2026-11-20T08:00:00Z'),
    connect: async () => {
      throw new Error('a dry run asks no pipeline');
    },
  });
  return { code, out: out.join(''), err: err.join('') };
}
