import type { AccountSid } from '../shared/domain/sids.ts';
import type { SmsRequestIds } from '../shared/domain/sms-request.ts';
import type { HttpResponse } from '../shared/ports/http.ts';

/** What Flex has not made after 12 s it has mostly made a few seconds later. */
const LOOK_AGAIN_SECONDS = 5;

/** What the caller is told: 200 when Twilio has said everything, 202 with nulls when it has not yet. */
export function answer(
  { conversationSid, interactionSid, channelSid, taskSid, messageSid, isReused }: SmsRequestIds,
  how: {
    readonly status: 200 | 202;
    readonly accountSid: AccountSid;
    readonly isReplayed: boolean;
    /** Of a message that is not sent yet it is said so. */
    readonly isMessageWanted: boolean;
  },
): HttpResponse {
  const body = {
    conversationSid: conversationSid ?? null,
    interactionSid: interactionSid ?? null,
    channelSid: channelSid ?? null,
    taskSid: taskSid ?? null,
    ...(how.isMessageWanted && { messageSid: messageSid ?? null }),
    reused: isReused,
    // The keys of the function that this one takes the place of; docs/adr/029 says what became of each.
    chatChannel: {
      sid: conversationSid ?? null,
      task_sid: taskSid ?? null,
      account_sid: how.accountSid,
      identity: null,
      flex_flow_sid: null,
      user_sid: null,
      url:
        conversationSid === undefined ? null : `https://conversations.twilio.com/v1/Conversations/${conversationSid}`,
    },
    proxySession: null,
  };
  return {
    status: how.status,
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      ...(how.status === 202 && { 'Retry-After': String(LOOK_AGAIN_SECONDS) }),
      ...(how.isReplayed && { 'Idempotency-Replayed': 'true' }),
    },
    body: JSON.stringify(body),
  };
}
