import { Secret } from '../../../lambdas/shared/runtime/secret.ts';
import type { SecretSource } from '../../../lambdas/shared/ports/secret-source.ts';
import type { TwilioApiKey } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';

/** `Authorization` made of the key. */
export function basicOf(key: TwilioApiKey): string {
  return `Basic ${Buffer.from(`${key.apiKeySid}:${key.apiKeySecret}`).toString('base64')}`;
}

export const oldKey: TwilioApiKey = { apiKeySid: 'SK00000000000000000000000000000001', apiKeySecret: 'old' };
export const newKey: TwilioApiKey = { apiKeySid: 'SK00000000000000000000000000000002', apiKeySecret: 'new' };

/** A secret that was read as `kept` and holds `inSecret` by now. */
export function keySource(kept: TwilioApiKey, inSecret: TwilioApiKey = kept): SecretSource<TwilioApiKey> {
  return { current: async () => new Secret(kept), fresh: async () => new Secret(inSecret) };
}
