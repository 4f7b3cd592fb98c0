import { sids } from '../../support/example-sids.ts';
import { inMemoryRecordingList } from '../../support/fakes/in-memory-recording-list.ts';
import { inMemoryRecordings } from '../../support/fakes/in-memory-recordings.ts';
import { recordingListSuite } from './recording-list-suite.ts';

recordingListSuite('the list of recordings in memory', async () => {
  const recordings = inMemoryRecordings();
  let count = 0;
  const put = (status: 'completed' | 'deleted', startedAt: Date) => {
    count += 1;
    const of = { recordingSid: sids.recording(count), accountSid: sids.account() };
    recordings.put({ ...of, status, startedAt, durationSeconds: 3, channels: 1 });
    return of.recordingSid;
  };
  return {
    list: inMemoryRecordingList(() => recordings.all()),
    accountSid: sids.account(),
    newFinished: async (startedAt) => put('completed', startedAt),
    newDeleted: async (startedAt) => put('deleted', startedAt),
  };
});
