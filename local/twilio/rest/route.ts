import type { Answer } from './answers.ts';
import type { RestRequest } from './rest-request.ts';

/** One operation; `handle` gets the groups of `path` in order. HEAD is served by the GET route, without the body. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: RegExp;
  readonly handle: (request: RestRequest, groups: readonly string[]) => Answer;
}
