import * as z from 'zod/mini';
import { eventFeatures } from './event-features.ts';

/** The `events` of config/taskrouter.json. */
export const eventsSettingsSchema = z.strictObject({
  /** How TaskRouter's events come: by a subscription of Event Streams, the workspace's event callback, both, or neither. */
  transport: z.enum(['event-streams', 'workspace-callback', 'both', 'none']),
  /** Those of config/events.json whose events are subscribed to. */
  features: z
    .array(z.enum(eventFeatures))
    .check(z.minLength(1, 'at least one feature, such as "voice"; with "transport": "none" nothing is subscribed to')),
  /** True: Flex tells the pipeline of the recordings that its own call recording makes. */
  flexRecordingWebhook: z._default(z.boolean(), false),
});

export type EventsSettings = z.infer<typeof eventsSettingsSchema>;
