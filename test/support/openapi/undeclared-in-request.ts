import { jsonOf } from '../../../lambdas/shared/messages/json-text.ts';
import { isList, isRecord, itemsOf, propertyOf } from './operation.ts';
import type { Operation, Schema } from './operation.ts';

/** A request as it came over the wire. */
export interface SentRequest {
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Of HTTP itself and of clients that say who they are; they mean the same to every operation. */
const OF_HTTP = new Set([
  ...['accept', 'accept-charset', 'accept-encoding', 'accept-language', 'authorization', 'cache-control', 'connection'],
  ...['content-length', 'content-type', 'host', 'pragma', 'sec-fetch-mode', 'transfer-encoding', 'user-agent'],
]);

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

/**
 * What a request says that its operation does not declare, as facts to read: query parameters, headers, form fields,
 * JSON properties at any depth. Prism passes over all of them (5.14), although to Twilio a misspelt name is a wish
 * that it never heard.
 */
export function undeclaredInRequest(operation: Operation, request: SentRequest): readonly string[] {
  const { query = [], headers = [] } = operation.request ?? {};
  return [
    ...undeclaredFields('query parameter', request.query, {
      declares: (name) => query.some((parameter) => parameter.name === name),
      repeats: (name) => isList(query.find((parameter) => parameter.name === name)?.schema),
    }),
    ...Object.keys(request.headers)
      .filter((name) => !OF_HTTP.has(name) && !headers.some((declared) => declared.name.toLowerCase() === name))
      .map((name) => `header ${name} is not declared`),
    ...undeclaredInBody(operation, request),
  ];
}

function undeclaredInBody(operation: Operation, { body, headers }: SentRequest): readonly string[] {
  if (body === '') return [];
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  const contents = operation.request?.body?.contents ?? [];
  const schema = contents.find((content) => content.mediaType === type)?.schema;
  if (contents.length === 0) return ['a body is not declared'];
  if (type !== FORM) return undeclaredProperties(isOpen(schema) ? answersSchema(operation) : schema, jsonOf(body), '');
  return undeclaredFields('form field', new URLSearchParams(body), {
    declares: (name) => schema?.properties?.[name] !== undefined,
    repeats: (name) => isList(propertyOf(schema, name)),
  });
}

/** Flex's configuration is declared to take an object of which nothing is declared; it is the one that is answered. */
const isOpen = (schema: Schema | undefined): boolean => Object.keys(schema?.properties ?? {}).length === 0;
const answersSchema = ({ responses }: Operation): Schema | undefined =>
  responses.find(({ code }) => code.startsWith('2'))?.contents?.find((one) => one.mediaType === JSON_TYPE)?.schema;

interface Fields {
  readonly declares: (name: string) => boolean;
  readonly repeats: (name: string) => boolean;
}

function undeclaredFields(kind: string, given: URLSearchParams, { declares, repeats }: Fields): readonly string[] {
  return [...new Set(given.keys())].flatMap((name) => {
    if (!declares(name)) return [`${kind} ${name} is not declared`];
    return given.getAll(name).length > 1 && !repeats(name) ? [`${kind} ${name} is given more than once`] : [];
  });
}

function undeclaredProperties(schema: Schema | undefined, value: unknown, path: string): readonly string[] {
  if (Array.isArray(value))
    return value.flatMap((item, place) => undeclaredProperties(itemsOf(schema), item, `${path}[${place}]`));
  // Without properties the file leaves open what is in it.
  if (!isRecord(value) || schema?.properties === undefined) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = path === '' ? name : `${path}.${name}`;
    if (schema.properties?.[name] === undefined) return [`JSON property ${at} is not declared`];
    return undeclaredProperties(propertyOf(schema, name), inner, at);
  });
}
