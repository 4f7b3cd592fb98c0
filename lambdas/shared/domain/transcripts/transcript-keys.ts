import type { AccountSid, ConversationSid } from '../sids.ts';

interface StartedConversation {
  readonly accountSid: AccountSid;
  readonly conversationSid: ConversationSid;
  readonly startedAt: Date;
}

/**
 * Where a conversation lies in the archive bucket, for ever: `{AC}/{yyyy}/{mm}/{dd}/{CH}.json` for machines and `.txt`
 * for people. The day is the UTC day on which the conversation began, as Twilio says it.
 */
export function transcriptKeys({ accountSid, conversationSid, startedAt }: StartedConversation): {
  readonly json: string;
  readonly text: string;
} {
  const day = startedAt.toISOString().slice(0, 10).replaceAll('-', '/');
  const stem = `${accountSid}/${day}/${conversationSid}`;
  return { json: `${stem}.json`, text: `${stem}.txt` };
}
