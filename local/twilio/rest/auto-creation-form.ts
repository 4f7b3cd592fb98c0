import type { AutoCreation } from '../state/account-records.ts';
import { wholeNumber } from './paging.ts';

/** The form's fields, by the property that each one sets. */
const fieldOf = {
  enabled: 'AutoCreation.Enabled',
  type: 'AutoCreation.Type',
  conversation_service_sid: 'AutoCreation.ConversationServiceSid',
  webhook_url: 'AutoCreation.WebhookUrl',
  webhook_method: 'AutoCreation.WebhookMethod',
  webhook_filters: 'AutoCreation.WebhookFilters',
  studio_flow_sid: 'AutoCreation.StudioFlowSid',
  studio_retry_count: 'AutoCreation.StudioRetryCount',
} as const;

export const autoCreationFields: readonly string[] = Object.values(fieldOf);

/** What stood before, with what the form gives in its place; or why that is refused. */
export function autoCreationOf(
  form: URLSearchParams,
  before: AutoCreation = { enabled: false, type: 'default' },
): AutoCreation | string {
  const enabled = form.get(fieldOf.enabled) ?? String(before.enabled);
  if (enabled !== 'true' && enabled !== 'false') return `${fieldOf.enabled} must be true or false`;
  const type = form.get(fieldOf.type) ?? before.type;
  if (type !== 'webhook' && type !== 'studio' && type !== 'default')
    return `${fieldOf.type} is not webhook, studio or default`;
  // The OpenAPI file has get and post where it is sent, and GET and POST where it is answered.
  const method = form.get(fieldOf.webhook_method)?.toUpperCase();
  if (method !== undefined && method !== 'GET' && method !== 'POST')
    return `${fieldOf.webhook_method} is neither GET nor POST`;
  const retries = form.get(fieldOf.studio_retry_count);
  const retryCount = wholeNumber(retries, 0);
  if (retryCount === undefined || retryCount > 3) return `${fieldOf.studio_retry_count} is not 0 to 3`;
  const next: AutoCreation = {
    ...before,
    ...textOf(form, 'conversation_service_sid'),
    ...textOf(form, 'webhook_url'),
    ...textOf(form, 'studio_flow_sid'),
    ...(method !== undefined && { webhook_method: method }),
    ...(form.has(fieldOf.webhook_filters) && { webhook_filters: form.getAll(fieldOf.webhook_filters) }),
    ...(retries !== null && { studio_retry_count: retryCount }),
    ...{ enabled: enabled === 'true', type },
  };
  if (type === 'studio' && next.studio_flow_sid === undefined) return `${fieldOf.studio_flow_sid} must be given`;
  if (type === 'webhook' && next.webhook_url === undefined) return `${fieldOf.webhook_url} must be given`;
  return next;
}

function textOf(
  form: URLSearchParams,
  name: 'conversation_service_sid' | 'webhook_url' | 'studio_flow_sid',
): Partial<AutoCreation> {
  const given = form.get(fieldOf[name]);
  return given === null ? {} : { [name]: given };
}
