import { isIPv4 } from 'node:net';

/** Without the dot that ends a full host name; `URL` has made it lower case and an odd spelling of an address a plain one. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/\.$/, '');
}

/** Names that are never those of a host in the public net. */
const privateSuffixes = ['localhost', 'local', 'internal', 'intranet', 'lan', 'home.arpa', 'onion'];

/**
 * Why a function must not be sent to a host; undefined when it may be. What calls there looks at the addresses behind the
 * name again, each time.
 */
export function privateHostFault(host: string): string | undefined {
  if (isIPv4(host) || host.startsWith('['))
    return 'an address says nothing of who is there and may be private; wanted a host name';
  const isPrivate = !host.includes('.') || privateSuffixes.some((suffix) => host.endsWith(`.${suffix}`));
  return isPrivate ? 'a name of a private network; wanted one that is known everywhere' : undefined;
}
