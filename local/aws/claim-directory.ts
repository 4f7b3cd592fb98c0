import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Claims a directory for this process, so that no second stand-in writes into it or clears it up meanwhile; returns how
 * to give it back. A claim that a killed process left behind counts for nothing.
 *
 * @throws {Error} when a living process holds it, with that process's id.
 */
export function claimDirectory(directory: string): () => void {
  const file = join(directory, 'in-use-by');
  const holder = holderOf(file);
  if (holder !== undefined && isAlive(holder)) {
    throw new Error(`${directory} is in use by process ${holder}; stop that run or choose another directory`);
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function holderOf(file: string): number | undefined {
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
}

/** Signal 0 asks without disturbing; EPERM means that it lives and is somebody else's. */
function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM';
  }
}
