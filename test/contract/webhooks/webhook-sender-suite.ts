import type { WebhookSender } from '../../../lambdas/shared/ports/webhook-sender.ts';
import type { ServerAnswer } from '../../support/fakes/in-memory-webhook-sender.ts';

export interface SenderRun {
  readonly sender: WebhookSender;
  /** Where the receiver is. */
  readonly url: string;
  /** What the receiver got. */
  posts(): readonly { readonly headers: Readonly<Record<string, unknown>>; readonly body: string }[];
  answerNext(answer: Exclude<ServerAnswer, 'nothing'>): void;
  /** From now on nobody is there. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** What every sender of webhooks promises. */
export function webhookSenderSuite(start: () => Promise<SenderRun>): void {
  let run: SenderRun;

  beforeEach(async () => {
    run = await start();
  });

  afterEach(() => run.close());

  const post = (body = '{"ccrId":0}') =>
    run.sender.post({ url: run.url, headers: { 'content-type': 'application/json', 'webhook-id': 'msg_1' }, body });

  it('delivers headers and body as they are, to the byte', async () => {
    const body = '{ "status" : "COMPLETE",\r\n\t"failureReason":"caf\\u00e9 é 🎧" }\n';

    await post(body);

    expect(run.posts()).toHaveLength(1);
    expect(run.posts()[0]?.body).toBe(body);
    expect(run.posts()[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': 'msg_1' });
  });

  it.each([200, 201, 202, 204, 299])('takes %i for taken', async (status) => {
    run.answerNext({ status });

    expect(await post()).toEqual({ kind: 'taken' });
  });

  it('takes 410 for the wish to hear no more', async () => {
    run.answerNext({ status: 410 });

    expect(await post()).toEqual({ kind: 'gone' });
  });

  it.each([300, 301, 302, 307, 308, 400, 401, 404, 413, 429, 500, 502, 503])(
    'takes %i for a refusal, and posts once',
    async (status) => {
      run.answerNext({ status });

      expect(await post()).toEqual({ kind: 'refused', status });
      expect(run.posts()).toHaveLength(1);
    },
  );

  it.each([429, 503])('passes on how long a receiver asks to wait with %i', async (status) => {
    run.answerNext({ status, retryAfterSeconds: 120 });

    expect(await post()).toEqual({ kind: 'refused', status, retryAfterSeconds: 120 });
  });

  it('answers also when nobody is there', async () => {
    await run.leave();

    expect(await post()).toEqual({ kind: 'unanswered', why: 'ECONNREFUSED' });
  });
}
