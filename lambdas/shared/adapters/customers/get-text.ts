import { request as requestByHttp } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestByHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { whyBroken } from '../http/why-broken.ts';

/** More than a customer's record is none. */
const mostBodyBytes = 64 * 1024;

export type GotText =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'unanswered'; readonly why: string };

export interface GetSettings {
  readonly headers: Readonly<Record<string, string>>;
  readonly lookup: LookupFunction;
  /** Ends the waiting, whatever is waited for. */
  readonly signal: AbortSignal;
}

/**
 * One GET, read to its end, which is at most 64 KB away. A redirect is an answer, certificates are verified, the
 * connection is not kept. Nothing is thrown, and `why` repeats nothing that was sent or received.
 */
export function getText(url: URL, settings: GetSettings): Promise<GotText> {
  return new Promise<GotText>((resolve) => {
    const send = url.protocol === 'https:' ? requestByHttps : requestByHttp;
    const { headers, lookup, signal } = settings;
    const request = send(url, {
      method: 'GET',
      headers: { ...headers, accept: 'application/json', 'user-agent': 'flex-task-pipeline' },
      lookup,
      signal,
      agent: false,
    });
    request.on('response', (response) => read(response, resolve));
    request.on('error', (cause) => resolve(unanswered(whyBroken(cause))));
    request.end();
  }).catch((cause: unknown) => unanswered(cause instanceof Error ? whyBroken(cause) : typeof cause));
}

function read(response: IncomingMessage, resolve: (got: GotText) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes <= mostBodyBytes) return;
    resolve(unanswered(`its answer is longer than ${mostBodyBytes / 1024} KB`));
    response.destroy();
  });
  response.on('end', () => {
    resolve({ kind: 'answered', status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
  });
  response.on('error', (cause) => resolve(unanswered(whyBroken(cause))));
  response.on('close', () => resolve(unanswered('its answer ended early')));
}

function unanswered(why: string): GotText {
  return { kind: 'unanswered', why };
}
