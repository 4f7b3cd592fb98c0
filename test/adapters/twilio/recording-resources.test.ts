import type { RequestListener } from 'node:http';
import { twilioRecordings } from '../../../lambdas/shared/adapters/twilio/recordings.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import type { Recordings } from '../../../lambdas/shared/ports/recordings.ts';
import { sids } from '../../support/example-sids.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';
import { keySource, oldKey } from './api-keys.ts';

const account = sids.account();
const conference = sids.conference();

/** Twilio's example, with our SIDs: https://www.twilio.com/docs/voice/api/recording#fetch-a-recording-resource, read 2026-11. */
const resource = (changes: Readonly<Record<string, unknown>> = {}) => ({
  account_sid: account,
  api_version: '2010-04-01',
  call_sid: 'CA00000000000000000000000000000001',
  conference_sid: conference,
  channels: 1,
  date_created: 'Fri, 14 Oct 2016 21:56:34 +0000',
  date_updated: 'Fri, 14 Oct 2016 21:56:38 +0000',
  start_time: 'Fri, 14 Oct 2016 21:56:34 +0000',
  price: '-0.00250',
  price_unit: 'USD',
  duration: '4',
  sid: sids.recording(),
  source: 'StartConferenceRecordingAPI',
  status: 'completed',
  error_code: null,
  uri: `/2010-04-01/Accounts/${account}/Recordings/${sids.recording()}.json`,
  ...changes,
});

describe('a recording of Twilio’s', () => {
  let server: HttpAnswers | undefined;
  const recordingsAnsweredBy = async (listener: RequestListener): Promise<Recordings> => {
    server = await answerHttp(listener);
    return twilioRecordings(twilioClient({ apiKey: keySource(oldKey), baseUrl: server.url }));
  };
  const fetched = async (json: unknown) =>
    (await recordingsAnsweredBy((_request, response) => void response.end(JSON.stringify(json)))).fetch(
      account,
      sids.recording(),
    );
  afterEach(async () => {
    await server?.close();
  });

  it('is read whole', async () => {
    expect(await fetched(resource())).toEqual({
      kind: 'recording',
      recording: {
        recordingSid: sids.recording(),
        accountSid: account,
        status: 'completed',
        startedAt: new Date('2016-10-14T21:56:34.000Z'),
        durationSeconds: 4,
        channels: 1,
        origin: 'StartConferenceRecordingAPI',
        callSid: 'CA00000000000000000000000000000001',
        conferenceSid: conference,
      },
    });
  });

  it.each([
    ['-1', undefined],
    [null, undefined],
    ['0', 0],
    ['3600', 3600],
    [12, 12],
  ])('that says its duration is %p lasts %p seconds', async (duration, seconds) => {
    const found = await fetched(resource({ duration }));

    expect(found.kind === 'recording' && found.recording.durationSeconds).toBe(seconds);
  });

  it.each(['in-progress', 'paused', 'stopped', 'processing', 'completed', 'absent', 'failed', 'deleted'])(
    'that is %s is so',
    async (status) => {
      expect(await fetched(resource({ status }))).toMatchObject({ recording: { status } });
    },
  );

  it.each(['archived', 'toString', ''])('whose status we do not know (%p) is looked at again later', async (status) => {
    expect(await fetched(resource({ status }))).toMatchObject({ recording: { status: 'unknown' } });
  });

  it('of a conference alone has no call, and one that failed has its reason', async () => {
    const found = await fetched(resource({ call_sid: null, status: 'absent', error_code: 16101 }));

    expect(found).toMatchObject({ recording: { errorCode: '16101' } });
    expect(found.kind === 'recording' && found.recording).not.toHaveProperty('callSid');
  });

  it.each([{ sid: 'RE1' }, { start_time: 'yesterday' }, { status: undefined }])(
    'that cannot be one is not believed: %p',
    async (changes) => {
      await expect(fetched(resource(changes))).rejects.toMatchObject({
        name: 'RetryableError',
        reason: 'twilio-unreadable',
      });
    },
  );

  it('is found on whichever page it is', async () => {
    const asked: string[] = [];
    const recordings = await recordingsAnsweredBy((request, response) => {
      const url = new URL(request.url ?? '', 'http://twilio.example');
      asked.push(`${url.pathname}?${url.searchParams}`);
      const page = Number(url.searchParams.get('Page') ?? 0);
      const next = `/2010-04-01/Accounts/${account}/Recordings.json?ConferenceSid=${conference}&Page=${page + 1}&PageToken=PA${page}`;
      response.end(
        JSON.stringify({
          recordings: [resource({ sid: sids.recording(page + 1) })],
          next_page_uri: page < 2 ? next : null,
        }),
      );
    });

    const found = await recordings.listOfConference(account, conference);

    expect(found.map((one) => one.recordingSid)).toEqual([1, 2, 3].map(sids.recording));
    expect(asked).toEqual([
      `/2010-04-01/Accounts/${account}/Recordings.json?ConferenceSid=${conference}&PageSize=100`,
      `/2010-04-01/Accounts/${account}/Recordings.json?ConferenceSid=${conference}&Page=1&PageToken=PA0`,
      `/2010-04-01/Accounts/${account}/Recordings.json?ConferenceSid=${conference}&Page=2&PageToken=PA1`,
    ]);
  });

  it('is not looked for in a circle of pages for ever', async () => {
    const recordings = await recordingsAnsweredBy((_request, response) => {
      response.end(JSON.stringify({ recordings: [], next_page_uri: '/2010-04-01/Recordings.json?Page=1' }));
    });

    await expect(recordings.listOfConference(account, conference)).rejects.toMatchObject({
      reason: 'twilio-unreadable',
    });
    expect(server?.requestCount()).toBe(50);
  });
});

describe('a deletion at Twilio', () => {
  let server: HttpAnswers | undefined;
  const asked: string[] = [];
  const recordingsAnsweredBy = async (status: number, body: string, headers = {}): Promise<Recordings> => {
    asked.length = 0;
    server = await answerHttp((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(status, headers).end(body);
    });
    return twilioRecordings(twilioClient({ apiKey: keySource(oldKey), baseUrl: server.url }));
  };
  afterEach(async () => {
    await server?.close();
  });

  it('is one DELETE of that resource, and 204 is yes', async () => {
    const recordings = await recordingsAnsweredBy(204, '');

    expect(await recordings.deleteRecording(account, sids.recording())).toEqual({ kind: 'deleted' });
    expect(asked).toEqual([`DELETE /2010-04-01/Accounts/${account}/Recordings/${sids.recording()}.json`]);
  });

  it('of what is not there is no failure', async () => {
    const recordings = await recordingsAnsweredBy(404, JSON.stringify({ code: 20404, message: 'not found' }));

    expect(await recordings.deleteRecording(account, sids.recording())).toEqual({ kind: 'gone' });
  });

  it.each([
    [400, '{"code":20001,"message":"to +12025550143"}', 20001],
    [405, '{"code":20004}', 20004],
    [409, 'Conflict', undefined],
    [410, '', undefined],
    [451, '{"code":"no number"}', undefined],
  ])('that is answered with %i and %p is refused for good', async (status, body, code) => {
    const recordings = await recordingsAnsweredBy(status, body);

    expect(await recordings.deleteRecording(account, sids.recording())).toEqual({
      ...{ kind: 'refused', status },
      ...(code !== undefined && { code }),
    });
    expect(asked).toHaveLength(1);
  });

  it.each([
    [401, 'twilio-credentials'],
    [403, 'twilio-credentials'],
    [408, 'twilio-unavailable'],
    [421, 'twilio-refused'],
    [425, 'twilio-refused'],
    [429, 'twilio-rate-limited'],
    [500, 'twilio-unavailable'],
    [503, 'twilio-unavailable'],
    [307, 'twilio-refused'],
  ])('that is answered with %i is asked for again: %s', async (status, reason) => {
    const recordings = await recordingsAnsweredBy(status, '', { 'Retry-After': '7' });

    await expect(recordings.deleteRecording(account, sids.recording())).rejects.toMatchObject({
      name: 'RetryableError',
      reason,
      retryAfterSeconds: 7,
    });
  });

  it('is looked for with those that were deleted', async () => {
    const recordings = await recordingsAnsweredBy(200, JSON.stringify(resource({ status: 'deleted' })));

    expect(await recordings.fetchAlsoDeleted(account, sids.recording())).toMatchObject({
      kind: 'recording',
      recording: { status: 'deleted' },
    });
    expect(asked).toEqual([
      `GET /2010-04-01/Accounts/${account}/Recordings/${sids.recording()}.json?IncludeSoftDeleted=true`,
    ]);
  });
});
