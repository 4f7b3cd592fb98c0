import type { LegModel } from '../../../lambdas/shared/domain/policy.ts';
import { startCalabrio } from '../../../local/calabrio/start-calabrio.ts';
import type { CalabrioSimulator } from '../../../local/calabrio/simulator.ts';
import { account, startAccount, talk } from '../../support/twilio/twilio-account.ts';
import type { TwilioUnderTest } from '../../support/twilio/twilio-account.ts';
import { catchWebhooks } from '../../support/twilio/webhook-catcher.ts';
import type { WebhookCatcher } from '../../support/twilio/webhook-catcher.ts';

const user = { userId: 'svc', password: 'not-a-password' };

describe('the Calabrio simulator', () => {
  let under: TwilioUnderTest;
  let catcher: WebhookCatcher;
  let calabrio: CalabrioSimulator;

  beforeEach(async () => {
    under = await startAccount();
    catcher = await catchWebhooks();
  });
  afterEach(async () => {
    await calabrio.stop();
    await under.twilio.stop();
    await catcher.close();
  });

  async function start(legModel: LegModel = 'per-reservation'): Promise<void> {
    const { clock, twilio } = under;
    calabrio = await startCalabrio({
      ...{ clock, twilio, user, legModel },
      tenantId: 1001,
      metadata: [{ object: 'archive', attribute: 'recording_sid', name: 'archive_recording_sid' }],
      twilioUser: { accountSid: account.accountSid, user: account.apiKeySid, password: account.apiKeySecret },
      workspaceSid: account.workspaceSid,
    });
    calabrio.deliverTo({ url: `${catcher.url}/calabrio/contact-status`, token: 't0ken' });
  }

  /** Two agents talk to one customer, one after the other; the conference is recorded. */
  function transferredCall() {
    const { twilio, clock } = under;
    const call = talk(under);
    const recordingSid = twilio.voice.startRecording({ conferenceSid: call.conference, channels: 1 });
    clock.advance(20_000);
    const second = twilio.taskRouter.reserve(call.task, call.worker);
    twilio.taskRouter.accept(second);
    const secondCall = twilio.voice.join(call.conference, 'worker');
    clock.advance(20_000);
    twilio.voice.endConference(call.conference);
    clock.advance(10_000);
    const { attributes } = twilio.taskRouter.readAttributes(call.task);
    twilio.taskRouter.writeAttributes(call.task, { ...attributes, archive: { recording_sid: recordingSid } });
    twilio.taskRouter.completeTask(call.task, 'done');
    return { ...call, recordingSid, second, secondCall };
  }

  /** Lets so many seconds pass and waits until what fell due has been sent. */
  async function pass(seconds: number): Promise<void> {
    under.clock.advance(seconds * 1000);
    await calabrio.settled();
  }

  const bodies = () => catcher.caught.map(({ body }): Readonly<Record<string, unknown>> => JSON.parse(body));

  it('tells of each agent’s part some time after it came for the ended task, in the documented body', async () => {
    await start();
    const { task, second, secondCall, workerCall } = transferredCall();
    calabrio.plan(task, { sessionId: 'task', legId: 'worker-call' });

    await pass(300);
    expect(catcher.caught).toEqual([]);
    await pass(60);

    expect(catcher.caught.map(({ url }) => url)).toEqual(Array(2).fill('/calabrio/contact-status/t0ken'));
    expect(bodies()).toEqual([
      { ccrId: 4_700_001, sessionId: task, legId: workerCall, tenantId: 1001, status: 'COMPLETE' },
      { ccrId: 4_700_002, sessionId: task, legId: secondCall, tenantId: 1001, status: 'COMPLETE' },
    ]);
    expect(second).toMatch(/^WR/);
    expect(calabrio.waiting()).toBe(0);
  });

  it.each([
    ['per-recording', 'recording', 'recordingSid'],
    ['per-call', 'conference', 'conference'],
  ] as const)('makes one contact of a call with two agents, %s', async (legModel, legId, named) => {
    await start(legModel);
    const call = transferredCall();
    calabrio.plan(call.task, { sessionId: 'customer-call', legId });

    await pass(300);
    await pass(60);

    expect(bodies()).toMatchObject([{ sessionId: call.customer, legId: call[named], status: 'COMPLETE' }]);
  });

  it('fails what is no longer at Twilio when it comes for it, whatever was planned', async () => {
    await start();
    const { recordingSid } = transferredCall();
    const url = `${under.twilio.url}/2010-04-01/Accounts/${account.accountSid}/Recordings/${recordingSid}.json`;
    const authorization = `Basic ${Buffer.from(`${account.apiKeySid}:${account.apiKeySecret}`).toString('base64')}`;
    await fetch(url, { method: 'DELETE', headers: { authorization } });

    await pass(300);
    await pass(60);

    expect(bodies().map(({ status }) => status)).toEqual(['FAILED', 'FAILED']);
    expect(calabrio.contacts()).toMatchObject([{ isSourceMissing: true }, { isSourceMissing: true }]);
  });

  it('sends what a plan says, with another tenant or another token where it says so', async () => {
    await start();
    const { task } = transferredCall();
    calabrio.plan(task, {
      statuses: (place) =>
        place === 1
          ? []
          : [
              { afterSeconds: 10, status: 'FAILED', failureReason: 'No audio.' },
              { afterSeconds: 20, status: 'COMPLETE', tenantId: 77 },
              { afterSeconds: 30, status: 'COMPLETE', token: 'wrong' },
            ],
    });

    await pass(300);
    await pass(60);

    expect(bodies().map(({ status, tenantId, failureReason }) => [status, tenantId, failureReason])).toEqual([
      ['FAILED', 1001, 'No audio.'],
      ['COMPLETE', 77, undefined],
      ['COMPLETE', 1001, undefined],
    ]);
    expect(catcher.caught[2]?.url).toBe('/calabrio/contact-status/wrong');
    expect(calabrio.statuses().map(({ isOwnTenant, credential }) => [isOwnTenant, credential])).toEqual([
      [true, 'token'],
      [false, 'token'],
      [true, 'wrong-token'],
    ]);
  });

  describe('by its API', () => {
    const signIn = async (password = user.password): Promise<Response> =>
      fetch(`${calabrio.url}/api/rest/authorize`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ userId: user.userId, password, language: 'en' }),
      });
    const ask = async (path: string, sessionId = ''): Promise<Response> =>
      fetch(`${calabrio.url}/api/rest/${path}`, { headers: { Cookie: `hazelcast.sessionId=${sessionId}` } });
    async function session(): Promise<string> {
      const { sessionId }: { sessionId: string } = JSON.parse(await (await signIn()).text());
      return sessionId;
    }

    it('shows a contact with the mapped attributes to whoever is signed in', async () => {
      await start();
      const { recordingSid } = transferredCall();
      await pass(300);

      const answer = await ask('recording/contact/4700001?expand=metadata', await session());

      expect(JSON.parse(await answer.text())).toMatchObject({
        id: 4_700_001,
        audioUploaded: true,
        contactType: 'CALL',
        metadata: { archive_recording_sid: { value: recordingSid } },
      });
    });

    it('has the audio of a contact only when it was to be there', async () => {
      await start();
      const { task } = transferredCall();
      calabrio.plan(task, { audioUploadedAfterSeconds: 100 });
      await pass(300);
      const isUploaded = async (): Promise<unknown> =>
        JSON.parse(await (await ask('recording/contact/4700001', await session())).text()).audioUploaded;

      expect(await isUploaded()).toBe(false);
      await pass(100);
      expect(await isUploaded()).toBe(true);
    });

    it('refuses who is not signed in, whose session is over, and who has the wrong password', async () => {
      await start();
      const sessionId = await session();

      expect((await signIn('guessed')).status).toBe(401);
      expect((await ask('recording/contact/1')).status).toBe(401);
      expect((await ask('recording/contact/1', sessionId)).status).toBe(404);
      under.clock.advance(21 * 60_000);
      expect((await ask('recording/contact/1', sessionId)).status).toBe(401);
      const another = await session();
      calabrio.endSessions();
      expect((await ask('recording/contact/1', another)).status).toBe(401);
    });

    it('lists by day, passing over an id', async () => {
      await start();
      transferredCall();
      await pass(300);
      const sessionId = await session();
      const idsOn = async (query: string): Promise<readonly number[]> => {
        const listed: readonly { readonly id: number }[] = JSON.parse(
          await (await ask(`recording/contact?${query}`, sessionId)).text(),
        );
        return listed.map(({ id }) => id);
      };

      expect(await idsOn('id=4700002&beginDate=2026-11-20&endDate=2026-11-20')).toEqual([4_700_001, 4_700_002]);
      expect(await idsOn('beginDate=2026-11-21&endDate=2026-11-22')).toEqual([]);
      expect(await idsOn('limit=1')).toEqual([4_700_001]);
    });

    it('answers as it was told to, and then as always', async () => {
      await start();
      calabrio.answerNext(1, { status: 429, retryAfterSeconds: 7 });

      const refused = await ask('recording/contact/1');

      expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '7']);
      expect((await ask('recording/contact/1')).status).toBe(401);
      expect(calabrio.requests().map(({ status }) => status)).toEqual([429, 401]);
    });
  });
});
