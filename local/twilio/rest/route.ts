import type { Answer } from './answers.ts';
import type { Credentials } from './authenticate.ts';
import type { RestRequest } from './rest-request.ts';

/** One operation; `handle` gets the groups of `path` in order. HEAD is served by the GET route, without the body. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: RegExp;
  /** Of a POST's body; a form's unless given. */
  readonly contentType?: 'application/json';
  /** Takes the place of `refuseStranger` where others than the account's keys may ask. */
  readonly refuse?: (request: RestRequest, credentials: Credentials) => Answer | undefined;
  readonly handle: (request: RestRequest, groups: readonly string[]) => Answer;
}
