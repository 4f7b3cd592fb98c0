import * as z from 'zod/mini';
import { addressDifferences } from '../../../../cli/twilio/messaging/address-differences.ts';
import { messagingSettingsSchema } from '../../../../cli/twilio/messaging/messaging-settings.ts';
import type { MessagingSettings } from '../../../../cli/twilio/messaging/messaging-settings.ts';
import { exportMessaging } from '../../../../cli/twilio/messaging/export.ts';
import { restCalls } from '../../../support/twilio/rest-calls.ts';
import { actionsOf, apply, planOf, PluggedOutError, startWired } from './wired-account.ts';
import type { Crash, WiredAccount } from './wired-account.ts';

const number = '+12025550143';
const flow = `FW${'1'.repeat(32)}`;
const quiet: MessagingSettings = { addresses: [{ type: 'sms', address: number, autoCreation: { enabled: false } }] };
const toStudio: MessagingSettings = {
  addresses: [
    {
      type: 'sms',
      address: number,
      friendlyName: 'Customers',
      autoCreation: { enabled: true, type: 'studio', studioFlowSid: flow, studioRetryCount: 2 },
    },
  ],
};
const toWebhook: MessagingSettings = {
  addresses: [
    {
      type: 'sms',
      address: '+12025550144',
      autoCreation: {
        enabled: true,
        type: 'webhook',
        webhookUrl: 'https://bot.example.com/hook',
        webhookMethod: 'POST',
        webhookFilters: ['onParticipantAdded', 'onMessageAdded'],
      },
    },
  ],
};

describe("the messages of an account's configuration", () => {
  let wired: WiredAccount;
  beforeEach(async () => {
    wired = await startWired();
  });
  afterEach(() => wired.stop());

  const there = () => wired.twilio.account.addressConfigurations();
  const sidOf = (address: string): string => there().find((one) => one.address === address)?.sid ?? '';

  it('that belong to no conversation make none where nothing is to be made of them', async () => {
    const plan = await apply(wired.messaging(quiet));

    expect(plan.changes).toMatchObject([
      {
        action: 'create',
        kind: 'address',
        name: number,
        differences: [
          { field: 'type', to: 'sms' },
          { field: 'auto_creation.enabled', to: 'false' },
        ],
      },
    ]);
    expect(there()).toMatchObject([{ type: 'sms', address: number, autoCreation: { enabled: false } }]);
  });

  it.each([
    ['to nobody', quiet],
    ['to a Studio flow', toStudio],
    ['to a webhook', toWebhook],
    ['to two places', { addresses: [...toStudio.addresses, ...toWebhook.addresses] }],
  ])('need nothing more once they go %s, and are exported as they were', async (_, settings) => {
    await apply(wired.messaging(settings));

    expect(await planOf(wired.messaging(settings))).toEqual({
      ...{ changes: [], unmanaged: [], warnings: [], problems: [] },
    });
    const { settings: exported, warnings } = await exportMessaging(wired.needs(undefined));
    expect(warnings).toEqual([]);
    expect(exported?.addresses).toMatchObject(settings.addresses);
    expect((await planOf(wired.messaging(exported))).changes).toEqual([]);
  });

  it.each<Crash>([
    { atWrite: 1, when: 'before' },
    { atWrite: 1, when: 'after' },
    { atWrite: 2, when: 'before' },
    { atWrite: 2, when: 'after' },
  ])('have one address each after a crash at write %j', async (crash) => {
    const both = { addresses: [...toStudio.addresses, ...toWebhook.addresses] };

    await expect(apply(wired.messaging(both, { crash }))).rejects.toThrow(PluggedOutError);
    await apply(wired.messaging(both));

    expect(there().map(({ address }) => address)).toEqual([number, '+12025550144']);
    expect((await planOf(wired.messaging(both))).changes).toEqual([]);
  });

  it('are shown field by field where somebody changed them, and put right; what is not said is left', async () => {
    await apply(wired.messaging(toStudio));
    await restCalls(wired.under).post(`/v1/Configuration/Addresses/${sidOf(number)}`, {
      'AutoCreation.Enabled': 'false',
      'AutoCreation.StudioRetryCount': '0',
      FriendlyName: 'Renamed',
    });

    const plan = await apply(wired.messaging(toStudio));
    expect(plan.changes).toMatchObject([
      {
        action: 'update',
        name: number,
        differences: [
          { field: 'friendly_name', from: 'Renamed', to: 'Customers' },
          { field: 'auto_creation.enabled', from: 'false', to: 'true' },
          { field: 'auto_creation.studio_retry_count', from: '0', to: '2' },
        ],
      },
    ]);
    expect((await planOf(wired.messaging(toStudio))).changes).toEqual([]);

    await apply(wired.messaging({ addresses: [{ type: 'sms', address: number, autoCreation: { enabled: false } }] }));
    expect(there()).toMatchObject([
      { friendlyName: 'Customers', autoCreation: { enabled: false, studio_flow_sid: flow } },
    ]);
  });

  it('of other addresses are left alone and shown, and deleted where they are named', async () => {
    await apply(wired.messaging(toWebhook));
    const [sid] = there().map((one) => one.sid);

    const plan = await apply(wired.messaging(quiet));
    expect(actionsOf(plan)).toEqual(['create address']);
    expect(plan.unmanaged).toEqual([{ kind: 'address', name: '+12025550144', sid }]);

    const pruned = await apply(wired.messaging(quiet, { typed: { prune: 'address/+12025550144' } }));
    expect(actionsOf(pruned)).toEqual(['delete address']);
    expect(there().map(({ address }) => address)).toEqual([number]);
  });

  it('say what to do where the address is there as another type', async () => {
    await restCalls(wired.under).post('/v1/Configuration/Addresses', { Type: 'rcs', Address: number });

    const [change] = (await planOf(wired.messaging(quiet))).changes;

    expect(change?.how).toEqual({
      kind: 'blocked',
      why: `${number} is configured as rcs, which Twilio cannot change to sms: correct its type, or delete ${sidOf(number)} in Twilio's Console first`,
    });
  });

  it('are not written down where a password is in them', async () => {
    const [address] = toWebhook.addresses;
    if (address === undefined) throw new Error('there is no address');
    const webhookUrl = 'https://ada:not-a-secret@bot.example.com/hook';
    await apply(
      wired.messaging({ addresses: [{ ...address, autoCreation: { ...address.autoCreation, webhookUrl } }] }),
    );

    const { settings, warnings } = await exportMessaging(wired.needs(undefined));

    expect(settings).toBeUndefined();
    expect(warnings).toEqual([expect.stringMatching(/^\+12025550144 \(IG[0-9a-f]{32}\) is left out: /)]);
  });

  it('are left out where the configuration says nothing of them', () => {
    expect(wired.messaging(undefined)).toMatchObject({ kind: 'left-out' });
  });

  it('cannot have two rules for one address', () => {
    const [address] = quiet.addresses;

    expect(z.safeParse(messagingSettingsSchema, { addresses: [address, address] }).error?.issues).toMatchObject([
      { path: ['addresses'], message: 'each address once; take one away' },
    ]);
  });

  it('are the same where Twilio spells a method in small letters, or says nothing for an empty text', () => {
    const [address] = toWebhook.addresses;
    if (address === undefined) throw new Error('there is one');
    const autoCreation = {
      ...{ enabled: true, type: 'webhook', webhook_url: 'https://bot.example.com/hook', webhook_method: 'post' },
      webhook_filters: ['onMessageAdded', 'onParticipantAdded'],
    };

    const differences = addressDifferences({ friendlyName: undefined, autoCreation }, { ...address, friendlyName: '' });

    expect(differences).toEqual([]);
  });

  it('cannot be told of by no filter, which no request could say', () => {
    const [address] = toWebhook.addresses;
    const addresses = [{ ...address, autoCreation: { ...address?.autoCreation, webhookFilters: [] } }];
    expect(z.safeParse(messagingSettingsSchema, { addresses }).success).toBe(false);
  });
});
