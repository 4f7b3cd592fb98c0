import type { RequestListener } from 'node:http';
import { twilioRecordingList } from '../../../lambdas/shared/adapters/twilio/recording-list.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { sids } from '../../support/example-sids.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';
import { keySource, oldKey } from './api-keys.ts';

const account = sids.account();
const path = `/2010-04-01/Accounts/${account}/Recordings.json`;
const of = { from: new Date('2026-11-19T23:30:00Z'), to: new Date('2026-11-20T10:00:00Z'), alsoDeleted: true };

const made = (n: number, dateCreated: string) => ({
  sid: sids.recording(n),
  account_sid: account,
  status: 'completed',
  date_created: dateCreated,
  start_time: dateCreated,
});

describe('the list of an account’s recordings', () => {
  let server: HttpAnswers | undefined;
  const asked: string[] = [];
  const listAnsweredBy = async (listener: RequestListener) => {
    asked.length = 0;
    server = await answerHttp((request, response) => {
      asked.push(decodeURIComponent(request.url ?? ''));
      listener(request, response);
    });
    return twilioRecordingList(twilioClient({ apiKey: keySource(oldKey), baseUrl: server.url }));
  };
  afterEach(async () => {
    await server?.close();
  });

  it('is asked for by whole days in GMT, the day after the last one included, a thousand at a time', async () => {
    const list = await listAnsweredBy((_request, response) => void response.end('{"recordings":[]}'));

    await list.page(account, of);
    await list.page(account, { ...of, to: new Date('2026-11-20T00:00:00Z'), alsoDeleted: false });

    expect(asked).toEqual([
      `${path}?DateCreated>=2026-11-19&DateCreated<=2026-11-21&IncludeSoftDeleted=true&PageSize=1000`,
      `${path}?DateCreated>=2026-11-19&DateCreated<=2026-11-20&PageSize=1000`,
    ]);
  });

  it('gives what was made in the time that was asked for, by the time at which Twilio made it', async () => {
    const recordings = [
      { ...made(1, 'Fri, 20 Nov 2026 10:00:00 +0000'), start_time: 'Fri, 20 Nov 2026 09:59:59 +0000' },
      made(2, 'Fri, 20 Nov 2026 09:59:59 +0000'),
      made(3, 'Thu, 19 Nov 2026 23:30:00 +0000'),
      made(4, 'Thu, 19 Nov 2026 23:29:59 +0000'),
    ];
    const list = await listAnsweredBy((_request, response) => void response.end(JSON.stringify({ recordings })));

    const page = await list.page(account, of);

    expect(page.recordings.map(({ recordingSid }) => recordingSid)).toEqual([sids.recording(2), sids.recording(3)]);
    expect(page).not.toHaveProperty('nextPage');
  });

  it('goes on at the next page’s query, and nowhere but at Twilio, whatever the page says', async () => {
    const next_page_uri = 'https://169.254.169.254/latest/meta-data?Page=1&PageToken=PA1';
    const list = await listAnsweredBy(
      (_request, response) => void response.end(JSON.stringify({ recordings: [], next_page_uri })),
    );

    const { nextPage } = await list.page(account, of);
    await list.page(account, { ...of, page: nextPage ?? 'none' });

    expect(asked[1]).toBe(`${path}?Page=1&PageToken=PA1`);
  });

  it('is asked for again later when Twilio has too much to do, and keeps how long that is', async () => {
    const list = await listAnsweredBy((_request, response) => {
      response.writeHead(429, { 'Retry-After': '7' }).end('{"code":20429}');
    });

    await expect(list.page(account, of)).rejects.toMatchObject({
      name: 'RetryableError',
      reason: 'twilio-rate-limited',
      retryAfterSeconds: 7,
    });
  });

  it('is not believed where a recording does not say when it was made', async () => {
    const recordings = [{ ...made(1, 'Fri, 20 Nov 2026 09:00:00 +0000'), date_created: null }];
    const list = await listAnsweredBy((_request, response) => void response.end(JSON.stringify({ recordings })));

    await expect(list.page(account, of)).rejects.toMatchObject({ reason: 'twilio-unreadable' });
  });
});
