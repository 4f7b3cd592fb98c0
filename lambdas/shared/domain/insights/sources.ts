/** The pages that the rules are taken from, with the month each was read. */
export const sources = {
  /** Keys, 128 characters, years, team and department, customers' identity. */
  enhance: 'https://www.twilio.com/docs/flex/developer/insights/enhance-integration (read 2026-11)',
  labels: 'https://www.twilio.com/docs/flex/developer/insights/labels (read 2026-11)',
  /** The whole list of keys that are read; whatever is not on it is removed from HIPAA accounts. */
  hipaa: 'https://www.twilio.com/docs/flex/developer/insights/hipaa-flex-insights-historical-reporting (read 2026-11)',
  media: 'https://www.twilio.com/docs/flex/developer/insights/custom-media-attached-conversations (read 2026-11)',
  attributesLimit: 'https://www.twilio.com/docs/taskrouter/limits (read 2026-11)',
  events: 'https://www.twilio.com/docs/taskrouter/api/event/reference (read 2026-11)',
  attributes: 'https://www.twilio.com/docs/taskrouter/api/task (read 2026-11)',
  presigned: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ShareObjectPreSignedURL.html (read 2026-11)',
  studio: 'https://www.twilio.com/docs/studio/user-guide/liquid-template-language (read 2026-11)',
  /** A workflow compares a task's attribute with an agent's: `task.targetWorkerPhone == worker.phone`, say. */
  expressions: 'https://www.twilio.com/docs/taskrouter/expression-syntax (read 2026-11)',
  jsonata: 'https://docs.jsonata.org (read 2026-11)',
  enrichmentFile: 'config/enrichment/schema.json',
} as const;
