import { aliasesOfContact } from '../../lambdas/shared/domain/contact-status.ts';
import type { ContactStatus } from '../../lambdas/shared/domain/contact-status.ts';
import type { RecordingRecord } from '../../lambdas/shared/domain/recording-record.ts';
import type { TaskRecord } from '../../lambdas/shared/domain/task-record.ts';

/**
 * What one of Calabrio's ids is to us. `other`: ours, but none of these (a conversation, a call of which it is not known
 * whose it is). `none`: it leads nowhere.
 */
export const idKinds = [
  'customer call',
  'worker call',
  'conference',
  'task',
  'reservation',
  'recording',
  'other',
  'none',
] as const;
export type IdKind = (typeof idKinds)[number];

/** What the ids of a contact led to. */
export interface Known {
  readonly tasks: readonly TaskRecord[];
  readonly recordings: readonly Pick<RecordingRecord, 'recordingSid' | 'source'>[];
}

/** What the id is: the whole of it, or else the first part of it that is known and has the shape of a SID. */
export function idKind(
  contact: Pick<ContactStatus, 'sessionId' | 'legId'>,
  from: 'sessionId' | 'legId',
  known: Known,
): IdKind {
  const kinds = aliasesOfContact(contact)
    .filter((one) => one.from === from)
    .map(({ alias }) => kindOf(alias, known));
  return kinds.find((kind) => kind !== 'none') ?? 'none';
}

function kindOf(alias: string, { tasks, recordings }: Known): IdKind {
  const some = (isSo: (task: TaskRecord) => boolean): boolean => tasks.some(isSo);
  if (recordings.some(({ recordingSid }) => recordingSid === alias)) return 'recording';
  if (some(({ taskSid }) => taskSid === alias)) return 'task';
  if (some(({ legs }) => legs.some(({ reservationSid }) => reservationSid === alias))) return 'reservation';
  if (some(({ customerCallSid }) => customerCallSid === alias)) return 'customer call';
  if (some(({ legs }) => legs.some(({ workerCallSid }) => workerCallSid === alias))) return 'worker call';
  const isConference =
    some(({ conferenceSids }) => conferenceSids.some((sid) => sid === alias)) ||
    recordings.some(({ source }) => source.conferenceSid === alias);
  if (isConference) return 'conference';
  const isKnown =
    some(({ callSids, conversationSids }) => [...callSids, ...conversationSids].some((sid) => sid === alias)) ||
    recordings.some(({ source }) => source.callSid === alias);
  return isKnown ? 'other' : 'none';
}
