import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';

/** A request as it came. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly cookie: string | undefined;
  readonly body: string;
}

export interface ScriptedCalabrio {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

export type Answer = (response: ServerResponse, request: SeenRequest) => void;

/** A server that answers each request as the test says, and signs in whoever asks with sessions `s1`, `s2`, … */
export async function scriptedCalabrio(
  answer: Answer,
  signIn: Answer = nthSession(),
): Promise<ScriptedCalabrio & Pick<HttpAnswers, 'requestCount'>> {
  const seen: SeenRequest[] = [];
  const server = await answerHttp((request, response) => {
    void seenOf(request).then((one) => {
      seen.push(one);
      (one.path === '/api/rest/authorize' ? signIn : answer)(response, one);
    });
  });
  return { ...server, seen };
}

export const json =
  (value: unknown, status = 200): Answer =>
  (response) =>
    void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));

export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    void response.writeHead(code, headers).end('the password is hunter2, said the server');

export function nthSession(): Answer {
  let count = 0;
  return (response, request) => {
    count += 1;
    json({ sessionId: `s${count}`, wasAsked: request.method })(response, request);
  };
}

async function seenOf(request: IncomingMessage): Promise<SeenRequest> {
  const url = new URL(request.url ?? '/', 'http://calabrio.example');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    cookie: request.headers.cookie,
    body: await text(request),
  };
}
