/*
 * The entries of one list of media, as Flex Insights reads them: the task's own list, or a reservation's.
 * (https://www.twilio.com/docs/flex/developer/insights/custom-media-attached-conversations, read 2026-11)
 */
import { recordingOfOurLink } from './link.ts';
import type { OnExistingLink } from './link.ts';
import { conversationSid } from './sids.ts';
import type { AccountSid, ConversationSid, RecordingSid } from './sids.ts';
import { isObject, recordingOfTwilioUrl } from './task-attributes.ts';
import type { TaskAttributes } from './task-attributes.ts';

export type MediaList = readonly unknown[];

/** What of ours belongs into one list. */
export interface ListWish {
  readonly recordingSid?: RecordingSid;
  readonly startedAt?: Date;
  /** When the agent took the call: a recording that begins after it does not play in Insights. */
  readonly startsNoLaterThan?: Date;
  /** Whose transcript comes first where the list has none. */
  readonly transcriptSid?: ConversationSid;
}

export interface MediaPolicy {
  readonly baseUrl: string;
  readonly account: AccountSid;
  readonly onExistingLink: OnExistingLink;
  /** Our entries were seen on this task before. */
  readonly hasBeenOurs: boolean;
  /** Another's link, which Insights plays where there is no media: any media takes its place. */
  readonly linkBehind?: string;
}

/** `kept`: another's recording plays first, and stays so. */
export type Arranged =
  | { readonly kind: 'kept' }
  | {
      readonly kind: 'arranged';
      readonly list: MediaList;
      /** What played before ours and does no longer. */
      readonly replaced?: string;
      readonly isTranscriptOurs: boolean;
    };

/**
 * The list with our entries where they belong: the transcript first, our recording before every other, because Insights
 * plays the first alone. Everything that is not ours keeps its place and its bytes, and a list that is so already comes
 * back as it was. Raw in the first place is left there: with it the entry opens and not the conversation's screen, and
 * whoever put it there wanted that.
 *
 * A list is never merged by index: what another program made of our entry and its own in this way has its identity from
 * the other's `url` or `sid` and is no longer ours.
 */
export function arrange(list: MediaList, wish: ListWish, policy: MediaPolicy): Arranged {
  const voiced = wish.recordingSid === undefined ? { list } : withVoice(list, wish, wish.recordingSid, policy);
  if (voiced === undefined) return { kind: 'kept' };
  const isTranscriptMissing = wish.transcriptSid !== undefined && !voiced.list.some(isTranscript);
  const whole = isTranscriptMissing ? withTranscript(voiced.list, transcriptOf(wish.transcriptSid)) : voiced.list;
  return { kind: 'arranged', isTranscriptOurs: isTranscriptMissing, ...voiced, list: whole };
}

/** The list without anything of ours; `transcriptSid` is set where its transcript is. */
export function withoutOurs(list: MediaList, baseUrl: string, transcriptSid: ConversationSid | undefined): MediaList {
  const others = list.filter((entry) => recordingOfOurEntry(entry, baseUrl) === undefined);
  if (transcriptSid === undefined) return others;
  const ours = JSON.stringify(transcriptOf(transcriptSid));
  const place = others.findIndex((entry) => JSON.stringify(entry) === ours);
  return place < 0 ? others : others.toSpliced(place, 1);
}

/** The recording that Insights plays of this list, when it is our entry that comes first. */
export function recordingPlayed(list: MediaList, baseUrl: string): RecordingSid | undefined {
  return recordingOfOurEntry(list.find(isVoice), baseUrl);
}

/**
 * The recordings that somebody who opens this list is given by Twilio. A further VoiceRecording is not among them, because
 * only the first is shown; an entry of any other type is a hyperlink of its own.
 */
export function recordingsFromTwilio(list: MediaList, account: AccountSid): readonly RecordingSid[] {
  const first = list.find(isVoice);
  return list
    .filter((entry) => !isVoice(entry) || entry === first)
    .map((entry) => recordingOfTwilioUrl(objectOf(entry)['url'], account))
    .filter((sid) => sid !== undefined);
}

/** An entry with both `url` and `url_provider` is whoever's the `url` is. */
export function recordingOfOurEntry(entry: unknown, baseUrl: string): RecordingSid | undefined {
  const identity = identityOf(entry);
  return isVoice(entry) && identity?.key === 'url_provider' ? recordingOfOurLink(baseUrl, identity.value) : undefined;
}

export function isTranscript(entry: unknown): boolean {
  return objectOf(entry)['type'] === 'ChatTranscript' || conversationSid.is(identityOf(entry)?.value);
}

const identityKeys = ['sid', 'conversation_sid', 'url', 'url_provider'] as const;

/** What an entry is about, by the first of its keys that says so. */
function identityOf(
  entry: unknown,
): { readonly key: (typeof identityKeys)[number]; readonly value: string } | undefined {
  const fields = objectOf(entry);
  for (const key of identityKeys) {
    const value = fields[key];
    if (typeof value === 'string' && value !== '') return { key, value };
  }
  return undefined;
}

type Voiced = { readonly list: MediaList; readonly replaced?: string };

function withVoice(list: MediaList, wish: ListWish, sid: RecordingSid, policy: MediaPolicy): Voiced | undefined {
  const { baseUrl, account } = policy;
  const isOurs = (entry: unknown): boolean => recordingOfOurEntry(entry, baseUrl) !== undefined;
  const rival = list.findIndex((entry) => isVoice(entry) && !isOurs(entry));
  const own = list.findIndex(isOurs);
  const isFirst = own >= 0 && (rival < 0 || own < rival);
  const linkBehind = own < 0 && rival < 0 ? policy.linkBehind : undefined;
  const isTaken = !isFirst && (rival >= 0 || linkBehind !== undefined);
  if (isTaken && staysAsItIs(policy)) return undefined;
  const mine = list.find((entry) => recordingOfOurEntry(entry, baseUrl) === sid);
  const twilios = list.find((entry) => isVoice(entry) && recordingOfTwilioUrl(objectOf(entry)['url'], account) === sid);
  const entry = voiceOf(wish, `${baseUrl}/r/${sid}`, objectOf(twilios), objectOf(mine));
  if (isFirst) return { list: list.flatMap((one, place) => (place === own ? [entry] : isOurs(one) ? [] : [one])) };
  const others = list.filter((one) => !isOurs(one));
  const place = others.findIndex(isVoice);
  const replaced = place < 0 ? linkBehind : identityOf(others[place])?.value;
  return {
    list: others.toSpliced(place < 0 ? others.length : place, 0, entry),
    ...(replaced !== undefined && { replaced }),
  };
}

/** As of a link: `keep` lets stay what was there before ours, `fill` whatever is there. */
function staysAsItIs({ onExistingLink, hasBeenOurs }: MediaPolicy): boolean {
  return onExistingLink === 'fill' || (onExistingLink === 'keep' && !hasBeenOurs);
}

/** What Twilio's own entry of the same recording says of channels and title holds for ours, and stays when that goes. */
function voiceOf(wish: ListWish, urlProvider: string, twilios: TaskAttributes, mine: TaskAttributes): TaskAttributes {
  const said = timeOf(twilios['start_time']) ?? timeOf(mine['start_time']);
  const startsAt = wish.startedAt ?? (said === undefined ? undefined : startTime(said, wish.startsNoLaterThan));
  const channels = [twilios['channels'], mine['channels']].find(Array.isArray);
  const title = [twilios['title'], mine['title']].find((text) => typeof text === 'string' && text !== '');
  return {
    type: 'VoiceRecording',
    url_provider: urlProvider,
    ...(startsAt !== undefined && { start_time: startsAt.getTime() }),
    ...(channels !== undefined && { channels }),
    ...(title !== undefined && { title }),
  };
}

/**
 * When a recording is said to have begun: never after the agent took the call, which Insights' player does not bear, and
 * Insights drops the milliseconds of that. Twilio's own plug-in takes a second off for the same reason.
 * (https://github.com/twilio-professional-services/flex-project-template, feature dual-channel-recording, read 2026-11)
 */
export function startTime(startedAt: Date, acceptedAt: Date | undefined): Date {
  if (acceptedAt === undefined) return startedAt;
  const wholeSecond = Math.floor(acceptedAt.getTime() / 1000) * 1000;
  return startedAt.getTime() <= wholeSecond ? startedAt : new Date(wholeSecond);
}

/** Milliseconds since 1970, or the ISO 8601 of some of Twilio's pages; 0 is nobody's answer. */
function timeOf(value: unknown): Date | undefined {
  const milliseconds = typeof value === 'string' ? Date.parse(value) : value;
  return typeof milliseconds === 'number' && milliseconds > 0 ? new Date(milliseconds) : undefined;
}

function withTranscript(list: MediaList, transcript: TaskAttributes): MediaList {
  return list.toSpliced(objectOf(list[0])['type'] === 'Raw' ? 1 : 0, 0, transcript);
}

function transcriptOf(sid: ConversationSid | undefined): TaskAttributes {
  return { type: 'ChatTranscript', sid };
}

function isVoice(entry: unknown): boolean {
  return objectOf(entry)['type'] === 'VoiceRecording';
}

function objectOf(entry: unknown): TaskAttributes {
  return isObject(entry) ? entry : {};
}
