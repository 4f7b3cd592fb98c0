import { compareText } from '../compare-text.ts';
import type { AccountSid, ConversationSid, TaskSid } from '../sids.ts';
import type { ConversationMessage, ConversationParticipant } from './conversation.ts';

/** A conversation as it goes into the archive. */
export interface Transcript {
  readonly accountSid: AccountSid;
  readonly conversationSid: ConversationSid;
  readonly startedAt: Date;
  readonly taskSids: readonly TaskSid[];
  /** Everybody who was ever seen in it. */
  readonly participants: readonly ConversationParticipant[];
  /** In their order. */
  readonly messages: readonly ConversationMessage[];
}

/** The version of the JSON's shape; readers refuse one that they do not know. */
export const transcriptVersion = 1;

/**
 * The transcript for machines: the same conversation gives the same text, byte for byte, whoever makes it and when.
 * What changes without a word being said, as the conversation's state does, is not in it.
 */
export function transcriptJson(transcript: Transcript): string {
  const { accountSid, conversationSid, startedAt, taskSids, participants, messages } = transcript;
  const json = {
    transcriptVersion,
    ...{ accountSid, conversationSid, startedAt },
    taskSids: taskSids.toSorted(compareText),
    participants: inOrder(participants).map(participantJson),
    messages: messages.toSorted((a, b) => a.index - b.index).map(messageJson),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

/** Those of `now`, and whoever of `before` has left since: Twilio lists only who is there. */
export function participantsEver(
  before: readonly ConversationParticipant[],
  now: readonly ConversationParticipant[],
): readonly ConversationParticipant[] {
  const bySid = new Map([...before, ...now].map((one) => [one.participantSid, one]));
  return inOrder([...bySid.values()]);
}

/** By the times of their joining, and by their SIDs where those are one or not known. */
function inOrder(participants: readonly ConversationParticipant[]): readonly ConversationParticipant[] {
  const joined = ({ joinedAt }: ConversationParticipant): number => joinedAt?.getTime() ?? 0;
  return participants.toSorted((a, b) => joined(a) - joined(b) || compareText(a.participantSid, b.participantSid));
}

/** Named one by one: the order of an object's keys is part of the text. */
function participantJson(one: ConversationParticipant): object {
  const { participantSid, identity, address, proxyAddress, joinedAt } = one;
  return { participantSid, identity, address, proxyAddress, joinedAt };
}

function messageJson(message: ConversationMessage): object {
  const { messageSid, index, sentAt, editedAt, author, participantSid, body, media } = message;
  const files = media.map(({ mediaSid, filename, contentType, sizeBytes }) => ({
    ...{ mediaSid, filename, contentType, sizeBytes },
  }));
  return { messageSid, index, sentAt, editedAt, author, participantSid, body, media: files };
}
