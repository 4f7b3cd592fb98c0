import type { IncomingMessage } from 'node:http';
import { AwsError } from '../aws-error.ts';

/** A request as it came, with its URL taken apart but nothing in it decoded that the signature covers. */
export interface AwsRequest {
  readonly method: string;
  /** Percent-encoded, as sent, without the query. */
  readonly rawPath: string;
  /** In the order sent; names and values decoded. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly incoming: IncomingMessage;
  /** Lets a client that sent `Expect: 100-continue` go on; does nothing for others. */
  readonly letBodyCome: () => void;
  /** Whether the client still waits for leave to send its body, so that nothing more can be said on the connection. */
  readonly holdsBodyBack: () => boolean;
}

/** `sayContinue`, when given, is how a client that waits for it is let go on. */
export function awsRequest(incoming: IncomingMessage, sayContinue?: () => void): AwsRequest {
  const target = incoming.url ?? '/';
  const mark = target.indexOf('?');
  const rawPath = mark === -1 ? target : target.slice(0, mark);
  const rawQuery = mark === -1 ? '' : target.slice(mark + 1);
  let waits = sayContinue !== undefined;
  return {
    method: incoming.method ?? 'GET',
    rawPath,
    query: parseQuery(rawQuery),
    incoming,
    letBodyCome() {
      if (waits) sayContinue?.();
      waits = false;
    },
    holdsBodyBack: () => waits,
  };
}

/** The header's value; several of one name are joined by commas as HTTP says; undefined when absent. */
export function header(request: AwsRequest, lowerCaseName: string): string | undefined {
  const value = request.incoming.headers[lowerCaseName];
  return Array.isArray(value) ? value.join(',') : value;
}

/** The first value under `name`; '' for a name without a value, undefined when absent. */
export function queryValue(request: AwsRequest, name: string): string | undefined {
  return request.query.find(([other]) => other === name)?.[1];
}

/** @throws {AwsError} InvalidURI when an escape is broken. */
export function decodedPath(request: AwsRequest): string {
  return decode(request.rawPath);
}

/** The body as it comes; the client is let go on before the first piece is asked for. */
export function bodyOf(request: AwsRequest): AsyncIterable<Buffer> {
  request.letBodyCome();
  return request.incoming;
}

/** Reads the whole body. Only for protocols whose requests are small; `undefined` when it exceeds `limitBytes`. */
export async function wholeBody(request: AwsRequest, limitBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const bytes of bodyOf(request)) {
    sizeBytes += bytes.length;
    if (sizeBytes <= limitBytes) chunks.push(bytes);
  }
  return sizeBytes > limitBytes ? undefined : Buffer.concat(chunks);
}

function parseQuery(raw: string): [string, string][] {
  return raw
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const mark = pair.indexOf('=');
      return mark === -1 ? [decode(pair), ''] : [decode(pair.slice(0, mark)), decode(pair.slice(mark + 1))];
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new AwsError(400, 'InvalidURI', "Couldn't parse the specified URI: an escape in it is not UTF-8.", { cause });
  }
}
