import type { AccountSid } from '../../../lambdas/shared/domain/sids.ts';
import { readJsonObject } from '../json.ts';
import type { FlexTokenLife } from '../state/flex-token-life.ts';
import { badRequest, errorAnswer, type Answer } from './answers.ts';
import { refuseStranger, type Credentials } from './authenticate.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';

const invalid = { code: 20101, message: 'Invalid Access Token' } as const;

/**
 * `/v1/Accounts/{AC}/Tokens/validate`: POST of `{"token":…}`.
 *
 * Answers as github.com/twilio/twilio-flex-token-validator describes them (read 2026-11). Whoever asks is known by a key
 * of the account, as there, or by the token itself, as on twilio.com/docs/flex/developer/insights/playback-recordings-custom-storage
 * (read 2026-11). What a bad token is answered with in that second way is documented nowhere: 401 and 20101 here.
 */
export function flexTokenRoutes(account: AccountSid, tokens: FlexTokenLife): readonly Route[] {
  return [
    {
      method: 'POST',
      path: new RegExp(`^/v1/Accounts/${account}/Tokens/validate$`),
      contentType: 'application/json',
      refuse: (request, credentials) => refuse(request, credentials, tokens),
      handle: (request) => validate(request, tokens),
    },
  ];
}

function refuse({ authorization }: RestRequest, credentials: Credentials, tokens: FlexTokenLife): Answer | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const [, own] = /^token:(.+)$/.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  if (own === undefined) return refuseStranger(authorization, credentials);
  return tokens.valid(own) === undefined ? errorAnswer(401, invalid.code, invalid.message) : undefined;
}

function validate({ body }: RestRequest, tokens: FlexTokenLife): Answer {
  const token = readJsonObject(body)?.['token'];
  if (typeof token !== 'string') return badRequest('Missing required parameter token');
  const found = tokens.valid(token);
  const nothing = { expiration: null, realm_user_id: null, identity: null, roles: null, worker_sid: null };
  if (found === undefined) return { kind: 'json', status: 200, json: { valid: false, ...invalid, ...nothing } };
  const { identity, roles, workerSid = null, expiresAtMs } = found;
  return {
    kind: 'json',
    status: 200,
    json: {
      ...{ valid: true, code: 0, message: null, expiration: new Date(expiresAtMs).toISOString() },
      ...{ realm_user_id: `${identity}@example.com`, identity, roles: [...roles], worker_sid: workerSid },
    },
  };
}
