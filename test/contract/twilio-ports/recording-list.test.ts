import { twilioRecordingList } from '../../../lambdas/shared/adapters/twilio/recording-list.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import type { Clock } from '../../../local/clock.ts';
import { startTwilio } from '../../../local/twilio/start-twilio.ts';
import type { TwilioSimulator } from '../../../local/twilio/simulator.ts';
import { sids } from '../../support/example-sids.ts';
import { inMemoryRecordingList } from '../../support/fakes/in-memory-recording-list.ts';
import { inMemoryRecordings } from '../../support/fakes/in-memory-recordings.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import { handClock } from '../../support/twilio/hand-clock.ts';
import { account } from '../../support/twilio/twilio-account.ts';
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

describe('against the simulator', () => {
  let clock: Clock;
  let twilio: TwilioSimulator;
  beforeEach(async () => {
    clock = handClock(Date.UTC(2026, 10, 20, 10));
    twilio = await startTwilio({ ...account, clock });
  });
  afterEach(() => twilio.stop());

  const place = (startedAt: Date) =>
    twilio.voice.placeRecording({ callSid: twilio.voice.startCall(), channels: 1, durationSeconds: 3, startedAt });

  recordingListSuite('the list of recordings over REST', async () => ({
    list: twilioRecordingList(twilioClient({ apiKey: memorySecret(account), baseUrl: twilio.url })),
    accountSid: account.accountSid,
    newFinished: async (startedAt) => place(startedAt),
    async newDeleted(startedAt) {
      const recordingSid = place(startedAt);
      twilio.voice.deleteRecording(recordingSid);
      return recordingSid;
    },
  }));

  it('forgets what was deleted 40 days ago, and not before', async () => {
    const list = twilioRecordingList(twilioClient({ apiKey: memorySecret(account), baseUrl: twilio.url }));
    const recordingSid = place(new Date('2026-11-17T10:00:00Z'));
    twilio.voice.deleteRecording(recordingSid);
    const listed = async () => {
      const of = { from: new Date('2026-11-17T00:00:00Z'), to: new Date('2026-11-18T00:00:00Z'), alsoDeleted: true };
      return (await list.page(account.accountSid, of)).recordings.length;
    };
    const dayMs = 86_400_000;

    clock.advance(40 * dayMs - 1);
    expect(await listed()).toBe(1);
    clock.advance(1);
    expect(await listed()).toBe(0);
  });
});
