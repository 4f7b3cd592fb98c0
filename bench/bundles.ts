import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const repository = join(import.meta.dirname, '..');

/** One function's bundle, as it is deployed. */
export interface Bundle {
  readonly functionName: string;
  readonly file: string;
  readonly sizeBytes: number;
  /** The sources in it, relative to the repository. */
  readonly inputs: readonly string[];
}

/** Every function of the repository: the folders of lambdas/ that have a door. @throws {Error} when there is none. */
export function functionNames(): readonly string[] {
  const lambdas = join(repository, 'lambdas');
  const names = readdirSync(lambdas).filter((name) => existsSync(join(lambdas, name, 'index.ts')));
  if (names.length === 0) throw new Error(`no folder of ${lambdas} has an index.ts`);
  return names.toSorted();
}

/** What a bundle may weigh, minified, where it is more than what is enough for a function with a client or two. */
const largeBudgetsBytes: ReadonlyMap<string, number> = new Map([
  // Three SDK clients.
  ['archive-recording', 850_000],
  // JSONata and the phone numbers of every country.
  ['enrich-task', 900_000],
]);

/** What a bundle may weigh, minified: 700 kB unless the list above says more. */
export function budgetBytes(functionName: string): number {
  return largeBudgetsBytes.get(functionName) ?? 700_000;
}

/**
 * Bundles a function into `directory` with the options of `lib/constructs/bundled-function.ts`. That they are the same
 * is held by test/infra/bundle-budget.test.ts, which compares the bytes with those of the synthesized assets.
 */
export async function bundleFunction(functionName: string, directory: string): Promise<Bundle> {
  return bundleEntry(functionName, join(repository, 'lambdas', functionName, 'index.ts'), directory);
}

/** The same for any entry file; for the empty function that the others are measured against. */
export async function bundleEntry(functionName: string, entry: string, directory: string): Promise<Bundle> {
  const file = join(directory, functionName, 'index.js');
  const { metafile } = await build({
    absWorkingDir: repository,
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
  });
  const output = Object.entries(metafile.outputs).find(([path]) => path.endsWith('.js'))?.[1];
  if (output === undefined) throw new Error(`esbuild made no output for ${functionName}`);
  return { functionName, file, sizeBytes: output.bytes, inputs: Object.keys(metafile.inputs) };
}

/** The files of the twilio package in a bundle beyond its signature check; there must be none. */
export function twilioRootInputs(bundle: Bundle): readonly string[] {
  return bundle.inputs.filter(
    (input) => /(^|\/)node_modules\/twilio\//.test(input) && !/\/twilio\/lib\/webhooks\/webhooks\.js$/.test(input),
  );
}
