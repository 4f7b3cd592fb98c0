import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';

/**
 * Whether Twilio refuses the credentials (401, 403) of a call; any other answer is none.
 *
 * @throws what else the call throws.
 */
export async function isRefusal(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return false;
  } catch (error) {
    if (error instanceof RetryableError && error.reason === 'twilio-credentials') return true;
    throw error;
  }
}
