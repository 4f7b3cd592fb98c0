import type { TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import {
  account,
  apiKeyHeader,
  startAccount,
  talk,
  type TwilioUnderTest,
} from '../../support/twilio/twilio-account.ts';

const HOUR_MS = 3_600_000;

describe('the simulator’s faults', () => {
  let under: TwilioUnderTest;
  let task: TaskSid;
  beforeEach(async () => {
    under = await startAccount();
    task = talk(under).task;
  });
  afterEach(() => under.twilio.stop());

  const ask = (init: RequestInit = {}): Promise<Response> =>
    fetch(`${under.twilio.url}/v1/Workspaces/${account.workspaceSid}/Tasks/${task}`, {
      ...init,
      headers: { authorization: apiKeyHeader, ...init.headers },
    });
  const write = (attributes: string, headers: Record<string, string> = {}): Promise<Response> =>
    ask({ method: 'POST', body: new URLSearchParams({ Attributes: attributes }), headers });
  const attributes = (): string | undefined => under.twilio.taskRouter.task(task)?.attributes;

  it('answers the next two matching requests with 429, 20429 and Retry-After, and only those', async () => {
    under.twilio.faults.next(
      2,
      { method: 'POST', path: /\/Tasks\// },
      { kind: 'answer', status: 429, retryAfterSeconds: 7 },
    );

    const answers = [await ask(), await write('{"a":1}'), await write('{"a":2}'), await write('{"a":3}')];

    expect(answers.map((answer) => answer.status)).toEqual([200, 429, 429, 200]);
    expect(answers[1]?.headers.get('retry-after')).toBe('7');
    expect(await answers[1]?.json()).toMatchObject({ code: 20429, status: 429 });
    expect(attributes()).toBe('{"a":3}');
  });

  it('answers 503 for six hours by the clock and works again afterwards', async () => {
    under.twilio.faults.during(6 * HOUR_MS, {}, { kind: 'answer', status: 503 });

    under.clock.advance(6 * HOUR_MS - 1);
    expect((await ask()).status).toBe(503);
    under.clock.advance(1);

    expect((await ask()).status).toBe(200);
  });

  it('is taken back by the one who put it in, and all of it by `clear`', async () => {
    const takeBack = under.twilio.faults.next(1, {}, { kind: 'answer', status: 500 });
    takeBack();
    expect((await ask()).status).toBe(200);

    under.twilio.faults.next(1, {}, { kind: 'answer', status: 500 });
    under.twilio.faults.clear();
    expect((await ask()).status).toBe(200);
  });

  it('strikes at random by its probability, the same requests with the same seed', async () => {
    const pattern = async (seed: number): Promise<string> => {
      const other = await startAccount(seed);
      other.twilio.faults.atRandom(0.5, {}, { kind: 'answer', status: 500 });
      const statuses: number[] = [];
      for (let i = 0; i < 40; i += 1) statuses.push((await fetch(other.twilio.url)).status);
      await other.twilio.stop();
      return statuses.join(' ');
    };

    const first = await pattern(7);

    expect(await pattern(7)).toBe(first);
    expect(await pattern(8)).not.toBe(first);
    expect(first.split(' ').filter((status) => status === '500').length).toBeGreaterThan(10);
    expect(first.split(' ').filter((status) => status === '401').length).toBeGreaterThan(10);
  });

  it('lets another writer in between a read and its write, which then meets 412', async () => {
    const etag = (await ask()).headers.get('etag') ?? '';
    under.twilio.faults.next(
      1,
      { method: 'POST' },
      {
        kind: 'meanwhile',
        run: () => void under.twilio.taskRouter.writeAttributes(task, { by: 'another' }),
      },
    );

    const answer = await write('{"by":"us"}', { 'if-match': etag });

    expect(answer.status).toBe(412);
    expect(attributes()).toBe('{"by":"another"}');
  });

  it('does the work and loses the answer', async () => {
    under.twilio.faults.next(1, {}, { kind: 'lost-answer' });

    await expect(write('{"a":1}')).rejects.toThrow('fetch failed');

    expect(attributes()).toBe('{"a":1}');
    expect(under.twilio.requests().at(-1)).toMatchObject({ method: 'POST', status: 0 });
  });

  it.each([
    { when: 'before', written: false },
    { when: 'after', written: true },
  ] as const)('interrupts $when the work', async ({ when, written }) => {
    const seen: boolean[] = [];
    under.twilio.faults.next(1, {}, { kind: 'interrupt', when, run: () => void seen.push(attributes() === '{"a":1}') });

    await expect(write('{"a":1}')).rejects.toThrow('fetch failed');

    expect(seen).toEqual([written]);
    expect(attributes() === '{"a":1}').toBe(written);
  });
});
