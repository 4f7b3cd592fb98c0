import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

const localSecretsSchema = z.object({
  apiKeySid: z.string(),
  apiKeySecret: z.string(),
  authToken: z.string(),
  linkKey: z.string(),
  subjectIndexKey: z.string(),
  /** What the path of Calabrio's event webhook ends in. */
  calabrioToken: z.string(),
  calabrioUserId: z.string(),
  calabrioPassword: z.string(),
  /** What the customer database wants to see in `Authorization`. */
  crmAuthorization: z.string(),
  /** By the name of the target: what its contact statuses are signed with. */
  reportSecrets: z.record(z.string(), z.string()),
  /** By the public key's SID: the private keys of recording encryption, in PEM. */
  recordingKeys: z.record(z.string(), z.string()),
  /** The bearer token of the caller `crm`, who may have messages sent. */
  smsToken: z.string(),
});

/** The secrets of a local cloud, worth nothing anywhere else. */
export type LocalSecrets = z.infer<typeof localSecretsSchema>;

/**
 * The data directory's secrets, with one for each target of contact statuses; made at random for a new one, and the same
 * in every later run, so that old links still play.
 */
export function localSecrets(dataDir: string, reportTargets: readonly string[] = []): LocalSecrets {
  const path = join(dataDir, 'secrets.json');
  const known = existsSync(path) ? z.partial(localSecretsSchema).parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
  const fresh = Object.fromEntries(
    reportTargets.map((name) => [name, `whsec_${randomBytes(32).toString('base64')}`] as const),
  );
  const secrets: LocalSecrets = {
    apiKeySid: known.apiKeySid ?? `SK${randomBytes(16).toString('hex')}`,
    apiKeySecret: known.apiKeySecret ?? randomBytes(16).toString('hex'),
    authToken: known.authToken ?? randomBytes(16).toString('hex'),
    linkKey: known.linkKey ?? randomBytes(32).toString('base64'),
    subjectIndexKey: known.subjectIndexKey ?? randomBytes(32).toString('base64'),
    calabrioToken: known.calabrioToken ?? randomBytes(24).toString('base64url'),
    calabrioUserId: known.calabrioUserId ?? 'svc-recording-archive',
    calabrioPassword: known.calabrioPassword ?? randomBytes(16).toString('hex'),
    crmAuthorization: known.crmAuthorization ?? `Bearer ${randomBytes(16).toString('hex')}`,
    reportSecrets: { ...fresh, ...known.reportSecrets },
    recordingKeys: known.recordingKeys ?? freshRecordingKey(),
    smsToken: known.smsToken ?? randomBytes(32).toString('base64url'),
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
    calabrio: JSON.stringify({
      webhookTokens: { current: secrets.calabrioToken },
      api: { userId: secrets.calabrioUserId, password: secrets.calabrioPassword },
    }),
    'customer-lookup': JSON.stringify({ headers: { authorization: secrets.crmAuthorization } }),
    'report-targets': JSON.stringify(secrets.reportSecrets),
    'recording-keys': JSON.stringify({ keys: secrets.recordingKeys }),
    'sms-callers': JSON.stringify({ callers: { crm: { current: secrets.smsToken } } }),
  };
}

function freshRecordingKey(): LocalSecrets['recordingKeys'] {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { [`CR${randomBytes(16).toString('hex')}`]: privateKey };
}
