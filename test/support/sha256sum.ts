import { execFileSync } from 'node:child_process';

/** Of coreutils: another tool than the code under test. */
const tool = 'sha256sum';

/** Lower-case hex. */
export function sha256Of(text: string): string {
  return execFileSync(tool, { input: text }).toString().slice(0, 64);
}

/** Checks the `SHA256SUMS` of a folder; gives the names in it. @throws when a file is not there or not what it says. */
export function checkSums(dir: string): readonly string[] {
  const lines = execFileSync(tool, ['--check', '--strict', 'SHA256SUMS'], { cwd: dir })
    .toString()
    .trimEnd()
    .split('\n');
  return lines.map((line) => line.replace(/: OK$/, ''));
}
