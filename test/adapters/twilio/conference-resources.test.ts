import { twilioConferences } from '../../../lambdas/shared/adapters/twilio/conferences.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { sids } from '../../support/example-sids.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';
import { keySource, oldKey } from './api-keys.ts';

/** Twilio's example, with our SIDs: https://www.twilio.com/docs/voice/api/conference-resource, read 2026-11. */
const resource = {
  account_sid: sids.account(),
  api_version: '2010-04-01',
  call_sid_ending_conference: null,
  date_created: 'Mon, 22 Aug 2011 20:58:45 +0000',
  date_updated: 'Mon, 22 Aug 2011 20:58:46 +0000',
  friendly_name: 'Party Line',
  reason_conference_ended: null,
  region: 'us1',
  sid: sids.conference(),
  status: 'in-progress',
};

describe('a conference of Twilio’s', () => {
  let server: HttpAnswers;
  let asked: string | undefined;
  const fetchAnswered = async (status: number, json: unknown) => {
    server = await answerHttp((request, response) => {
      asked = `${request.method} ${request.url}`;
      response.writeHead(status).end(JSON.stringify(json));
    });
    const client = twilioClient({ apiKey: keySource(oldKey), baseUrl: server.url });
    return twilioConferences(client).fetch(sids.account(), sids.conference());
  };
  afterEach(() => server.close());

  it('is asked for where Twilio has it, and read while it goes on', async () => {
    expect(await fetchAnswered(200, resource)).toEqual({
      kind: 'conference',
      conference: { conferenceSid: sids.conference(), status: 'in-progress' },
    });
    expect(asked).toBe(`GET /2010-04-01/Accounts/${sids.account()}/Conferences/${sids.conference()}.json`);
  });

  it('is read with the task that it is named after', async () => {
    expect(await fetchAnswered(200, { ...resource, friendly_name: sids.task() })).toEqual({
      kind: 'conference',
      conference: { conferenceSid: sids.conference(), status: 'in-progress', taskSid: sids.task() },
    });
  });

  it.each([`${sids.task()}-2`, sids.task().toLowerCase(), sids.call(), '', null])(
    'is of no task when its name is %j',
    async (name) => {
      expect(await fetchAnswered(200, { ...resource, friendly_name: name })).toEqual({
        kind: 'conference',
        conference: { conferenceSid: sids.conference(), status: 'in-progress' },
      });
    },
  );

  it('is read with its end', async () => {
    const over = {
      ...resource,
      status: 'completed',
      reason_conference_ended: 'last-participant-left',
      call_sid_ending_conference: sids.call(),
    };

    expect(await fetchAnswered(200, over)).toEqual({
      kind: 'conference',
      conference: {
        conferenceSid: sids.conference(),
        status: 'completed',
        reasonEnded: 'last-participant-left',
        callSidEnding: sids.call(),
      },
    });
  });

  it('is read without the call that ended it where Twilio gives none', async () => {
    const over = { ...resource, status: 'completed', call_sid_ending_conference: '' };

    expect(await fetchAnswered(200, over)).toEqual({
      kind: 'conference',
      conference: { conferenceSid: sids.conference(), status: 'completed' },
    });
  });

  it('that is not there is gone', async () => {
    expect(await fetchAnswered(404, { code: 20404 })).toEqual({ kind: 'gone' });
  });

  it.each([
    [401, 'twilio-credentials'],
    [429, 'twilio-rate-limited'],
    [503, 'twilio-unavailable'],
  ])('is asked for again when Twilio answers %p', async (status, reason) => {
    await expect(fetchAnswered(status, {})).rejects.toMatchObject({ name: 'RetryableError', reason });
  });

  it('is asked for again when the answer is none of Twilio’s', async () => {
    await expect(fetchAnswered(200, { sid: sids.call() })).rejects.toMatchObject({ reason: 'twilio-unreadable' });
  });
});
