import { AddressNotAllowedError } from './checked-lookup.ts';

/** Why a request got no answer. The code alone of an error that is not ours: Node's messages quote what they choked on. */
export function whyBroken(cause: Error): string {
  if (cause instanceof AddressNotAllowedError) return cause.message;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}
