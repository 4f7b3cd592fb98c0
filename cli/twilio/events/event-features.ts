/** What a team may want of TaskRouter's events; each has its types in config/events.json. */
export const eventFeatures = ['voice', 'digital', 'worker-attributes', 'agent-states'] as const;
export type EventFeature = (typeof eventFeatures)[number];
