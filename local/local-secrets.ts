import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

const localSecretsSchema = z.object({
  apiKeySid: z.string(),
  apiKeySecret: z.string(),
  authToken: z.string(),
  linkKey: z.string(),
  subjectIndexKey: z.string(),
});

/** The secrets of a local cloud, worth nothing anywhere else. */
export type LocalSecrets = z.infer<typeof localSecretsSchema>;

/** The data directory's secrets; made at random for a new one, and the same in every later run, so that old links still play. */
export function localSecrets(dataDir: string): LocalSecrets {
  const path = join(dataDir, 'secrets.json');
  if (existsSync(path)) return localSecretsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const secrets: LocalSecrets = {
    apiKeySid: `SK${randomBytes(16).toString('hex')}`,
    apiKeySecret: randomBytes(16).toString('hex'),
    authToken: randomBytes(16).toString('hex'),
    linkKey: randomBytes(32).toString('base64'),
    subjectIndexKey: randomBytes(32).toString('base64'),
  };
  writeFileSync(path, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
  return secrets;
}

/** The values that an operator puts into Secrets Manager after a first deployment, by the secret's name. */
export function secretValues(secrets: LocalSecrets, accountSid: string): Readonly<Record<string, string>> {
  const { apiKeySid, apiKeySecret, authToken, linkKey, subjectIndexKey } = secrets;
  return {
    twilio: JSON.stringify({
      accountSid,
      apiKeySid,
      apiKeySecret,
      authTokens: { [accountSid]: { current: authToken } },
    }),
    'link-keys': JSON.stringify({ signingKeyId: 'k1', keys: { k1: linkKey } }),
    'subject-index-key': JSON.stringify({ key: subjectIndexKey }),
  };
}
