import type { AttributeFacts, TaskAttributes } from './task-attributes.ts';
import { isObject } from './task-attributes.ts';
import type { TaskEventType } from './task-event.ts';

export type EnrichmentMode = 'observe' | 'fill' | 'overwrite';

/**
 * By when Insights must find an attribute: `identity` before the first segment ends, `segment` before the segment's
 * reservation completes. (https://www.twilio.com/docs/flex/developer/insights/enhance-integration, read 2026-11)
 */
export type DeadlineClass = 'identity' | 'segment';

/** Which deadlines can still be met when this event is being handled; at and after a task's end none can. */
export function openDeadlines(eventType: TaskEventType): readonly DeadlineClass[] {
  switch (eventType) {
    case 'task.created':
      return ['identity', 'segment'];
    case 'reservation.accepted':
    case 'reservation.wrapup':
    case 'task.updated':
    case 'task.wrapup':
    case 'task.transfer-initiated':
    case 'task.transfer-completed':
    case 'task.transfer-failed':
    case 'task.transfer-canceled':
    case 'task.transfer-attempt-failed':
      return ['segment'];
    case 'reservation.completed':
    case 'task.completed':
    case 'task.canceled':
    case 'task.deleted':
    case 'task.system-deleted':
      return [];
  }
}

/** One value that a rule wants under `conversations`. */
export interface WantedAttribute {
  readonly key: 'conversation_id' | 'language';
  readonly value: string;
}

/**
 * The default rules: a child task joins its chain's conversation, and the language is the one that routing asked for.
 * `conversationId` is the root of the chain, undefined for a task without parent (Insights needs none there).
 */
export function wantedAttributes(
  facts: AttributeFacts,
  conversationId: string | undefined,
  deadlines: readonly DeadlineClass[],
): readonly WantedAttribute[] {
  const wanted: WantedAttribute[] = [];
  if (deadlines.includes('identity') && conversationId !== undefined)
    wanted.push({ key: 'conversation_id', value: conversationId });
  if (deadlines.includes('segment') && facts.spokenLanguage !== undefined)
    wanted.push({ key: 'language', value: facts.spokenLanguage });
  return wanted;
}

export interface Enrichment {
  readonly attributes: TaskAttributes;
  /** The paths that differ, for the timeline; never the values. Empty: nothing is to be written. */
  readonly paths: readonly string[];
}

/**
 * Merges what is wanted under `conversations`; every other key stays as it was, and the same merge twice changes nothing.
 * Unless `overwrite`, a value that is there (an empty text is not one) is left as it is. Where `conversations` is
 * something other than an object, nothing is merged.
 */
export function enrich(
  attributes: TaskAttributes,
  wanted: readonly WantedAttribute[],
  mode: EnrichmentMode,
): Enrichment {
  const conversations = attributes['conversations'] ?? {};
  if (!isObject(conversations)) return { attributes, paths: [] };
  const changes = wanted.filter(({ key, value }) => {
    const existing = conversations[key];
    const isEmpty = existing === undefined || existing === null || existing === '';
    return isEmpty || (mode === 'overwrite' && existing !== value);
  });
  const merged = { ...conversations, ...Object.fromEntries(changes.map(({ key, value }) => [key, value])) };
  return {
    attributes: changes.length === 0 ? attributes : { ...attributes, conversations: merged },
    paths: changes.map(({ key }) => `conversations.${key}`),
  };
}
