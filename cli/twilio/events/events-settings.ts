import * as z from 'zod/mini';

/** The `events` of config/taskrouter.json. */
export const eventsSettingsSchema = z.strictObject({
  /** How TaskRouter's events come. */
  transport: z.enum(['event-streams', 'workspace-callback']),
  /** Those of config/events.json whose events are subscribed to. */
  features: z.array(z.string().check(z.minLength(1, 'the name of a feature of config/events.json; say it'))),
  workspaceCallback: z._default(z.boolean(), false),
  flexRecordingWebhook: z._default(z.boolean(), false),
});

export type EventsSettings = z.infer<typeof eventsSettingsSchema>;
