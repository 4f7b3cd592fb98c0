import { lookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** Every address of a name. Rejects as `dns.lookup` does when there is none. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** Says that a target leads where nothing may be sent. Its message is ours and holds no secret. */
export class AddressNotAllowedError extends Error {
  override readonly name = 'AddressNotAllowedError';
}

export function resolveBySystem(hostname: string): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, addresses) => (error === null ? resolve(addresses) : reject(error)));
  });
}

/**
 * Looks a name up once, for the connection itself, so that what was checked is what is connected to: a name that leads
 * elsewhere a moment later changes nothing. One address that is not allowed condemns them all.
 */
export function checkedLookup(resolve: Resolve, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, { all }, callback) => {
    const found = (addresses: readonly LookupAddress[]): void => {
      const [first] = addresses;
      const refused = addresses.find(({ address }) => !isAllowed(address));
      if (refused !== undefined || first === undefined) {
        const where = refused === undefined ? 'nowhere' : `to ${refused.address}, which is no public address`;
        callback(new AddressNotAllowedError(`${hostname} leads ${where}`), []);
      } else if (all === true) {
        callback(null, [...addresses]);
      } else {
        callback(null, first.address, first.family);
      }
    };
    resolve(hostname).then(found, (cause: unknown) => {
      callback(cause instanceof Error ? cause : new Error(`${hostname} cannot be looked up`, { cause }), []);
    });
  };
}
