import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { JsonObject } from '../twilio/json.ts';
import { readJsonObject } from '../twilio/json.ts';
import type { ApiSessions } from './api-sessions.ts';
import type { CalabrioOptions, CalabrioSimulator } from './simulator.ts';

/** A contact as the API describes it. */
export interface ApiContact {
  readonly id: number;
  readonly startTime: number;
  readonly json: JsonObject;
}

interface ApiParts {
  readonly user: CalabrioOptions['user'];
  readonly sessions: ApiSessions;
  readonly contacts: () => readonly ApiContact[];
}

type Fault = Parameters<CalabrioSimulator['answerNext']>[1];

export interface CalabrioApi {
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
  readonly answerNext: CalabrioSimulator['answerNext'];
  readonly requests: CalabrioSimulator['requests'];
}

interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The part of the QM API that public clients were seen to use (read 2026-11), and the fetch of one contact beside it. */
export function calabrioApi(parts: ApiParts): CalabrioApi {
  const faults: Fault[] = [];
  const log: { readonly method: string; readonly path: string; readonly status: number }[] = [];
  return {
    async serve(request, response) {
      const url = new URL(request.url ?? '/', 'http://calabrio.local');
      const method = request.method ?? 'GET';
      const body = await text(request);
      const fault = faults.shift();
      const answer = fault === undefined ? answerTo(parts, { method, url, body, request }) : faulty(fault);
      log.push({ method, path: url.pathname, status: answer.status });
      response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers });
      response.end(answer.json === undefined ? undefined : JSON.stringify(answer.json));
    },
    answerNext: (times, answer) => void faults.push(...Array.from({ length: times }, () => answer)),
    requests: () => [...log],
  };
}

function faulty({ status, retryAfterSeconds }: Fault): Answer {
  return {
    status,
    ...(retryAfterSeconds !== undefined && { headers: { 'Retry-After': String(retryAfterSeconds) } }),
  };
}

interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly request: IncomingMessage;
}

function answerTo(parts: ApiParts, { method, url, body, request }: ApiRequest): Answer {
  const { cookie } = request.headers;
  if (url.pathname === '/api/rest/authorize') return authorize(parts, method, body, cookie);
  if (!parts.sessions.has(cookie)) return { status: 401 };
  const [, id] = /^\/api\/rest\/recording\/contact(?:\/(\d+))?$/.exec(url.pathname) ?? [];
  if (!url.pathname.startsWith('/api/rest/recording/contact')) return { status: 404 };
  if (method !== 'GET') return { status: 405 };
  const shown = (contact: ApiContact): JsonObject =>
    url.searchParams.getAll('expand').includes('metadata') ? contact.json : { ...contact.json, metadata: undefined };
  if (id === undefined) return { status: 200, json: listed(parts.contacts(), url.searchParams).map(shown) };
  const contact = parts.contacts().find((one) => one.id === Number(id));
  return contact === undefined ? { status: 404 } : { status: 200, json: shown(contact) };
}

function authorize({ user, sessions }: ApiParts, method: string, body: string, cookie: string | undefined): Answer {
  if (method === 'DELETE') {
    sessions.end(cookie);
    return { status: 204 };
  }
  if (method !== 'POST') return { status: 405 };
  const asked = readJsonObject(body);
  const isKnown = asked?.['userId'] === user.userId && asked['password'] === user.password;
  return isKnown ? { status: 200, json: { sessionId: sessions.begin() } } : { status: 401 };
}

/** By day, and no more than was asked for; an `id` is passed over, as by a server that knows no such parameter. */
function listed(contacts: readonly ApiContact[], query: URLSearchParams): readonly ApiContact[] {
  const begin = Date.parse(query.get('beginDate') ?? '1970-01-01');
  const end = Date.parse(query.get('endDate') ?? '9999-12-30') + 86_400_000;
  return contacts
    .filter(({ startTime }) => startTime >= begin && startTime < end)
    .slice(0, Number(query.get('limit') ?? '100'));
}
