import type { ContactVerification, RecordingRecord } from '../shared/domain/recording-record.ts';
import { recordingSid, taskSid } from '../shared/domain/sids.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { MetadataNames } from '../shared/messages/metadata-names.ts';
import type { CalabrioContact } from '../shared/ports/calabrio-contacts.ts';

/**
 * What the API's answer about one contact says of this recording.
 *
 * `mismatched`: its metadata names a stranger's recording or another task, whatever else may agree; a contradiction is never
 * settled in favour of a deletion. `confirmed`: the audio is there, and something of ours ties the contact to the
 * recording. Everything else is `unconfirmed` and asked again later.
 */
export function readVerification(
  contact: CalabrioContact | undefined,
  about: {
    readonly recording: RecordingRecord;
    readonly tasks: readonly TaskRecord[];
    readonly names: MetadataNames;
  },
): Pick<ContactVerification, 'result' | 'why'> {
  if (contact === undefined) return { result: 'unconfirmed', why: 'Calabrio has no such contact' };
  const said = { recording: named(contact, about.names.recordingSid), task: named(contact, about.names.taskSid) };
  const isOwnRecording = said.recording === about.recording.recordingSid;
  const isOwnTask = taskSid.is(said.task) && ownTasks(about).includes(said.task);
  // What we write is the task's, so it names the one recording that the task's link plays: for its siblings the task counts.
  const isSibling = about.tasks.some(({ primaryRecordingSid }) => primaryRecordingSid === said.recording);
  if (recordingSid.is(said.recording) && !isOwnRecording && !isSibling)
    return { result: 'mismatched', why: `its metadata names another recording, ${said.recording}` };
  if (taskSid.is(said.task) && !isOwnTask)
    return { result: 'mismatched', why: `its metadata names another task, ${said.task}` };
  if (contact.isAudioUploaded !== true) return { result: 'unconfirmed', why: 'its audio is not uploaded' };
  if (isOwnRecording) return { result: 'confirmed', why: 'its metadata names the recording' };
  if (isOwnTask) return { result: 'confirmed', why: 'its metadata names the task' };
  const others = [...contact.otherIds, named(contact, about.names.conferenceSid)].map((id) => id?.trim());
  if (aliases(about).some((alias) => others.includes(alias)))
    return { result: 'confirmed', why: 'one of its ids is a call or reservation of the recording' };
  return { result: 'unconfirmed', why: 'nothing of ours is in its metadata or among its ids' };
}

function named({ metadata }: CalabrioContact, name: string | undefined): string | undefined {
  return name !== undefined && Object.hasOwn(metadata, name) ? metadata[name]?.trim() : undefined;
}

type Known = { readonly recording: RecordingRecord; readonly tasks: readonly TaskRecord[] };

function ownTasks({ recording, tasks }: Known): readonly string[] {
  return [...recording.taskSids, ...tasks.map((task) => task.taskSid)];
}

/** What a call's contact may be known by. A conversation is none of it: that would be a chat's. */
function aliases({ recording, tasks }: Known): readonly string[] {
  const { callSid, conferenceSid } = recording.source;
  return [
    recording.recordingSid,
    callSid,
    conferenceSid,
    ...ownTasks({ recording, tasks }),
    ...tasks.flatMap((task) => [...task.callSids, ...task.conferenceSids]),
    ...tasks.flatMap((task) => task.legs.flatMap((leg) => [leg.reservationSid, leg.workerCallSid])),
  ].filter((alias) => alias !== undefined);
}
