import type { TwilioForm } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { valueText } from '../../value-text.ts';
import { shownUrl } from '../events/pipeline-urls.ts';
import type { Difference } from '../section.ts';
import type { AddressSettings } from './messaging-settings.ts';

type AutoCreation = AddressSettings['autoCreation'];

/** The settings of an address by Twilio's name of the field, and of the form's parameter. */
const fields: readonly {
  readonly key: keyof AutoCreation;
  readonly field: string;
  readonly parameter: string;
}[] = [
  { key: 'enabled', field: 'enabled', parameter: 'AutoCreation.Enabled' },
  { key: 'type', field: 'type', parameter: 'AutoCreation.Type' },
  {
    key: 'conversationServiceSid',
    field: 'conversation_service_sid',
    parameter: 'AutoCreation.ConversationServiceSid',
  },
  { key: 'studioFlowSid', field: 'studio_flow_sid', parameter: 'AutoCreation.StudioFlowSid' },
  { key: 'studioRetryCount', field: 'studio_retry_count', parameter: 'AutoCreation.StudioRetryCount' },
  { key: 'webhookUrl', field: 'webhook_url', parameter: 'AutoCreation.WebhookUrl' },
  { key: 'webhookMethod', field: 'webhook_method', parameter: 'AutoCreation.WebhookMethod' },
  { key: 'webhookFilters', field: 'webhook_filters', parameter: 'AutoCreation.WebhookFilters' },
];

/** What Twilio has of an address; of `autoCreation` by Twilio's own names. */
export interface AddressThere {
  readonly friendlyName: string | undefined;
  readonly autoCreation: Readonly<Record<string, unknown>>;
}

/** Only what the configuration says is compared. */
export function addressDifferences(
  there: AddressThere | undefined,
  { friendlyName, autoCreation }: AddressSettings,
): readonly Difference[] {
  return [
    ...difference('friendly_name', there?.friendlyName, friendlyName),
    ...fields.flatMap(({ key, field }) =>
      difference(`auto_creation.${field}`, asAnswered(key, there?.autoCreation[field]), autoCreation[key]),
    ),
  ];
}

function difference(field: string, before: unknown, after: unknown): readonly Difference[] {
  const [from, to] = [textOf(before), textOf(after)];
  if (to === undefined || to === (from ?? '')) return [];
  return [{ field, ...(from !== undefined && { from: shownUrl(from) }), to: shownUrl(to) }];
}

/** The configuration has a method as Twilio's answers usually have it: in capitals. */
const asAnswered = (key: keyof AutoCreation, value: unknown): unknown =>
  key === 'webhookMethod' && typeof value === 'string' ? value.toUpperCase() : value;

/** The order of filters says nothing. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? value.map(plainText).toSorted().join(', ') : plainText(value);
}

const plainText = (value: unknown): string => (typeof value === 'string' ? value : valueText(value));

/** The parameters that say what the configuration says. */
export function addressForm({ friendlyName, autoCreation }: AddressSettings): TwilioForm {
  const said = fields.flatMap(({ key, parameter }) => {
    const value = autoCreation[key];
    if (value === undefined) return [];
    return [[parameter, Array.isArray(value) ? value : formText(key, String(value))] as const];
  });
  return { ...(friendlyName !== undefined && { FriendlyName: friendlyName }), ...Object.fromEntries(said) };
}

/** Twilio answers with `POST` and is sent `post`. (twilio_conversations_v1.json of @twilio/cli-core 8.3.2, read 2026-11) */
const formText = (key: keyof AutoCreation, text: string): string =>
  key === 'webhookMethod' ? text.toLowerCase() : text;
