import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { parseJson, type Json, type JsonObject } from './json.ts';

/** One stack of a synthesized assembly, as it lies on the disk. */
export interface Stack {
  readonly name: string;
  /** Absent when the stack was synthesized for any account or region. */
  readonly accountId?: string;
  readonly region?: string;
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly parameters: ReadonlyMap<string, TemplateParameter>;
  readonly conditions: JsonObject;
  /** Where a file asset lies, by the object key it would be uploaded under. @throws {Error} for a key that is not there. */
  assetPath(objectKey: string): string;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: JsonObject | undefined;
  readonly Condition?: string | undefined;
}

export interface TemplateParameter {
  readonly Type: string;
  readonly Default?: string | number | undefined;
}

const json = z.custom<Json>();
const jsonObject = z.record(z.string(), json);

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.optional(z.string()),
      properties: z.optional(z.looseObject({})),
    }),
  ),
});

const stackPropertiesSchema = z.object({ templateFile: z.string(), stackName: z.optional(z.string()) });
const nestedPropertiesSchema = z.object({ directoryName: z.string() });
const assetsSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.optional(z.string()), packaging: z.optional(z.string()) }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});
const templateSchema = z.object({
  Resources: z._default(
    z.record(
      z.string(),
      z.object({ Type: z.string(), Properties: z.optional(jsonObject), Condition: z.optional(z.string()) }),
    ),
    {},
  ),
  Parameters: z._default(
    z.record(z.string(), z.object({ Type: z.string(), Default: z.optional(z.union([z.string(), z.number()])) })),
    {},
  ),
  Conditions: z._default(jsonObject, {}),
});

const readJson = (path: string): Json => parseJson(readFileSync(path, 'utf8'), path);

/**
 * Reads the stacks of a synthesized assembly (`cdk synth --output`), those of nested stages included.
 *
 * @throws {Error} when the directory holds no assembly.
 */
export function readAssembly(assemblyDir: string): readonly Stack[] {
  const manifestPath = join(assemblyDir, 'manifest.json');
  if (!existsSync(manifestPath))
    throw new Error(`no assembly in ${assemblyDir}: wanted manifest.json; synthesize it first`);
  const { artifacts } = manifestSchema.parse(readJson(manifestPath));
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    if (artifact.type === 'cdk:cloud-assembly')
      return readAssembly(join(assemblyDir, nestedPropertiesSchema.parse(artifact.properties).directoryName));
    if (artifact.type !== 'aws:cloudformation:stack') return [];
    const { templateFile, stackName } = stackPropertiesSchema.parse(artifact.properties);
    return [readStack(assemblyDir, stackName ?? id, templateFile, artifact.environment)];
  });
}

function readStack(dir: string, name: string, templateFile: string, environment: string | undefined): Stack {
  const template = templateSchema.parse(readJson(join(dir, templateFile)));
  const [, accountId, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(environment ?? '') ?? [];
  return {
    name,
    ...(accountId && accountId !== 'unknown-account' && { accountId }),
    ...(region && region !== 'unknown-region' && { region }),
    resources: new Map(Object.entries(template.Resources)),
    parameters: new Map(Object.entries(template.Parameters)),
    conditions: template.Conditions,
    assetPath: assetFinder(dir, templateFile.replace(/\.template\.json$/, '.assets.json')),
  };
}

function assetFinder(dir: string, assetsFile: string): (objectKey: string) => string {
  const assetsPath = join(dir, assetsFile);
  const { files } = existsSync(assetsPath) ? assetsSchema.parse(readJson(assetsPath)) : { files: {} };
  const pathByKey = new Map(
    Object.values(files).flatMap((file) =>
      Object.values(file.destinations).map((destination): [string, string | undefined] => [
        destination.objectKey,
        file.source.path,
      ]),
    ),
  );
  return (objectKey) => {
    const path = pathByKey.get(objectKey);
    if (path === undefined) throw new Error(`${assetsFile} has no asset with the object key ${objectKey}`);
    return join(dir, path);
  };
}
