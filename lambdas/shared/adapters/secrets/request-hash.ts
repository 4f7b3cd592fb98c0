import { createHmac } from 'node:crypto';
import type * as z from 'zod/mini';
import type { RequestHash } from '../../ports/request-hash.ts';
import type { SecretSource } from '../../ports/secret-source.ts';
import type { subjectIndexKeySchema } from './subject-hash.ts';

/** HMAC-SHA256 with the subject-index key, its first 128 bits. */
export function hmacRequestHash(secret: SecretSource<z.output<typeof subjectIndexKeySchema>>): RequestHash {
  return {
    async of(purpose, texts) {
      const { key } = (await secret.current()).reveal();
      const spoken = `${purpose}:${JSON.stringify(texts)}`;
      return createHmac('sha256', Buffer.from(key, 'base64')).update(spoken).digest('hex').slice(0, 32);
    },
  };
}
