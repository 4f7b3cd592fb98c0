import type { RecordingSid } from '../../../lambdas/shared/domain/sids.ts';
import { officialClient } from '../../support/twilio/official-client.ts';
import {
  account,
  apiKeyHeader,
  startAccount,
  talk,
  type TwilioUnderTest,
} from '../../support/twilio/twilio-account.ts';

const HOUR_MS = 3_600_000;

describe('the simulator’s recording resource', () => {
  let under: TwilioUnderTest;
  beforeEach(async () => void (under = await startAccount()));
  afterEach(() => under.twilio.stop());

  const client = () => officialClient(under.twilio.url);
  const placed = (count: number): readonly RecordingSid[] => {
    const callSid = under.twilio.voice.startCall();
    return Array.from({ length: count }, () => {
      under.clock.advance(HOUR_MS);
      return under.twilio.voice.placeRecording({
        callSid,
        channels: 1,
        durationSeconds: 2,
        startedAt: new Date(under.clock.now()),
      });
    });
  };

  it('goes from in-progress over paused and processing to completed, by the clock, the pauses left out', async () => {
    const { conference } = talk(under);
    const { voice } = under.twilio;
    const sid = voice.startRecording({ conferenceSid: conference, channels: 2 });
    const status = async (): Promise<string> => (await client().recordings(sid).fetch()).status;

    under.clock.advance(30_000);
    expect(await status()).toBe('in-progress');
    voice.pauseRecording(sid);
    expect(await status()).toBe('paused');
    under.clock.advance(60_000);
    voice.resumeRecording(sid);
    under.clock.advance(12_000);
    voice.endConference(conference);
    expect(await status()).toBe('processing');
    under.clock.advance(4_000);

    expect(await client().recordings(sid).fetch()).toMatchObject({
      ...{ status: 'completed', duration: '42', channels: 2, source: 'Conference' },
      ...{ conferenceSid: conference, callSid: null, errorCode: null },
      ...{ startTime: new Date('2026-11-20T08:00:00Z'), mediaUrl: voice.recordingUrl(sid) },
    });
  });

  it('writes its dates as RFC 2822', async () => {
    const [sid] = placed(1);

    const answer = await fetch(`${under.twilio.url}/2010-04-01/Accounts/${account.accountSid}/Recordings/${sid}.json`, {
      headers: { authorization: apiKeyHeader },
    });

    expect(await answer.json()).toMatchObject({ start_time: 'Fri, 20 Nov 2026 09:00:00 +0000', duration: '2' });
  });

  it('ends absent with 16101 when it was too short', async () => {
    const { conference } = talk(under);
    const sid = under.twilio.voice.startRecording({ conferenceSid: conference, channels: 1 });

    under.twilio.voice.stopRecording(sid, { kind: 'absent' });
    under.clock.advance(4_000);

    expect(await client().recordings(sid).fetch()).toMatchObject({ status: 'absent', errorCode: 16101, duration: '0' });
  });

  it('is listed newest first, page after page, by Twilio’s own client', async () => {
    const sids = placed(5);

    const listed = await client().recordings.list({ pageSize: 2 });

    expect(listed.map((recording) => recording.sid)).toEqual([...sids].reverse());
    expect(under.twilio.requests().map((request) => request.query['Page'])).toEqual([undefined, '1', '2']);
  });

  it('is listed by its conference and by its call', async () => {
    const { conference, workerCall } = talk(under);
    const { voice } = under.twilio;
    const native = voice.startRecording({ conferenceSid: conference, channels: 2 });
    const leg = voice.startRecording({ callSid: workerCall, channels: 1 });
    placed(1);

    const sidsOf = async (list: Promise<readonly { readonly sid: string }[]>): Promise<readonly string[]> =>
      (await list).map((recording) => recording.sid);

    expect(await sidsOf(client().recordings.list({ conferenceSid: conference }))).toEqual([native]);
    expect(await sidsOf(client().conferences(conference).recordings.list())).toEqual([native]);
    expect(await sidsOf(client().recordings.list({ callSid: workerCall }))).toEqual([leg]);
    expect(await sidsOf(client().calls(workerCall).recordings.list())).toEqual([leg]);
  });

  it('is listed by when it was created, the moments named included', async () => {
    const [nine, ten, eleven] = placed(3);
    const createdFrom = new Date('2026-11-20T10:00:00Z');

    const between = await client().recordings.list({ dateCreatedAfter: createdFrom, dateCreatedBefore: createdFrom });
    const after = await client().recordings.list({ dateCreatedAfter: createdFrom });
    const before = await client().recordings.list({ dateCreatedBefore: createdFrom });

    expect(between.map((recording) => recording.sid)).toEqual([ten]);
    expect(after.map((recording) => recording.sid)).toEqual([eleven, ten]);
    expect(before.map((recording) => recording.sid)).toEqual([ten, nine]);
  });

  it('is deleted once completed; then only IncludeSoftDeleted shows it, and its media is gone', async () => {
    const [sid] = placed(1);
    if (sid === undefined) throw new Error('nothing was placed');

    expect(await client().recordings(sid).remove()).toBe(true);

    await expect(client().recordings(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    await expect(client().recordings(sid).remove()).rejects.toMatchObject({ status: 404 });
    expect(await client().recordings(sid).fetch({ includeSoftDeleted: true })).toMatchObject({ status: 'deleted' });
    expect(await client().recordings.list()).toEqual([]);
    expect(await client().recordings.list({ includeSoftDeleted: true })).toHaveLength(1);
    const media = `${under.twilio.url}/2010-04-01/Accounts/${account.accountSid}/Recordings/${sid}`;
    expect((await fetch(media, { headers: { authorization: apiKeyHeader } })).status).toBe(404);
  });

  it('is not deleted before it is completed', async () => {
    const { conference } = talk(under);
    const sid = under.twilio.voice.startRecording({ conferenceSid: conference, channels: 1 });

    await expect(client().recordings(sid).remove()).rejects.toMatchObject({ status: 400 });
  });

  it('writes Flex’s own link beside what the task already says', () => {
    const { task, conference } = talk(under);
    under.twilio.taskRouter.writeAttributes(task, { conversations: { language: 'English' }, name: 'Ada Example' });

    const sid = under.twilio.voice.startRecording({ conferenceSid: conference, channels: 1, segmentLinkOn: task });

    expect(under.twilio.taskRouter.readAttributes(task).attributes).toEqual({
      name: 'Ada Example',
      conversations: {
        language: 'English',
        segment_link: `https://api.twilio.com/2010-04-01/Accounts/${account.accountSid}/Recordings/${sid}`,
      },
    });
  });
});

describe('the simulator’s conference resource', () => {
  it('is named by its task and lists who is in it', async () => {
    const under = await startAccount();
    const { task, conference, customer, workerCall } = talk(under);
    const ours = officialClient(under.twilio.url).conferences(conference);

    expect(await ours.fetch()).toMatchObject({ friendlyName: task, status: 'in-progress' });
    expect((await ours.participants.list()).map((one) => one.callSid)).toEqual([customer, workerCall]);
    under.twilio.voice.leave(conference, customer);
    expect((await ours.participants.list()).map((one) => one.callSid)).toEqual([workerCall]);
    under.twilio.voice.endConference(conference);
    expect(await ours.fetch()).toMatchObject({ status: 'completed' });

    await under.twilio.stop();
  });
});
