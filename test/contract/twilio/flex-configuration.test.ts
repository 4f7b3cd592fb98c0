import { twilioSignature } from '../../support/runtime/twilio-signature.ts';
import { exampleProperties } from '../../support/twilio/openapi-example.ts';
import { restCalls } from '../../support/twilio/rest-calls.ts';
import { account, startAccount, talk, type TwilioUnderTest } from '../../support/twilio/twilio-account.ts';
import { catchWebhooks, type WebhookCatcher } from '../../support/twilio/webhook-catcher.ts';

const path = '/v1/Configuration';

describe('the simulator’s Flex configuration', () => {
  let under: TwilioUnderTest;
  let catcher: WebhookCatcher;
  beforeEach(async () => {
    under = await startAccount();
    catcher = await catchWebhooks();
  });
  afterEach(() => Promise.all([under.twilio.stop(), catcher.close()]));

  const calls = () => restCalls(under);
  const { accountSid } = account;

  it('has every property of Twilio’s example, and names the account and its workspace', async () => {
    const { json } = await calls().get(path);

    expect(Object.keys(json).sort()).toEqual(exampleProperties('flex_v1', { method: 'get', path, example: 'fetch' }));
    expect(json).toMatchObject({
      account_sid: accountSid,
      taskrouter_workspace_sid: account.workspaceSid,
      call_recording_enabled: true,
      call_recording_webhook_url: null,
    });
  });

  it('takes JSON and changes what is given alone', async () => {
    const changed = await calls().postJson(path, {
      ...{ account_sid: accountSid, call_recording_webhook_url: 'https://pipeline.example.com/recordings' },
    });

    expect(changed.status).toBe(200);
    expect((await calls().get(path)).json).toMatchObject({
      call_recording_webhook_url: 'https://pipeline.example.com/recordings',
      call_recording_enabled: true,
    });
  });

  it.each([
    ['without the account’s SID', { call_recording_enabled: false }],
    ['in another account’s name', { account_sid: `AC${'f'.repeat(32)}`, call_recording_enabled: false }],
    ['of a misspelt property', { account_sid: accountSid, call_recording_enable: false }],
    ['of what is Twilio’s to set', { account_sid: accountSid, url: 'https://example.com' }],
  ])('refuses a change %s', async (_which, json) => {
    expect((await calls().postJson(path, json)).status).toBe(400);
    expect((await calls().get(path)).json).toMatchObject({ call_recording_enabled: true });
  });

  it('refuses a form', async () => {
    expect((await calls().post(path, { account_sid: accountSid })).status).toBe(415);
  });

  it('sends the callbacks of Flex’s own recordings to its webhook, signed, and of no others', async () => {
    const url = `${catcher.url}/recordings`;
    under.twilio.account.setFlexConfiguration({ call_recording_webhook_url: `${url}#rc=5&rp=all` });
    const { conference, workerCall } = talk(under);
    const own = under.twilio.voice.startRecording({ conferenceSid: conference, channels: 1 });
    under.twilio.voice.startRecording({ callSid: workerCall, channels: 2, source: 'StartCallRecordingAPI' });
    under.twilio.voice.stopRecording(own, { kind: 'completed', processingMs: 0 });
    await under.twilio.settled();

    const forms = catcher.caught.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
    expect(forms.map((form) => [form['RecordingSid'], form['RecordingStatus']])).toEqual([
      [own, 'in-progress'],
      [own, 'completed'],
    ]);
    const [caught] = catcher.caught;
    expect(caught?.url).toBe('/recordings');
    expect(caught?.headers['x-twilio-signature']).toBe(
      twilioSignature(account.authToken, url, [...new URLSearchParams(caught?.body)]),
    );
  });

  it('has a failed callback sent again where the webhook’s URL says so', async () => {
    under.twilio.account.setFlexConfiguration({ call_recording_webhook_url: `${catcher.url}/again#rc=2&rp=all` });
    catcher.answerAlways(500);
    const { conference } = talk(under);
    under.twilio.voice.startRecording({ conferenceSid: conference, channels: 1 });

    for (let attempts = 0; attempts < 5; attempts += 1) {
      await under.twilio.settled();
      under.clock.advance(1_000);
    }

    expect(catcher.caught).toHaveLength(3);
  });
});
