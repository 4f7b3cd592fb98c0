/**
 * The table's shape: what the stack must build and what every key of it looks like.
 *
 * The functions need `dynamodb:GetItem`, `dynamodb:PutItem` and `dynamodb:Query` on the table, and `dynamodb:Query` on
 * both indexes. Whoever erases needs `dynamodb:DeleteItem` as well.
 */
export const partitionKey = 'pk';
export const sortKey = 'sk';

/** Everything that has an appointment: sorted by when it is due; projects the keys only. */
export const openIndex = { name: 'open', partitionKey: 'openShard', sortKey: 'dueAt', shardCount: 16 } as const;

/** Everything by UTC day, for the operator's lists: sorted by time; projects `label`. */
export const byDayIndex = {
  name: 'by-day',
  partitionKey: 'dayShard',
  sortKey: 'dayAt',
  shardCount: 4,
  projectedAttributes: ['label'],
} as const;

/** The sort key of a recording's, a task's or a transcript's record. */
export const recordSortKey = 'record';
/** The record itself, as a map: what a person reads in the console. */
export const recordAttribute = 'record';
/** DynamoDB removes the item some time after this, in whole seconds. */
export const expiryAttribute = 'expiresAtEpochSeconds';
export const timelinePrefix = 'event#';
const recordingPrefix = 'RE#';
const taskPrefix = 'WT#';
const transcriptPrefix = 'CH#';

/** `RE#<sid>`, `CH#<sid>` or `WT#<sid>`: the partition of a recording, a transcript or a task, and what an alias leads to. */
export function ownKey(sid: string): string {
  if (sid.startsWith('RE')) return `${recordingPrefix}${sid}`;
  return `${sid.startsWith('CH') ? transcriptPrefix : taskPrefix}${sid}`;
}

/** The SID of an `ownKey`; undefined for a key of another kind. */
export function sidOfOwnKey(key: string): string | undefined {
  const prefix = [recordingPrefix, taskPrefix, transcriptPrefix].find((one) => key.startsWith(one));
  return prefix === undefined ? undefined : key.slice(prefix.length);
}

export const inboxPrefix = 'INBOX#';

/** Where the contact statuses lie that spoke of this id. */
export function inboxKey(alias: string): string {
  return `${inboxPrefix}${alias}`;
}

export function controlKey(name: 'deletion' | 'report-targets' | 'sweep' | 'backfill' | 'sink-tests'): string {
  return `CONTROL#${name}`;
}

/** What the callbacks told of a conference. */
export function conferenceKey(conferenceSid: string): string {
  return `CF#${conferenceSid}`;
}

/** Whom Insights takes the person for whose key was hashed to this. */
export function identityKey(subjectHash: string): string {
  return `IDENTITY#${subjectHash}`;
}

/** Which tasks and recordings are about the person whose key was hashed to this. */
export function subjectKey(subjectHash: string): string {
  return `SUBJECT#${subjectHash}`;
}

/** What became of a request to send a message whose caller and key were hashed to this. */
export function smsRequestKey(requestHash: string): string {
  return `SMS#${requestHash}`;
}

export const erasurePrefix = 'ERASURE#';

export function erasureKey(erasureId: string): string {
  return `${erasurePrefix}${erasureId}`;
}

/** The reverse of `erasureKey`. */
export function erasureIdOf(key: string): string {
  return key.slice(erasurePrefix.length);
}

/** All erasures, in the `by-day` index beside the days. */
export const erasuresDayShard = 'erasures';

export function aliasKey(alias: string): string {
  return `ALIAS#${alias}`;
}

/** The line's own time first, so that a query reads the timeline in the order of the facts. */
export function timelineKey(entry: {
  readonly occurredAt: Date;
  readonly cause: string;
  readonly what: string;
}): string {
  return `${timelinePrefix}${entry.occurredAt.toISOString()}#${entry.cause}#${entry.what}`;
}

export function openShard(shard: number): string {
  return `open#${shard}`;
}

/** The contact statuses of a UTC day: beside the day's tasks and recordings, not among them. */
export function inboxDayShard(day: string, shard: number): string {
  return `inbox#${day}#${shard}`;
}

/** `day` as `2026-11-20`. */
export function dayShard(day: string, shard: number): string {
  return `${day}#${shard}`;
}

/** The same SID always lies in the same shard: FNV-1a of its characters, modulo `shardCount`. */
export function shardOf(sid: string, shardCount: number): number {
  let hash = 0x811c9dc5;
  for (const character of sid) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return (hash >>> 0) % shardCount;
}
