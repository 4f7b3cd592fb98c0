import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const folder = 'src/services/twilio-api';
const home = createRequire(import.meta.filename)
  .resolve('@twilio/cli-core/package.json')
  .replace(/package\.json$/, '');

interface ApiDescription {
  readonly paths: Readonly<Record<string, PathItem>>;
}

type PathItem = Readonly<Record<string, Operation | undefined>>;

interface Operation {
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
}

interface Content {
  readonly examples?: Readonly<Record<string, { readonly value: Readonly<Record<string, unknown>> }>>;
}

/** The names of the properties in an example of Twilio's OpenAPI file, sorted; of the first item of `list` where one is named. */
export function exampleProperties(
  product: string,
  operation: {
    readonly method: 'get' | 'post';
    readonly path: string;
    readonly example: string;
    readonly list?: string;
  },
): readonly string[] {
  const described: ApiDescription = JSON.parse(readFileSync(`${home}${folder}/twilio_${product}.json`, 'utf8'));
  const responses = Object.values(described.paths[operation.path]?.[operation.method]?.responses ?? {});
  const examples = responses.map((one) => one.content?.['application/json']?.examples?.[operation.example]?.value);
  const found = examples.find((value) => value !== undefined);
  const list: unknown = operation.list === undefined ? [found] : found?.[operation.list];
  const item: unknown = Array.isArray(list) ? list[0] : undefined;
  if (typeof item !== 'object' || item === null)
    throw new Error(`no example ${operation.example} of ${operation.path}`);
  return Object.keys(item).sort();
}
