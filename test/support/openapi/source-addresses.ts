import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '../../..');

export interface SourceAddress {
  readonly file: string;
  readonly host: string;
  /** Up to the query, what is filled in as `{}`. */
  readonly path: string;
}

/** Every address of Twilio's API that the functions and the commands write down, outside comments. */
export function twilioAddressesInSources(): readonly SourceAddress[] {
  return ['lambdas', 'cli'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .flatMap((entry) => addressesIn(join(entry.parentPath, entry.name))),
  );
}

function addressesIn(file: string): readonly SourceAddress[] {
  const code = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line))
    .join('\n');
  return [...code.matchAll(/https:\/\/([a-z-]+\.twilio\.com)(\/(?:v\d|2010-04-01)(?:\$\{[^}]*\}|[^`'"?\s])*)/g)].map(
    ([, host = '', path = '']) => ({
      file: relative(root, file),
      host,
      path: path.replaceAll(/\$\{[^}]*\}/g, '{}'),
    }),
  );
}
