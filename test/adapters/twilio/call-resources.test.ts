import { twilioCalls } from '../../../lambdas/shared/adapters/twilio/calls.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { sids } from '../../support/example-sids.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';
import { keySource, oldKey } from './api-keys.ts';

/** What Twilio's example says of a call, with our SIDs: https://www.twilio.com/docs/voice/api/call-resource, read 2026-11. */
const resource = {
  sid: sids.call(),
  account_sid: sids.account(),
  direction: 'inbound',
  from: '+12025550143',
  from_formatted: '(202) 555-0143',
  parent_call_sid: null,
  status: 'completed',
  to: '+15005550006',
};

describe('a call of Twilio’s', () => {
  let server: HttpAnswers;
  let asked: string | undefined;
  const fetchAnswered = async (status: number, json: unknown, headers: Record<string, string> = {}) => {
    server = await answerHttp((request, response) => {
      asked = `${request.method} ${request.url}`;
      response.writeHead(status, headers).end(JSON.stringify(json));
    });
    return twilioCalls(twilioClient({ apiKey: keySource(oldKey), baseUrl: server.url })).fetch(
      sids.account(),
      sids.call(),
    );
  };
  afterEach(() => server.close());

  it('is asked for where Twilio has it', async () => {
    await fetchAnswered(200, resource);

    expect(asked).toBe(`GET /2010-04-01/Accounts/${sids.account()}/Calls/${sids.call()}.json`);
  });

  it.each([
    ['inbound', 'inbound'],
    ['outbound-api', 'outbound'],
    ['outbound-dial', 'outbound'],
    ['trunking-terminating', undefined],
    [null, undefined],
  ])('goes the way that %j means', async (direction, read) => {
    expect(await fetchAnswered(200, { ...resource, direction })).toEqual({
      from: '+12025550143',
      to: '+15005550006',
      ...(read !== undefined && { direction: read }),
    });
  });

  it('has no end where Twilio gives an empty one', async () => {
    expect(await fetchAnswered(200, { ...resource, from: '', to: null })).toEqual({ direction: 'inbound' });
  });

  it('that is not there is none', async () => {
    expect(await fetchAnswered(404, { code: 20404 })).toBeUndefined();
  });

  it('is asked for again when Twilio asks for fewer calls, as late as it says', async () => {
    await expect(fetchAnswered(429, {}, { 'Retry-After': '7' })).rejects.toMatchObject({
      ...{ name: 'RetryableError', reason: 'twilio-rate-limited', retryAfterSeconds: 7 },
    });
  });

  it('is asked for again when the answer is none of Twilio’s', async () => {
    await expect(fetchAnswered(200, { sid: sids.recording() })).rejects.toMatchObject({ reason: 'twilio-unreadable' });
  });
});
