import * as z from 'zod/mini';
import { callSid } from '../../domain/sids.ts';
import type { CallEnds, Calls } from '../../ports/calls.ts';
import type { TwilioClient, TwilioRequest } from './twilio-client.ts';
import { readJson } from './twilio-failures.ts';
import { sidOf } from './twilio-fields.ts';

const TIMEOUT_SECONDS = 10;

/**
 * `from` and `to` are E.164 numbers, `client:` names or SIP addresses; `direction` is `inbound`, `outbound-api` or
 * `outbound-dial`, and `trunking-…` where no call of ours is meant.
 * (https://www.twilio.com/docs/voice/api/call-resource, read 2026-11)
 */
const callResource = z.object({
  sid: sidOf(callSid),
  from: z.nullish(z.string()),
  to: z.nullish(z.string()),
  direction: z.nullish(z.string()),
});

/** The calls of an account, by Twilio's 2010-04-01 REST API. */
export function twilioCalls(client: TwilioClient): Calls {
  return {
    async fetch(account, sid) {
      const url = new URL(`https://api.twilio.com/2010-04-01/Accounts/${account}/Calls/${sid}.json`);
      const request: TwilioRequest = { method: 'GET', url, timeoutSeconds: TIMEOUT_SECONDS, expects: [404] };
      const answer = await client.send(request);
      return answer.status === 404 ? undefined : endsOf(readJson(request, callResource, answer.body));
    },
  };
}

function endsOf({ from, to, direction }: z.output<typeof callResource>): CallEnds {
  const known = directionOf(direction ?? '');
  return {
    // Empty where the caller hid it, or where a browser called nobody by number.
    ...(typeof from === 'string' && from !== '' && { from }),
    ...(typeof to === 'string' && to !== '' && { to }),
    ...(known !== undefined && { direction: known }),
  };
}

function directionOf(word: string): CallEnds['direction'] {
  if (word === 'inbound') return 'inbound';
  return word === 'outbound-api' || word === 'outbound-dial' ? 'outbound' : undefined;
}
