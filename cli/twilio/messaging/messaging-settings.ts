import * as z from 'zod/mini';

/** The `messaging` of config/taskrouter.json. */
export const messagingSettingsSchema = z.strictObject({
  addresses: z.array(
    z.strictObject({
      type: z.enum(['sms', 'whatsapp']),
      address: z.string().check(z.minLength(1, 'an address such as +12025550143; say it')),
      autoCreation: z.strictObject({ enabled: z.boolean() }),
    }),
  ),
});

export type MessagingSettings = z.infer<typeof messagingSettingsSchema>;
