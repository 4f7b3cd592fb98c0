import * as z from 'zod/mini';
import { workerSid } from '../../domain/sids.ts';
import type { AccountSid } from '../../domain/sids.ts';
import { jsonOf } from '../../messages/json-text.ts';
import type { CheckedFlexToken, FlexTokens, FlexUser } from '../../ports/flex-tokens.ts';
import { fetchAnswer, inTime } from './fetch-in-time.ts';
import { atBase } from './twilio-client.ts';
import type { TwilioClient, TwilioRequest } from './twilio-client.ts';
import { errorCodeOf, readJson, refusal, unanswered, unreadable } from './twilio-failures.ts';
import { timeOf } from './twilio-fields.ts';

/** Somebody waits with the player open; both ways of asking fit into the function's own time. */
const TIMEOUT_SECONDS = 4;

/** What is said of a good token; the rest is null for a bad one. */
const validToken = z.object({
  valid: z.literal(true),
  identity: z.string().check(z.minLength(1)),
  expiration: z.nullish(timeOf),
  roles: z.nullish(z.array(z.string())),
  worker_sid: z.nullish(z.string()),
  flex_user_sid: z.nullish(z.string()),
});

const verdict = z.object({ valid: z.boolean() });

/**
 * Twilio's word on Flex tokens, by `POST https://iam.twilio.com/v1/Accounts/{AC}/Tokens/validate`.
 *
 * With what that call itself is authorised, Twilio says twice and differently: its validator takes the account's auth
 * token or an API key (github.com/twilio/twilio-flex-token-validator, read 2026-11), its page on the player sends the
 * token's own header on (twilio.com/docs/flex/developer/insights/playback-recordings-custom-storage, read 2026-11). Here
 * it is asked with our API key; where Twilio does not take that, with the token's own header. What Twilio answers to
 * neither is no verdict on the token.
 */
export function twilioFlexTokens(client: TwilioClient, account: AccountSid): FlexTokens {
  const url = new URL(`https://iam.twilio.com/v1/Accounts/${account}/Tokens/validate`);
  return {
    async check(token) {
      const request: TwilioRequest = {
        method: 'POST',
        url,
        json: { token },
        timeoutSeconds: TIMEOUT_SECONDS,
        expects: [400, 401, 403],
      };
      const { status, body } = await client.send(request);
      const said = checked(request, status, body);
      return said ?? askedByItself(request, client.base, token);
    },
  };
}

/** The same, authorised by the token itself. @throws {RetryableError} when this is refused for another reason than the token. */
async function askedByItself(request: TwilioRequest, base: URL | undefined, token: string): Promise<CheckedFlexToken> {
  return inTime(request.timeoutSeconds, async (signal) => {
    const answer = await fetchAnswer(request, atBase(request.url, base), {
      method: request.method,
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Basic ${Buffer.from(`token:${token}`).toString('base64')}`,
      },
      body: JSON.stringify(request.json),
      signal,
    });
    const { status } = answer;
    if (!answer.ok && !request.expects.includes(status)) throw await refusal(request, answer);
    const body = await answer.text().catch((cause: unknown) => {
      throw unanswered(request, cause);
    });
    const said = checked(request, status, body);
    if (said !== undefined) return said;
    throw await refusal(request, new Response(body, { status, headers: answer.headers }));
  });
}

/**
 * The verdict in an answer; undefined when it is about whoever asked: 401 and 403 without one.
 *
 * A bad token is `{"valid":false,"code":20101,…}`; its status is documented nowhere, and neither is what becomes of
 * a text that is no token at all. So the words count, then the codes from 20101 to 20160, which are all about tokens
 * (twilio.com/docs/api/errors, read 2026-11), then 400: nothing but the token differs from one question to the next.
 *
 * @throws {RetryableError} `twilio-unreadable`
 */
function checked(request: TwilioRequest, status: number, body: string): CheckedFlexToken | undefined {
  const said = z.safeParse(verdict, jsonOf(body)).data;
  if (said?.valid === false) return { kind: 'invalid' };
  if (status >= 200 && status < 300) {
    if (said === undefined) throw unreadable(request, 'it does not say whether the token is valid');
    return { kind: 'valid', user: userOf(readJson(request, validToken, body)) };
  }
  const code = errorCodeOf(body);
  if (status === 400 || (code !== undefined && isAboutTokens(code))) return { kind: 'invalid' };
  return undefined;
}

const isAboutTokens = (code: number): boolean => code >= 20_101 && code <= 20_160;

function userOf({ identity, roles, expiration, ...sids }: z.output<typeof validToken>): FlexUser {
  const { worker_sid: worker, flex_user_sid: flexUser } = sids;
  return {
    identity,
    roles: roles ?? [],
    ...(workerSid.is(worker) && { workerSid: worker }),
    ...(typeof flexUser === 'string' && /^FU[0-9a-f]{32}$/.test(flexUser) && { flexUserSid: flexUser }),
    ...(expiration instanceof Date && { expiresAt: expiration }),
  };
}
