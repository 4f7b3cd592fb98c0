import { headerOf } from './gateway-request.ts';
import type { BackendAnswer, Exchange } from './integration-backend.ts';

/**
 * The value of a parameter mapping: `'text'` in quotes, `context.…`, `method.request.header|querystring|path.…` or, in
 * answers, `integration.response.header.…`; `undefined` when there is none.
 *
 * @throws {Error} for any other notation.
 */
export function mappedValue(notation: string, exchange: Exchange, backend?: BackendAnswer): string | undefined {
  const quoted = /^'(.*)'$/s.exec(notation);
  if (quoted) return quoted[1];
  const [, place, name] =
    /^(context|method\.request\.(?:header|querystring|path)|integration\.response\.header)\.(.+)$/.exec(notation) ?? [];
  if (place === undefined || name === undefined) throw new Error(`the parameter mapping ${notation} is not known here`);
  const { request, pathParameters, context } = exchange;
  switch (place) {
    case 'context':
      return contextValue(context, name);
    case 'method.request.header':
      return headerOf(request.headers, name);
    case 'method.request.querystring':
      return request.query.findLast(([key]) => key === name)?.[1];
    case 'method.request.path':
      return pathParameters[name];
    default:
      return Object.entries(backend?.headers ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  }
}

function contextValue(context: object, path: string): string {
  let value: unknown = context;
  for (const step of path.split('.'))
    value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new Error(`context.${path} is not known here`);
}
