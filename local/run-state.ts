import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { UsageError } from './terminal/options.ts';

/** What a local cloud says of itself in its data directory, so that the operator's commands find it. */
const runStateSchema = z.object({
  v: z.literal(1),
  pid: z.number(),
  startedAt: z.iso.datetime(),
  stageName: z.string(),
  aws: z.object({
    url: z.url(),
    region: z.string(),
    accountId: z.string(),
    accessKeyId: z.string(),
    secretAccessKey: z.string(),
  }),
  /** The policy as the run's functions have it, overlay and all: JSON. */
  policy: z.optional(z.string()),
  /** The Twilio that its functions ask. Absent in what an older run left. */
  twilioUrl: z.optional(z.url()),
  /** The Calabrio that they ask; absent where they ask the one that the stage names. */
  calabrioUrl: z.optional(z.url()),
  /** Answers `POST /reconcile` and `GET /tasks/{WT}/attributes` while the cloud runs, to those who know the token. */
  control: z.object({ url: z.url(), token: z.string() }),
});

export type RunState = z.infer<typeof runStateSchema>;

const stateFile = 'state.json';
const lastRunFile = 'last-run.json';

/** The project's own place for what runs leave: assemblies, the last run's data. Git ignores it. */
export function localDir(repositoryDir: string): string {
  return join(repositoryDir, '.local');
}

/** A run's queues and secrets hold what a real one's would. */
const ownerOnly = 0o700;

/**
 * The data directory of this run: the one that was asked for, or a fresh one below `.local/runs`. Directories of
 * earlier runs that have ended are removed, so that at most the last one's data stays.
 */
export function openRunDir(repositoryDir: string, asked: string | undefined): string {
  if (asked !== undefined) {
    makeDir(asked);
    return asked;
  }
  const runsDir = join(localDir(repositoryDir), 'runs');
  mkdirSync(runsDir, { recursive: true });
  for (const name of readdirSync(runsDir)) {
    // A container hands out the same ids again: what lies under our own is an earlier run's.
    if (!isAlive(Number(name)) || name === String(process.pid))
      rmSync(join(runsDir, name), { recursive: true, force: true });
  }
  const dir = join(runsDir, String(process.pid));
  mkdirSync(dir, { mode: ownerOnly });
  return dir;
}

/** @throws {UsageError} when no directory can be there. */
function makeDir(asked: string): void {
  try {
    mkdirSync(asked, { recursive: true, mode: ownerOnly });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'for no known reason';
    throw new UsageError(`--data ${asked} cannot be a directory (${code}): name one that can be made or written to`, {
      cause,
    });
  }
}

/** Only the owner may read it: it holds the local cloud's keys. */
export function writeRunState(repositoryDir: string, dataDir: string, state: RunState): void {
  writeFileSync(join(dataDir, stateFile), `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
  mkdirSync(localDir(repositoryDir), { recursive: true });
  writeFileSync(join(localDir(repositoryDir), lastRunFile), `${JSON.stringify({ dataDir })}\n`);
}

/** The data directory of the local cloud that was started last from here; undefined when there was none. */
export function lastRunDir(repositoryDir: string): string | undefined {
  const path = join(localDir(repositoryDir), lastRunFile);
  if (!existsSync(path)) return undefined;
  const { dataDir } = z.object({ dataDir: z.string() }).parse(JSON.parse(readFileSync(path, 'utf8')));
  return existsSync(join(dataDir, stateFile)) ? dataDir : undefined;
}

/** @throws when the directory is not a local cloud's. */
export function readRunState(dataDir: string): RunState | undefined {
  const path = join(dataDir, stateFile);
  return existsSync(path) ? runStateSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

/** True while a process with this id runs, whoever's it is. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const attributesFile = 'last-attributes.json';

/** The attributes each task had last, by SID: what Insights would have, when Twilio has long forgotten the task. */
export function writeLastAttributes(dataDir: string, attributes: ReadonlyMap<string, string>): void {
  writeFileSync(join(dataDir, attributesFile), JSON.stringify(Object.fromEntries(attributes)), { mode: 0o600 });
}

export function readLastAttributes(dataDir: string, taskSid: string): string | undefined {
  const path = join(dataDir, attributesFile);
  if (!existsSync(path)) return undefined;
  return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(path, 'utf8')))[taskSid];
}
