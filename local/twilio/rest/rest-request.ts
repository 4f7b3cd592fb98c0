import type { IncomingMessage } from 'node:http';

/** A request, read whole. */
export interface RestRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly contentType: string;
  readonly authorization: string | undefined;
  readonly ifMatch: string | undefined;
}

/** Real requests are a few kilobytes: attributes of 4,096 characters, percent-encoded. */
const MAX_BODY_BYTES = 1_000_000;

export async function readRestRequest(incoming: IncomingMessage): Promise<RestRequest> {
  const url = new URL(incoming.url ?? '/', 'http://twilio.local');
  const contentType = (incoming.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const body = await readBody(incoming);
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    form: new URLSearchParams(contentType === 'application/x-www-form-urlencoded' ? body : ''),
    contentType,
    authorization: incoming.headers.authorization,
    ifMatch: incoming.headers['if-match'],
  };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    sizeBytes += bytes.length;
    if (sizeBytes > MAX_BODY_BYTES) throw new Error(`a request body of more than ${MAX_BODY_BYTES} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
