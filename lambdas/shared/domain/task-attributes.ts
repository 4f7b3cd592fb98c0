import { callSid, conferenceSid, conversationSid, recordingSid, reservationSid, taskSid } from './sids.ts';
import type {
  AccountSid,
  CallSid,
  ConferenceSid,
  ConversationSid,
  RecordingSid,
  ReservationSid,
  TaskSid,
} from './sids.ts';

declare global {
  /** ECMAScript's JSON.parse source text access, in Node since 22; TypeScript 6 does not declare it yet. */
  interface JSON {
    rawJSON(text: string): unknown;
    isRawJSON(value: unknown): boolean;
  }
}

/** A task's attributes as parsed JSON. Unknown keys pass through everything untouched. */
export type TaskAttributes = Readonly<Record<string, unknown>>;

/** TaskRouter's limit, white space included. (https://www.twilio.com/docs/taskrouter/limits, read 2026-11) */
export const maxAttributesCharacters = 4096;

export type ParsedAttributes =
  | { readonly kind: 'object'; readonly attributes: TaskAttributes }
  | { readonly kind: 'unreadable'; readonly why: string };

/** A number that is kept as its source text is an object to JavaScript and none here. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);
}

/** Reads the JSON text of a task's attributes; `unreadable` says why without quoting them. */
export function parseTaskAttributes(text: string): ParsedAttributes {
  if (text.trim() === '') return { kind: 'unreadable', why: 'the attributes are an empty text' };
  const parsed = parseKeepingNumbers(text);
  if (parsed === undefined)
    return { kind: 'unreadable', why: `the attributes (${text.length} characters) are not JSON` };
  if (!isObject(parsed.value)) return { kind: 'unreadable', why: 'the attributes are JSON and not an object' };
  return { kind: 'object', attributes: parsed.value };
}

/** The text that goes back to Twilio: minified, every number as it was spelt. */
export function attributesText(attributes: TaskAttributes): string {
  return JSON.stringify(attributes);
}

/**
 * A number that JavaScript cannot hold exactly (a 64-bit id) is kept as its source text: writing attributes back must
 * not change what other programs put there.
 */
function parseKeepingNumbers(text: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text, (_key, parsed: unknown, context?: { readonly source?: string }) =>
      typeof parsed === 'number' && context?.source !== undefined && JSON.stringify(parsed) !== context.source
        ? JSON.rawJSON(context.source)
        : parsed,
    );
    return { value };
  } catch {
    return undefined;
  }
}

/** A recording that the attributes name, by a Twilio URL. */
export interface NamedRecording {
  readonly recordingSid: RecordingSid;
  readonly foundBy: 'segment-link' | 'media';
  /** Set where the recording is one agent's part, in `reservation_attributes`. */
  readonly reservationSid?: ReservationSid;
}

/** What the pipeline reads from a task's attributes, whichever of the known shapes they have. */
export interface AttributeFacts {
  readonly callSids: readonly CallSid[];
  readonly conferenceSids: readonly ConferenceSid[];
  readonly conversationSids: readonly ConversationSid[];
  readonly workerCallSid?: CallSid;
  readonly customerCallSid?: CallSid;
  readonly parentTaskSid?: TaskSid;
  readonly spokenLanguage?: string;
  readonly recordings: readonly NamedRecording[];
  /** The recordings that `media` plays from Twilio, also those that the link names besides. */
  readonly mediaRecordings: readonly RecordingSid[];
  readonly segmentLink?: string;
  /** The conversation that somebody already put this task into. */
  readonly conversationId?: string;
}

/**
 * Reads what the attributes say; a value with the wrong prefix is taken for what its prefix says, or not at all.
 *
 * With `account`, recordings that a URL says to be another account's are left out: under our account there is none of
 * that SID, and a link to it would take a good link's place and play nothing.
 */
export function attributeFacts(attributes: TaskAttributes, account?: AccountSid): AttributeFacts {
  const conference = objectAt(attributes, 'conference');
  const participants = objectAt(conference, 'participants');
  const rd = objectAt(attributes, 'rd');
  const ids = [
    attributes['call_sid'],
    attributes['callSid'],
    attributes['worker_call_sid'],
    attributes['conferenceSid'],
    attributes['channelSid'],
    attributes['conversationSid'],
    conference['sid'],
    ...Object.values(participants),
    ...Object.keys(participants),
  ];
  const workerCall = [attributes['worker_call_sid'], participants['worker']].find(callSid.is);
  const customerCall = [participants['customer'], attributes['call_sid'], attributes['callSid']].find(callSid.is);
  const parent = [rd['parent_task_sid'], attributes['parent_task_sid'], attributes['parentTaskSid']].find(taskSid.is);
  const language = [rd['spoken_language_required'], attributes['spoken_language_required']].find(isText);
  const { segment_link: segmentLink, conversation_id: conversationId } = objectAt(attributes, 'conversations');
  return {
    callSids: unique(ids.filter(callSid.is)),
    conferenceSids: unique(ids.filter(conferenceSid.is)),
    conversationSids: unique(ids.filter(conversationSid.is)),
    ...(workerCall !== undefined && { workerCallSid: workerCall }),
    ...(customerCall !== undefined && { customerCallSid: customerCall }),
    ...(parent !== undefined && { parentTaskSid: parent }),
    ...(language !== undefined && { spokenLanguage: language.trim() }),
    recordings: namedRecordings(attributes, account),
    mediaRecordings: unique(mediaOf(attributes, account).map((named) => named.recordingSid)),
    ...(isText(segmentLink) && { segmentLink }),
    ...(isText(conversationId) && { conversationId }),
  };
}

function namedRecordings(attributes: TaskAttributes, account: AccountSid | undefined): readonly NamedRecording[] {
  const linked = recordingOfTwilioUrl(objectAt(attributes, 'conversations')['segment_link'], account);
  const found: readonly NamedRecording[] = [
    ...(linked === undefined ? [] : [{ recordingSid: linked, foundBy: 'segment-link' as const }]),
    ...mediaOf(attributes, account),
  ];
  return found.filter((one, place) => found.findIndex((other) => other.recordingSid === one.recordingSid) === place);
}

/** The task's own media, and then each reservation's. */
function mediaOf(attributes: TaskAttributes, account: AccountSid | undefined): readonly NamedRecording[] {
  const whole = mediaRecordings(objectAt(attributes, 'conversations')['media'], account);
  const parts = Object.entries(objectAt(attributes, 'reservation_attributes'));
  return [
    ...whole.map((sid) => ({ recordingSid: sid, foundBy: 'media' as const })),
    ...parts.flatMap(([key, value]) =>
      mediaRecordings(isObject(value) ? value['media'] : undefined, account).map((sid) => ({
        recordingSid: sid,
        foundBy: 'media' as const,
        ...(reservationSid.is(key) && { reservationSid: key }),
      })),
    ),
  ];
}

function mediaRecordings(media: unknown, account: AccountSid | undefined): readonly RecordingSid[] {
  if (!Array.isArray(media)) return [];
  return media
    .map((entry: unknown) => (isObject(entry) ? recordingOfTwilioUrl(entry['url'], account) : undefined))
    .filter(recordingSid.is);
}

/**
 * The recording of a Twilio media URL, with or without an extension; undefined for every other text, and for another
 * account's than `account`. Nothing is ever fetched from the URL itself.
 */
export function recordingOfTwilioUrl(url: unknown, account?: AccountSid): RecordingSid | undefined {
  if (typeof url !== 'string') return undefined;
  const [, of, sid] = mediaUrl.exec(url) ?? [];
  return recordingSid.is(sid) && (account === undefined || of === account) ? sid : undefined;
}

const mediaUrl = /^https?:\/\/[^/?#]+\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})\/Recordings\/(RE[0-9a-f]{32})(?:[.?#]|$)/;

function objectAt(parent: TaskAttributes, key: string): TaskAttributes {
  const value = parent[key];
  return isObject(value) ? value : {};
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
