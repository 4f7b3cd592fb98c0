import { furnishSmsDesk } from '../../../local/sms-desk.ts';
import { askForSms } from '../../support/e2e/ask-for-sms.ts';
import type { Answered } from '../../support/e2e/ask-for-sms.ts';
import { startPipelineRun } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';
import { putSmsCallers } from '../../support/e2e/put-secrets.ts';

const another = 'a-token-that-nobody-has-had-before-now';

/** Longer than the gateway remembers a token, and the function its secret. */
const FORGOTTEN_AFTER_SECONDS = 61;

describe('the door of POST /messages/sms', () => {
  let run: PipelineRun;
  beforeAll(async () => {
    run = await startPipelineRun();
    furnishSmsDesk(run.twilio);
  }, 120_000);
  afterAll(() => run.close());

  const timesAsked = (): number => run.cloud.measured('authorize-caller').durationsMs.length;
  const sentToTwilio = (): number => run.twilio.requests().filter(({ method }) => method === 'POST').length;
  /** Refused by the function behind the door, before it does anything: whoever sees 415 is through. */
  const knock = (token?: string | null): Promise<Answered> =>
    askForSms(run, { ...(token !== undefined && { token }), headers: { 'content-type': 'text/plain' } });

  /** Problem documents are not alone told by their status: each has what RFC 9457 wants, and may be kept by nobody. */
  function expectProblem({ status, headers, body }: Answered, expected: number, name: string): void {
    expect([status, body['type']]).toEqual([expected, `urn:flex-task-pipeline:problem:${name}`]);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({
      status: expected,
      title: expect.stringMatching(/\S/),
      detail: expect.stringMatching(/\S/),
      instance: `urn:flex-task-pipeline:request:${headers.get('x-amz-apigw-id')}`,
    });
  }

  it('lets the caller through whose token it is', async () => {
    expectProblem(await knock(), 415, 'wrong-content-type');
  });

  it.each([
    ['no token', null],
    ['a short one', 'short'],
    ['one that is no token', 'a token with spaces, and as long as a token has to be'],
  ])('answers 401 to %s, and asks no function', async (_title, token) => {
    const asked = timesAsked();

    const answered = await knock(token);

    expectProblem(answered, 401, 'caller-not-known');
    expect(answered.headers.get('www-authenticate')).toBe('Bearer');
    expect(timesAsked()).toBe(asked);
  });

  it('answers 401 to a token that nobody has, and to a part of a good one', async () => {
    expectProblem(await knock(another), 401, 'caller-not-known');
    expectProblem(await knock(run.secrets.smsToken.slice(1)), 401, 'caller-not-known');
  });

  it('takes no API key in the place of a token', async () => {
    const key = { 'x-api-key': 'flex-task-pipeline-sample-crm' };

    expectProblem(await askForSms(run, { token: null, headers: key }), 401, 'caller-not-known');
  });

  it('answers 403 to a caller whom the secret knows and the stage does not, and warns', async () => {
    putSmsCallers(run, { crm: { current: run.secrets.smsToken }, warehouse: { current: another } });
    await run.seconds(FORGOTTEN_AFTER_SECONDS);

    expectProblem(await knock(another), 403, 'caller-not-admitted');
    expect(run.log.of('authorize-caller').filter((line) => line.includes('"WARN"'))).toEqual([
      expect.stringContaining('"caller":"warehouse"'),
    ]);
  });

  it('takes two tokens while one is changed, and the old one no more a little after it is gone', async () => {
    const { smsToken } = run.secrets;
    putSmsCallers(run, { crm: { current: `${another}-new`, previous: smsToken } });
    await run.seconds(FORGOTTEN_AFTER_SECONDS);
    expect([(await knock(`${another}-new`)).status, (await knock()).status]).toEqual([415, 415]);

    putSmsCallers(run, { crm: { current: `${another}-new` } });
    await run.seconds(2 * FORGOTTEN_AFTER_SECONDS);
    expect([(await knock(`${another}-new`)).status, (await knock()).status]).toEqual([415, 401]);
  });

  it('lets nobody in, and says come again, while the secret is empty', async () => {
    putSmsCallers(run, '');
    // Until what is known of the secret is too old to go on with.
    await run.seconds(FORGOTTEN_AFTER_SECONDS);
    run.cloud.killFunction('authorize-caller');

    const answered = await knock();

    expectProblem(answered, 503, 'caller-not-checked');
    expect(answered.headers.get('retry-after')).toBe('5');
    expect(run.log.of('authorize-caller').join()).toContain('secret-malformed');
    putSmsCallers(run, { crm: { current: run.secrets.smsToken } });
    expect((await knock()).status).toBe(415);
  });

  it('sends a caller away that asks more often than the stage says, and lets it in again a little later', async () => {
    await run.seconds(10);

    const answers = await Promise.all(Array.from({ length: 90 }, () => knock()));
    const throttled = answers.filter(({ status }) => status === 429);
    await run.seconds(2);

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([415, 429]));
    // Thirty at once and fifteen a second.
    expect(answers.length - throttled.length).toBeGreaterThanOrEqual(30);
    for (const answered of throttled) expectProblem(answered, 429, 'too-many-requests');
    expect(throttled[0]?.headers.get('retry-after')).toBe('1');
    expect((await knock()).status).toBe(415);
  });

  it('had nothing sent by anybody of these', () => {
    expect(sentToTwilio()).toBe(0);
  });
});
