import type { ConversationMessage, ConversationParticipant, MessageMedia } from './conversation.ts';
import type { Transcript } from './transcript.ts';

/** Everything that a screen may take for the end of a line. */
const lineBreak = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/u;
/** What a terminal takes for a command; in the JSON it is as it was written. */
const control = /[\p{Cc}--\t]/gv;
const indent = '    ';

/**
 * The transcript for people: who took part, and a line for each message, `time  author: words`. Of a message with more
 * lines the others are indented, so that no line of somebody's words looks like a message of its own.
 */
export function transcriptText(transcript: Transcript): string {
  const { conversationSid, accountSid, startedAt, taskSids, participants, messages } = transcript;
  const lines = [
    `Conversation ${conversationSid} of account ${accountSid}`,
    `Began ${timeText(startedAt)} UTC`,
    ...(taskSids.length === 0 ? [] : [`Tasks ${taskSids.join(', ')}`]),
    '',
    'Participants',
    ...(participants.length === 0 ? ['nobody'] : participants.map(participantText)).map((line) => `${indent}${line}`),
    '',
    `${messages.length} ${messages.length === 1 ? 'message' : 'messages'}, times in UTC`,
    '',
    ...messages.flatMap(messageLines),
  ];
  return `${lines.join('\n')}\n`;
}

function participantText({ participantSid, identity, address, proxyAddress }: ConversationParticipant): string {
  if (identity !== undefined) return inOneLine(identity);
  if (address === undefined) return participantSid;
  return inOneLine(proxyAddress === undefined ? address : `${address}, who wrote to ${proxyAddress}`);
}

function messageLines({
  sentAt,
  editedAt,
  author,
  participantSid,
  body,
  media,
}: ConversationMessage): readonly string[] {
  const words = body === undefined || body === '' ? [] : body.split(lineBreak);
  const files = media.map(fileText);
  const edited = editedAt === undefined ? [] : [`(edited ${timeText(editedAt)})`];
  const [first = '[no words]', ...others] = [...words, ...files, ...edited];
  const by = inOneLine(author ?? participantSid ?? 'unknown');
  return [`${timeText(sentAt)}  ${by}: ${harmless(first)}`, ...others.map((line) => `${indent}${harmless(line)}`)];
}

function fileText({ mediaSid, filename, contentType, sizeBytes }: MessageMedia): string {
  const size = sizeBytes === undefined ? 'size unknown' : `${sizeBytes} bytes`;
  return inOneLine(`[${filename ?? mediaSid}, ${contentType ?? 'type unknown'}, ${size}]`);
}

function inOneLine(text: string): string {
  return harmless(text.split(lineBreak).join(' '));
}

function harmless(text: string): string {
  return text.replace(control, '\u{fffd}');
}

/** `2026-11-20 10:00:00` */
function timeText(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}
