import type { TwilioRefusal } from '../shared/ports/interactions.ts';
import type { Problem } from './problem.ts';
import { conversationClosed } from './problems.ts';

interface Meaning extends Pick<Problem, 'name' | 'status' | 'title' | 'detail'> {
  readonly codes: readonly number[];
}

/** What Twilio's codes mean to somebody who wants to send a message. (https://www.twilio.com/docs/api/errors, read 2026-11) */
const meanings: readonly Meaning[] = [
  {
    codes: [21_610],
    ...{ name: 'recipient-opted-out', status: 422, title: 'The customer does not want messages from this number' },
    detail: 'The customer answered STOP to fromNumber. Do not write again; only their START to this number allows it.',
  },
  {
    codes: [21_211, 21_217, 21_401, 21_421, 50_407],
    ...{ name: 'invalid-to-number', status: 422, title: 'toNumber is no telephone number' },
    detail: 'Twilio does not take toNumber for one that exists. Look at its country code and its digits.',
  },
  {
    codes: [21_614, 21_635, 30_006],
    ...{ name: 'to-number-cannot-receive', status: 422, title: 'toNumber cannot receive messages' },
    detail: 'It is a landline, or no number of a mobile telephone. Ask the customer for another one.',
  },
  {
    codes: [21_612, 30_003, 30_005],
    ...{ name: 'to-number-unreachable', status: 422, title: 'toNumber cannot be reached from this number' },
    detail: 'There is no way between the two numbers, or the telephone is off or unknown. Try another number or later.',
  },
  {
    codes: [21_601, 21_603, 21_606, 21_659, 21_660, 21_661, 50_408],
    ...{ name: 'from-number-not-usable', status: 422, title: 'fromNumber cannot send messages' },
    detail: 'It must be a number of this Twilio account that can send SMS. Look it up under Phone Numbers.',
  },
  {
    codes: [21_408],
    ...{ name: 'region-not-permitted', status: 422, title: 'Messages to this country are not permitted' },
    detail: 'The Twilio account may not send to the country of toNumber. Permit it under Messaging, Geo permissions.',
  },
  {
    codes: [21_608],
    ...{ name: 'recipient-not-verified', status: 422, title: 'A trial account writes to verified numbers only' },
    detail: 'Verify toNumber in Twilio, or upgrade the account.',
  },
  {
    codes: [30_004, 30_007, 30_034],
    ...{ name: 'message-blocked', status: 422, title: 'The message was blocked on its way' },
    detail: 'A carrier or the telephone refused it, or fromNumber is not registered for this traffic (A2P 10DLC).',
  },
  {
    codes: [50_416, 50_425, 50_437, 50_438, 80_102],
    ...{ name: 'conversation-conflict', status: 409, title: 'The two numbers are in another conversation' },
    detail: 'Only one open conversation can have this pair, and one was opened a moment ago. Repeat the request.',
  },
  {
    codes: [45_354, 45_376, 50_377],
    ...conversationClosed,
    detail: 'It was closed while this request was worked on. Repeat the request.',
  },
];

/** What to tell of Twilio's no; whatever has no meaning here is told with its code. */
export function refusedByTwilio({ status, code, retryAfterSeconds }: Omit<TwilioRefusal, 'kind'>): Problem {
  const withCode = code !== undefined && { twilioCode: code };
  if (status === 429) return { ...rateLimited(retryAfterSeconds), ...withCode };
  // Our key, and nothing that the caller could do better: never 401 or 403.
  if (status === 401 || status === 403) {
    const meaning = meaningOf(code);
    return { ...(meaning ?? credentialsRefused()), ...withCode };
  }
  return { ...(meaningOf(code) ?? refused()), ...withCode };
}

/** What to tell of an interaction, or a message, that Twilio took and could not carry out. */
export function failedAtTwilio(code: number | undefined): Problem {
  const failed = {
    ...{ name: 'failed-at-twilio', status: 502, title: 'Twilio could not carry it out' },
    detail: 'Twilio took the request and then failed; its code says why. Repeat it with a new Idempotency-Key.',
  };
  return { ...(meaningOf(code) ?? failed), ...(code !== undefined && { twilioCode: code }) };
}

/** What to tell of a message that stands in its conversation and did not reach the telephone. */
export function notArrived(code: number | undefined): Problem {
  const problem = failedAtTwilio(code);
  if (problem.name === 'failed-at-twilio') return problem;
  return { ...problem, detail: `${problem.detail} Where it is worth trying again, use a new Idempotency-Key.` };
}

export function rateLimited(retryAfterSeconds = 1): Problem {
  return {
    ...{ name: 'rate-limited', status: 429, title: 'Too many messages at once' },
    detail: 'Twilio takes no more for the moment. Repeat the request when Retry-After is over.',
    retryAfterSeconds,
  };
}

export function credentialsRefused(): Problem {
  return {
    ...{ name: 'twilio-credentials', status: 503, title: 'Twilio does not accept our credentials' },
    detail:
      'The API key in the stage’s Twilio secret is wrong or may not do this. Whoever runs the pipeline must renew it.',
    retryAfterSeconds: 60,
  };
}

export function twilioUnavailable(retryAfterSeconds = 5): Problem {
  return {
    ...{ name: 'twilio-unavailable', status: 503, title: 'Twilio does not answer' },
    detail:
      'Repeat the request with the same Idempotency-Key: it finds out whether the first one arrived. Without one nobody can tell: look in Flex before you send it again.',
    retryAfterSeconds,
  };
}

export function refused(): Problem {
  return {
    ...{ name: 'refused-by-twilio', status: 502, title: 'Twilio refused the request' },
    detail: 'Nothing was sent. Twilio’s code says why; if that does not help, look in Twilio’s error logs.',
  };
}

function meaningOf(code: number | undefined): Problem | undefined {
  const found = code === undefined ? undefined : meanings.find(({ codes }) => codes.includes(code));
  if (found === undefined) return undefined;
  const { name, status, title, detail } = found;
  return { name, status, title, detail };
}
