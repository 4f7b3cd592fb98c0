import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

/** What the synthesized templates and bundles are made of; a change in any of it makes another assembly. */
const sources = ['bin', 'lib', 'lambdas', 'config', 'cdk.json', 'package-lock.json', 'tsconfig.json'];

/** Assemblies beside the newest that are kept, for those who go back and forth between two states. */
const keptAssemblies = 4;

const cdkJsonSchema = z.object({ context: z.record(z.string(), z.unknown()) });

interface AssemblyRequest {
  readonly repositoryDir: string;
  readonly stageName: string;
  readonly cacheDir: string;
  readonly onSynth?: () => void;
}

/**
 * The stage's cloud assembly, the same that `cdk deploy` would take: synthesized when the sources have changed since,
 * else as it lies in the cache. Two runs at once do not disturb each other.
 *
 * @throws {Error} with what the CDK printed, when the synthesis fails.
 */
export async function stageAssembly({ repositoryDir, stageName, cacheDir, onSynth }: AssemblyRequest): Promise<string> {
  const assemblyDir = join(cacheDir, `${stageName}-${sourceHash(repositoryDir).slice(0, 16)}`);
  if (existsSync(join(assemblyDir, 'manifest.json'))) return assemblyDir;
  onSynth?.();
  mkdirSync(cacheDir, { recursive: true });
  const unfinished = `${assemblyDir}.${process.pid}`;
  await synthesize(repositoryDir, stageName, unfinished);
  putInPlace(unfinished, assemblyDir);
  removeOld(cacheDir, assemblyDir);
  return assemblyDir;
}

/** Whoever is second throws its own away: both are of the same sources. */
function putInPlace(unfinished: string, assemblyDir: string): void {
  try {
    renameSync(unfinished, assemblyDir);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(join(assemblyDir, 'manifest.json'))) throw error;
  }
}

function sourceHash(repositoryDir: string): string {
  const hash = createHash('sha256').update(process.version);
  const add = (path: string): void => {
    const full = join(repositoryDir, path);
    if (!existsSync(full)) return;
    hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
  };
  for (const source of sources) {
    const full = join(repositoryDir, source);
    if (source.includes('.')) add(source);
    else if (existsSync(full)) {
      const files = readdirSync(full, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(repositoryDir.length + 1));
      paths.sort().forEach(add);
    }
  }
  return hash.digest('hex');
}

/** Runs the CDK app as the CDK's command line does, with the context of cdk.json: its feature flags change the templates. */
async function synthesize(repositoryDir: string, stageName: string, outDir: string): Promise<void> {
  const cdkJson = cdkJsonSchema.parse(JSON.parse(readFileSync(join(repositoryDir, 'cdk.json'), 'utf8')));
  const child = spawn(process.execPath, ['bin/app.ts'], {
    cwd: repositoryDir,
    env: {
      ...process.env,
      CDK_OUTDIR: outDir,
      CDK_CONTEXT_JSON: JSON.stringify({ ...cdkJson.context, stage: stageName }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const keep = (chunk: string): void => void (printed += chunk);
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (exitCode === 0) return;
  rmSync(outDir, { recursive: true, force: true });
  throw new Error(`the stage "${stageName}" cannot be synthesized (exit ${exitCode}):\n${printed.trim()}`);
}

/** Removes all but the assemblies made last: one that a run still uses is among them. */
function removeOld(cacheDir: string, newest: string): void {
  const others = readdirSync(cacheDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(cacheDir, entry.name))
    .filter((path) => path !== newest && existsSync(join(path, 'manifest.json')))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  for (const old of others.slice(keptAssemblies)) rmSync(old, { recursive: true, force: true });
}
