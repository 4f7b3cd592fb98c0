import type { ConferenceSid, RecordingSid, TaskSid } from './sids.ts';
import { attributesText, isObject, maxAttributesCharacters } from './task-attributes.ts';
import type { TaskAttributes } from './task-attributes.ts';

/** What Calabrio's metadata mapping carries along with a contact, so that the contact can be told from another. */
export interface CorrelationKeys {
  readonly recordingSid: RecordingSid;
  readonly taskSid: TaskSid;
  readonly conferenceSid?: ConferenceSid;
}

/**
 * The attributes with our SIDs as texts one level below `objectName`, which is as deep as Calabrio maps; other keys of
 * that object stay. Undefined where something that is no object has that name, or where they would no longer fit: the
 * link is worth more than they are.
 */
export function withCorrelation(
  attributes: TaskAttributes,
  objectName: string,
  keys: CorrelationKeys,
): TaskAttributes | undefined {
  const before = attributes[objectName] ?? {};
  if (!isObject(before)) return undefined;
  const correlated = {
    ...attributes,
    [objectName]: {
      ...before,
      recording_sid: keys.recordingSid,
      task_sid: keys.taskSid,
      ...(keys.conferenceSid !== undefined && { conference_sid: keys.conferenceSid }),
    },
  };
  return attributesText(correlated).length <= maxAttributesCharacters ? correlated : undefined;
}
