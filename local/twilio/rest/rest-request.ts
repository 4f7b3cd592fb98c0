import type { IncomingMessage } from 'node:http';

/** A request, read whole. */
export interface RestRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  /** As it came. */
  readonly body: string;
  readonly contentType: string;
  readonly authorization: string | undefined;
  readonly ifMatch: string | undefined;
}

/** Real requests are a few kilobytes: attributes of 4,096 characters, percent-encoded. */
const MAX_BODY_CHARACTERS = 1_000_000;

export async function readRestRequest(incoming: IncomingMessage): Promise<RestRequest> {
  const url = new URL(incoming.url ?? '/', 'http://twilio.local');
  const contentType = (incoming.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const body = await readBody(incoming);
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    form: new URLSearchParams(contentType === 'application/x-www-form-urlencoded' ? body : ''),
    body,
    contentType,
    authorization: incoming.headers.authorization,
    ifMatch: incoming.headers['if-match'],
  };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  let body = '';
  incoming.setEncoding('utf8');
  for await (const text of incoming) {
    body += String(text);
    if (body.length > MAX_BODY_CHARACTERS)
      throw new Error(`a request body of more than ${MAX_BODY_CHARACTERS} characters`);
  }
  return body;
}
