import { exampleProperties } from '../../support/twilio/openapi-example.ts';
import { restCalls, textOf } from '../../support/twilio/rest-calls.ts';
import { startAccount, type TwilioUnderTest } from '../../support/twilio/twilio-account.ts';

const path = '/v1/Configuration/Addresses';
const phone = '+15005550006';
const flow = `FW${'0'.repeat(31)}1`;

describe('the simulator’s addresses of Conversations', () => {
  let under: TwilioUnderTest;
  beforeEach(async () => void (under = await startAccount()));
  afterEach(() => under.twilio.stop());

  const calls = () => restCalls(under);
  const studio = {
    ...{ Type: 'sms', Address: phone, FriendlyName: 'Our number' },
    ...{ 'AutoCreation.Enabled': 'true', 'AutoCreation.Type': 'studio', 'AutoCreation.StudioFlowSid': flow },
  };

  it('have every property of Twilio’s example, and say what is made of a message', async () => {
    const { status, json } = await calls().post(path, { ...studio, 'AutoCreation.StudioRetryCount': '3' });

    expect(status).toBe(201);
    expect(Object.keys(json).sort()).toEqual(
      exampleProperties('conversations_v1', { method: 'post', path, example: 'create' }),
    );
    expect(json).toMatchObject({
      ...{ type: 'sms', address: phone, friendly_name: 'Our number' },
      auto_creation: { enabled: true, type: 'studio', studio_flow_sid: flow, studio_retry_count: 3 },
    });
  });

  it('can be fetched by SID and by address, listed by type, changed and deleted', async () => {
    const sid = textOf(await calls().post(path, studio), 'sid');
    const filters = ['onMessageAdded', 'onParticipantAdded'];

    expect((await calls().get(`${path}/${encodeURIComponent(phone).replace('%2B', '+')}`)).json).toMatchObject({ sid });
    expect((await calls().get(`${path}?Type=whatsapp`)).json['address_configurations']).toEqual([]);
    const changed = await calls().post(`${path}/${sid}`, {
      ...{ 'AutoCreation.Type': 'webhook', 'AutoCreation.WebhookUrl': 'https://pipeline.example.com/chat' },
      ...{ 'AutoCreation.WebhookMethod': 'POST', 'AutoCreation.WebhookFilters': filters },
    });
    expect(changed.json).toMatchObject({
      friendly_name: 'Our number',
      auto_creation: { enabled: true, type: 'webhook', webhook_method: 'POST', webhook_filters: filters },
    });
    expect((await calls().delete(`${path}/${sid}`)).status).toBe(204);
    expect((await calls().get(`${path}/${sid}`)).status).toBe(404);
  });

  it('are one for each address', async () => {
    await calls().post(path, studio);

    expect((await calls().post(path, studio)).status).toBe(409);
    expect(under.twilio.account.addressConfigurations()).toHaveLength(1);
  });

  it.each([
    ['of no type of Twilio’s', { Type: 'fax' }],
    ['with a misspelt field', { 'AutoCreation.Enable': 'true' }],
    ['that is neither on nor off', { 'AutoCreation.Enabled': 'yes' }],
    ['of a flow that is not named', { 'AutoCreation.StudioFlowSid': [] }],
    ['of a webhook without a URL', { 'AutoCreation.Type': 'webhook' }],
    ['with more retries than Studio makes', { 'AutoCreation.StudioRetryCount': '4' }],
  ])('are refused %s', async (_which, more) => {
    expect((await calls().post(path, { ...studio, ...more })).status).toBe(400);
    expect(under.twilio.account.addressConfigurations()).toEqual([]);
  });
});
