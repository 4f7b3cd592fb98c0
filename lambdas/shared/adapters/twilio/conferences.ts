import * as z from 'zod/mini';
import { accountSid, callSid, conferenceSid, taskSid } from '../../domain/sids.ts';
import type { Conferences, ConferenceResource } from '../../ports/conferences.ts';
import type { TwilioClient, TwilioRequest } from './twilio-client.ts';
import { readJson } from './twilio-failures.ts';
import { sidOf } from './twilio-fields.ts';

/** What it is asked for must be written while the agent wraps up: a call that takes longer is made again. */
const TIMEOUT_SECONDS = 4;

/** https://www.twilio.com/docs/voice/api/conference-resource (read 2026-11); both reasons are null while it goes on. */
const conferenceResource = z.object({
  sid: sidOf(conferenceSid),
  account_sid: sidOf(accountSid),
  friendly_name: z.nullish(z.string()),
  status: z.string(),
  reason_conference_ended: z.nullish(z.string()),
  call_sid_ending_conference: z.nullish(z.string()),
});

/** The conferences of an account, by Twilio's 2010-04-01 REST API. */
export function twilioConferences(client: TwilioClient): Conferences {
  return {
    async fetch(account, sid) {
      const url = new URL(`https://api.twilio.com/2010-04-01/Accounts/${account}/Conferences/${sid}.json`);
      const request: TwilioRequest = { method: 'GET', url, timeoutSeconds: TIMEOUT_SECONDS, expects: [404] };
      const answer = await client.send(request);
      if (answer.status === 404) return { kind: 'gone' };
      return { kind: 'conference', conference: conferenceOf(readJson(request, conferenceResource, answer.body)) };
    },
  };
}

function conferenceOf(resource: z.output<typeof conferenceResource>): ConferenceResource {
  const { sid, status, friendly_name: name } = resource;
  const { reason_conference_ended: reasonEnded, call_sid_ending_conference: callSidEnding } = resource;
  return {
    conferenceSid: sid,
    status,
    // Any other name is free text, and stays at Twilio.
    ...(taskSid.is(name) && { taskSid: name }),
    ...(typeof reasonEnded === 'string' && { reasonEnded }),
    // Empty where no call ended it.
    ...(callSid.is(callSidEnding) && { callSidEnding }),
  };
}
