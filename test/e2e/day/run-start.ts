import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const repositoryDir = join(import.meta.dirname, '../../..');

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the repository's programs to its end. */
export async function runToEnd(program: string, typed: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...typed], { cwd: repositoryDir, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { exitCode, stdout, stderr };
}

export interface RunningCloud {
  /** The first line it printed. */
  readonly firstLine: string;
  /** Ctrl-C; resolves to the exit code. */
  interrupt(): Promise<number | null>;
}

/** Starts the cloud alone and waits for its first line. */
export async function startCloudAlone(typed: readonly string[]): Promise<RunningCloud> {
  const child = spawn(process.execPath, ['local/start.ts', '--no-sample', '--json', ...typed], {
    cwd: repositoryDir,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  for await (const firstLine of createInterface({ input: child.stdout })) {
    return {
      firstLine,
      interrupt() {
        child.kill('SIGINT');
        return ended;
      },
    };
  }
  throw new Error(`the cloud ended with ${await ended} before it was ready`);
}

/** A directory of its own for one suite, removed at its end. */
export function dataDirFor(name: string): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The last line of what a program printed, as JSON. */
export function lastJsonLine(stdout: string): Readonly<Record<string, unknown>> {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}
