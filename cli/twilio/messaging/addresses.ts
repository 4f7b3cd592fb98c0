import * as z from 'zod/mini';
import { resourceAs } from '../resource-as.ts';
import type { TwilioRest } from '../twilio-rest.ts';
import type { AddressThere } from './address-differences.ts';

export const addressesUrl = 'https://conversations.twilio.com/v1/Configuration/Addresses';

/** What Conversations does with messages to one address. */
export interface Address extends AddressThere {
  readonly sid: string;
  readonly type: string;
  readonly address: string;
}

const addressSchema = z.object({
  sid: z.string(),
  type: z.string(),
  address: z.string(),
  friendly_name: z.nullish(z.string()),
  auto_creation: z.nullish(z.record(z.string(), z.unknown())),
});

/** (twilio_conversations_v1.json of @twilio/cli-core 8.3.2, read 2026-11) */
const mostOfAPage = 50;

/** All of the account; an address has one at most. */
export async function readAddresses(rest: TwilioRest): Promise<readonly Address[]> {
  const listed = await rest.list(`${addressesUrl}?PageSize=${mostOfAPage}`, 'address_configurations');
  return listed.map((resource) => {
    const read = resourceAs(addressSchema, resource, addressesUrl);
    const { sid, type, address, friendly_name: friendlyName, auto_creation: autoCreation } = read;
    return { sid, type, address, friendlyName: friendlyName ?? undefined, autoCreation: autoCreation ?? {} };
  });
}
