import { createHmac } from 'node:crypto';
import type { SecretSource } from '../../ports/secret-source.ts';
import type { WebhookSigner } from '../../ports/webhook-sender.ts';

const secretPrefix = 'whsec_';

/** What the specification asks of a symmetric key. */
const shortestKeyBytes = 24;
const longestKeyBytes = 64;

/**
 * Signs as Standard Webhooks 1.0.0 says: HMAC-SHA256 over `<id>.<seconds since 1970>.<body>`, in base64, as `v1`.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md (read 2026-11)
 *
 * A target without a secret is looked for again in the secret read afresh: somebody may just have put it there.
 */
export function standardWebhookSigner(secrets: SecretSource<Readonly<Record<string, string>>>): WebhookSigner {
  return {
    async sign(targetName, { id, sentAt, body }) {
      const key =
        keyOf((await secrets.current()).reveal(), targetName) ?? keyOf((await secrets.fresh()).reveal(), targetName);
      if (key === undefined) return undefined;
      const timestamp = `${Math.floor(sentAt.getTime() / 1000)}`;
      const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
      return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
    },
  };
}

function keyOf(secrets: Readonly<Record<string, string>>, targetName: string): Buffer | undefined {
  const secret = Object.hasOwn(secrets, targetName) ? secrets[targetName] : undefined;
  if (secret === undefined || !secret.startsWith(secretPrefix)) return undefined;
  const key = Buffer.from(secret.slice(secretPrefix.length), 'base64');
  return key.length >= shortestKeyBytes && key.length <= longestKeyBytes ? key : undefined;
}
