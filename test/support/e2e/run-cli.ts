import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { PipelineRun } from './pipeline-run.ts';

const repositoryDir = join(import.meta.dirname, '../../..');

/**
 * What a person types after `npm run cli --`, typed against the run, with `--json`: its exit code and its answer, which
 * is undefined when there is none. Time does not jump meanwhile: a person's command takes seconds.
 */
export async function runCli(
  { clock, dataDir }: PipelineRun,
  typed: readonly string[],
  stdin = '',
): Promise<{ readonly exitCode: number | null; readonly answer: unknown; readonly stderr: string }> {
  const release = clock.busy();
  const child = spawn(process.execPath, ['cli/main.ts', ...typed, '--json', '--data', dataDir], {
    cwd: repositoryDir,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A command that reads nothing may be gone before it is written.
  child.stdin.on('error', () => undefined).end(stdin);
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    const lastLine = stdout.trimEnd().split('\n').at(-1) ?? '';
    return { exitCode, answer: lastLine === '' ? undefined : JSON.parse(lastLine), stderr };
  } finally {
    release();
  }
}
