import type { HttpRequest, HttpResponse } from '../shared/ports/http.ts';

type Headers = Readonly<Record<string, string>>;

const neverKept: Headers = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' };

/** Players on any origin may ask; the link's own code is the gate, so no credentials are allowed with it. */
export const anyOrigin: Headers = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Accept-Ranges, Content-Range, Content-Length, Retry-After',
};

/** Only the pages that were named may read the answer, errors too; to a browser with another page it says nothing. */
export function namedOrigins(request: HttpRequest, origins: readonly string[]): Headers {
  const { origin } = request.headers;
  if (origin === undefined || !origins.includes(origin)) return { Vary: 'Origin' };
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': 'Retry-After',
    Vary: 'Origin',
  };
}

/** To a browser that asks, before the request itself and without its credentials, whether it may be sent. */
export function preflight(cors: Headers): HttpResponse {
  const permits: Headers = {
    'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
    'Access-Control-Allow-Headers': 'Authorization, Range',
    'Access-Control-Max-Age': '600',
  };
  return answer(204, cors, cors['Access-Control-Allow-Origin'] === undefined ? {} : permits);
}

export function answer(status: number, cors: Headers, headers: Headers = {}, body = ''): HttpResponse {
  return { status, headers: { ...neverKept, ...cors, ...headers }, body };
}
