import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import cliCore from '@twilio/cli-core/package.json' with { type: 'json' };
import { asShown } from './as-shown.ts';
import { isRecord } from './operation.ts';
import type { Operation } from './operation.ts';

const root = join(import.meta.dirname, '../../..');
const TWILIO_FILES = join(root, 'node_modules/@twilio/cli-core/src/services/twilio-api');
const PROSE_FILE = join(root, 'test/fixtures/openapi/described-in-prose.json');

/**
 * Twilio's files that are loaded. Requests name no host here, so where two products have the same path, the one that
 * stands first is meant: `/v1/Configuration` is Flex's and not Conversations'.
 */
const PRODUCTS = ['taskrouter_v1', 'api_v2010', 'flex_v1', 'conversations_v1', 'events_v1', 'accounts_v1'] as const;

/** Where the few operations stand that Twilio describes in words alone, each with the page that does. */
const PROSE = 'described-in-prose';

export interface DeclaredOperations {
  readonly operations: readonly Operation[];
  /** `taskrouter_v1 UpdateTask POST /v1/Workspaces/{WorkspaceSid}/Tasks/{Sid}` */
  nameOf(operation: Operation): string;
}

let loaded: Promise<DeclaredOperations> | undefined;

/** Every operation that the files declare; they are read once in a process, which takes about half a second. */
export function declaredOperations(): Promise<DeclaredOperations> {
  loaded ??= load();
  return loaded;
}

/** `@twilio/cli-core 8.3.2`: where the files are from. */
export const originOfFiles = `${cliCore.name} ${cliCore.version}`;

/** The name of the file that declares it, of an operation's whole name. */
export const fileOf = (operationName: string): string => operationName.split(' ', 1)[0] ?? '';

/** Whether Twilio itself declares it for machines. */
export const isOfTwilioFile = (operationName: string): boolean => fileOf(operationName) !== PROSE;

async function load(): Promise<DeclaredOperations> {
  const names = new Map<Operation, string>();
  const taken = new Set<string>();
  for (const [file, path] of [
    ...PRODUCTS.map((product) => [product, join(TWILIO_FILES, `twilio_${product}.json`)] as const),
    [PROSE, PROSE_FILE] as const,
  ])
    for (const operation of await getHttpOperationsFromSpec(readObject(path))) {
      const place = `${operation.method.toUpperCase()} ${operation.path}`;
      const shape = place.replaceAll(/\{[^}]+\}/g, '{}');
      if (taken.has(shape)) continue;
      taken.add(shape);
      names.set(asShown(operation), `${file} ${operation.iid ?? ''} ${place}`);
    }
  return { operations: [...names.keys()], nameOf: (operation) => names.get(operation) ?? operation.path };
}

function readObject(path: string): object {
  const read: unknown = JSON.parse(readFileSync(path, 'utf8'), (key, value: unknown) =>
    key === 'application/x-www-form-urlencoded' && isRecord(value) ? withLists(value) : value,
  );
  if (!isRecord(read)) throw new Error(`${path} holds no JSON object`);
  return read;
}

/** A list in a form is one field for each item, unless the file says otherwise; that default of OpenAPI's Prism forgets. */
function withLists(form: Readonly<Record<string, unknown>>): object {
  const { schema, encoding } = form;
  const properties = isRecord(schema) && isRecord(schema['properties']) ? schema['properties'] : {};
  const lists = Object.keys(properties).filter((name) => {
    const property = properties[name];
    return isRecord(property) && property['type'] === 'array';
  });
  const usual = { style: 'form', explode: true, allowReserved: true };
  return {
    ...form,
    encoding: { ...Object.fromEntries(lists.map((name) => [name, usual])), ...(isRecord(encoding) && encoding) },
  };
}
