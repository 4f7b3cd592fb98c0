import * as z from 'zod/mini';
import type { Exported } from '../events/export.ts';
import { shownUrl } from '../events/pipeline-urls.ts';
import type { SectionNeeds } from '../section-needs.ts';
import { readAddresses } from './addresses.ts';
import type { Address } from './addresses.ts';
import { messagingSettingsSchema } from './messaging-settings.ts';
import type { MessagingSettings } from './messaging-settings.ts';

/** The account's addresses, as the `messaging` of a configuration. */
export async function exportMessaging({
  account,
}: Pick<SectionNeeds<unknown>, 'account'>): Promise<Exported<MessagingSettings>> {
  const there = await readAddresses(account.rest);
  const read = there.map((one) => ({ one, settings: settingsOf(one) }));
  const addresses = read.flatMap(({ settings }) => settings ?? []);
  return {
    settings: addresses.length === 0 ? undefined : { addresses },
    warnings: read.flatMap(({ one, settings }) =>
      settings === undefined
        ? [`${one.address} (${one.sid}) is left out: it has what a configuration cannot say, or a password in its URL`]
        : [],
    ),
  };
}

/** Undefined for what the schema of the configuration would refuse, and where a secret would be written down. */
function settingsOf({ type, address, friendlyName, autoCreation }: Address) {
  const { webhook_url: url } = autoCreation;
  if (typeof url === 'string' && shownUrl(url) !== url) return undefined;
  const written = {
    type,
    address,
    ...(friendlyName !== undefined && { friendlyName }),
    autoCreation: Object.fromEntries(
      Object.entries(autoCreation)
        .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
        .map(([field, value]) => [camelCase(field), field === 'webhook_method' ? String(value).toUpperCase() : value]),
    ),
  };
  return z.safeParse(messagingSettingsSchema, { addresses: [written] }).data?.addresses;
}

const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
