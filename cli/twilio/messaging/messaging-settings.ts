import * as z from 'zod/mini';

const sid = (prefix: string) =>
  z.string().check(z.regex(new RegExp(`^${prefix}[0-9a-f]{32}$`), `${prefix} and 32 hexadecimal digits; correct it`));

/** What Twilio does with a message that belongs to no conversation yet. */
const autoCreation = z.strictObject({
  /** False: nothing is made of a customer's message but what belongs to a conversation that is open. */
  enabled: z.boolean(),
  type: z.exactOptional(z.enum(['default', 'studio', 'webhook'])),
  conversationServiceSid: z.exactOptional(sid('IS')),
  studioFlowSid: z.exactOptional(sid('FW')),
  studioRetryCount: z.exactOptional(z.int().check(z.gte(0), z.lte(3))),
  webhookUrl: z.exactOptional(z.url()),
  webhookMethod: z.exactOptional(z.enum(['GET', 'POST'])),
  /** A form cannot say that there are none, so neither can this. */
  webhookFilters: z.exactOptional(
    z.array(z.string()).check(z.minLength(1, 'at least one event, such as "onMessageAdded"; or leave it out')),
  ),
});

const addressSettings = z.strictObject({
  type: z.enum(['sms', 'whatsapp', 'messenger', 'gbm', 'email', 'rcs', 'apple', 'chat']),
  address: z.string().check(z.minLength(1, 'an address such as +12025550143; say it')),
  /** For people. Left as it is at Twilio where the configuration says none. */
  friendlyName: z.exactOptional(z.string()),
  autoCreation,
});

/**
 * The `messaging` of config/taskrouter.json: Conversations' address configurations.
 * (https://www.twilio.com/docs/conversations/api/address-configuration-resource, read 2026-11)
 */
export const messagingSettingsSchema = z.strictObject({
  addresses: z
    .array(addressSettings)
    .check(
      z.refine(
        (addresses) => new Set(addresses.map(({ address }) => address)).size === addresses.length,
        'each address once; take one away',
      ),
    ),
});

export type MessagingSettings = z.infer<typeof messagingSettingsSchema>;
export type AddressSettings = MessagingSettings['addresses'][number];
