import { createHmac } from 'node:crypto';
import * as z from 'zod/mini';
import type { SubjectHash } from '../../ports/identity-map.ts';
import type { SecretSource } from '../../ports/secret-source.ts';
import { keyText } from './key-text.ts';

/** What the subject-index-key secret holds: `{"key":"<base64 of 32 bytes>"}`. Another key finds nobody who was hashed before. */
export const subjectIndexKeySchema = z.object({ key: keyText });

/** Hashes with the key in the secret. */
export function hmacSubjectHash(secret: SecretSource<z.output<typeof subjectIndexKeySchema>>): SubjectHash {
  return {
    async of(kind, value) {
      const { key } = (await secret.current()).reveal();
      return createHmac('sha256', Buffer.from(key, 'base64')).update(`${kind}:${value}`).digest('base64url');
    },
  };
}
