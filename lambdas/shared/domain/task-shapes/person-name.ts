/**
 * Whether a text can be the name of a person, which is what Insights' `customers.name` is for. Says no to numbers,
 * addresses and what programs write where they know nobody; it cannot tell a company's name from a person's.
 */
export function isPersonName(text: string): boolean {
  const name = text.trim();
  if (name === '' || name.length > 128 || noName.test(name) || !/\p{L}/u.test(name)) return false;
  return !nobody.has(name.toLowerCase().replaceAll(/[\s_-]+/g, ' '));
}

/** Digits, and the punctuation of addresses, templates and identifiers. */
const noName = /[\d@:/\\{}<>=_#]/;

const nobody: ReadonlySet<string> = new Set([
  ...['outgoing', 'incoming', 'outbound', 'inbound', 'outgoing call', 'incoming call', 'outbound call', 'inbound call'],
  ...['unknown', 'unknown caller', 'anonymous', 'anonymous caller', 'restricted', 'blocked', 'private', 'unavailable'],
  ...[
    'no name',
    'no caller id',
    'caller id',
    'caller',
    'wireless caller',
    'toll free call',
    'withheld',
    'not provided',
  ],
  ...[
    'guest',
    'visitor',
    'website visitor',
    'customer',
    'user',
    'none',
    'null',
    'undefined',
    'nan',
    'n.a.',
    'na',
    'tbd',
  ],
]);
