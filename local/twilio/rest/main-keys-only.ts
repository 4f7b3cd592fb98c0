import type { World } from '../state/world.ts';
import type { Answer } from './answers.ts';
import { errorAnswer } from './answers.ts';
import { basicUser, refuseStranger, type Credentials } from './authenticate.ts';
import type { RestRequest } from './rest-request.ts';

/**
 * For `/Accounts` and `/Keys`: a Standard API key has no access to them, a Main key and the auth token have
 * (twilio.com/docs/iam/api-keys/keys-in-console, read 2026-11). By which error Twilio says so is not on that page.
 */
export function mainKeysOnly(world: World) {
  return (request: RestRequest, credentials: Credentials): Answer | undefined => {
    const isStandardKey =
      world.account.apiKeyKind === 'standard' && (basicUser(request.authorization)?.user ?? '').startsWith('SK');
    return (
      refuseStranger(request.authorization, credentials) ??
      (isStandardKey ? errorAnswer(401, 20003, 'Authenticate') : undefined)
    );
  };
}
