import type { Finding } from './finding.ts';
import { finding } from './rules.ts';
import { withoutSecrets } from '../secrets-in-attributes.ts';

/** A credential in attributes, by its key's name. Every event of the task or worker repeats them to all who listen. */
export function secretFindings(attributes: Readonly<Record<string, unknown>>): readonly Finding[] {
  return withoutSecrets(attributes).paths.map((path) =>
    finding(
      'secret-in-attributes',
      { path },
      'This looks like a credential, and every event repeats it to everyone who receives events. Take it out, and change it.',
    ),
  );
}
