import type { Readable } from 'node:stream';

/** What a service says; the server adds date, request id and, for S3, the CORS headers. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A stream belongs to whoever has the answer: it is sent to its end or destroyed. */
  readonly body: string | Buffer | Readable;
}

export function emptyAnswer(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: '' };
}

export function xmlAnswer(status: number, xml: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/xml', ...headers }, body: xml };
}

export function jsonAnswer(
  version: '1.0' | '1.1',
  content: object,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { 'content-type': `application/x-amz-json-${version}`, ...headers },
    body: JSON.stringify(content),
  };
}
