import { UnprovedSenderError } from '../../../lambdas/shared/domain/outcome.ts';
import type { ProveSender } from '../../../lambdas/shared/ports/sender-proof.ts';

/** Proves the requests whose signature is exactly `genuine`, and no other. */
export function senderProofBySignature(genuine: string): ProveSender {
  return async (webhook) => {
    if (webhook.signature === genuine) return { ...webhook, proved: true };
    throw new UnprovedSenderError('no token in force proves this request', { reason: 'signature-mismatch' });
  };
}
