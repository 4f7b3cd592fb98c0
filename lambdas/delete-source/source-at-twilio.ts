import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { RecordingResource } from '../shared/ports/recordings.ts';
import type { DeleteSourceNeeds } from './needs.ts';

export type SourceAtTwilio =
  | { readonly kind: 'there'; readonly resource: RecordingResource }
  | { readonly kind: 'gone'; readonly confirmedBy: 'not-found' | 'soft-deleted' };

/** Whether Twilio has the recording still. It shows a deleted one for 40 days, and after that says 404. */
export async function sourceAtTwilio(
  has: Pick<DeleteSourceNeeds, 'recordings'>,
  { accountSid, recordingSid }: RecordingRecord,
): Promise<SourceAtTwilio> {
  const fetched = await has.recordings.fetchAlsoDeleted(accountSid, recordingSid);
  if (fetched.kind === 'gone') return { kind: 'gone', confirmedBy: 'not-found' };
  const { recording: resource } = fetched;
  return resource.status === 'deleted' ? { kind: 'gone', confirmedBy: 'soft-deleted' } : { kind: 'there', resource };
}
