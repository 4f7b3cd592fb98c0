import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { checkedLookup } from './checked-lookup.ts';
import type { Resolve } from './checked-lookup.ts';
import { isPublicAddress } from './public-address.ts';

/** `public` refuses plain http and every address that is not a public host's; `any` is for a machine of one's own. */
export type AllowedAddresses = 'public' | 'any';

/** Where requests may go that the configuration names. */
export interface TargetAddresses {
  /** For the connection itself, so that nothing inside our own network is ever connected to. */
  readonly lookup: LookupFunction;
  /** Why nothing is sent there; only the host is named, because the rest of a URL may hold a secret. */
  faultOf(url: URL): string | undefined;
}

export function targetAddresses(addresses: AllowedAddresses, resolve: Resolve): TargetAddresses {
  const isAllowed = addresses === 'any' ? () => true : isPublicAddress;
  return {
    lookup: checkedLookup(resolve, isAllowed),
    faultOf({ protocol, username, password, hostname }) {
      if (username !== '' || password !== '') return 'its URL carries a user name or a password';
      if (protocol !== 'https:' && (protocol !== 'http:' || addresses === 'public'))
        return `its URL begins with ${protocol}`;
      const host = hostname.replace(/^\[(.*)\]$/, '$1');
      // An address in the URL itself is never looked up.
      return isIP(host) !== 0 && !isAllowed(host) ? `${host} is no public address` : undefined;
    },
  };
}
