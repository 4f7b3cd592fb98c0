import * as z from 'zod/mini';
import { hostOf, privateHostFault } from './public-address.ts';
import { isHttps, text, wholeNumber, yesOrNo } from './setting-shapes.ts';

/** The parts of a customer that the address of a lookup may name. */
const lookupPlaces = ['phone', 'email', 'externalId'] as const;

const lookupUrl =
  'an https URL without credentials, in whose path or query stands at least one of {phone}, {email} and {externalId}';

const customerLookupSchema = z.strictObject({
  /** `https://crm.example.com/customers?phone={phone}`: what is put in is percent-encoded. */
  urlTemplate: z
    .string(`wanted ${lookupUrl}`)
    .check(z.refine((url: string) => isHttps(url) && namesACustomer(url), `wanted ${lookupUrl}`)),
  /** How long the task's other attributes wait for the answer at most. */
  timeoutMilliseconds: wholeNumber(50, 5_000, 'milliseconds'),
  /** How long a container remembers an answer; 0: not at all. */
  cacheSeconds: wholeNumber(0, 86_400, 'seconds'),
  /** After so many failures in a row, nobody is asked for `openSeconds`. */
  openAfterFailures: wholeNumber(1, 100, 'failures'),
  openSeconds: wholeNumber(1, 3_600, 'seconds'),
});

/** What is written onto tasks and workers. */
export const enrichmentSchema = z.strictObject({
  /** `observe`: differences are counted, nothing is written. `fill`: what is missing. `overwrite`: what differs, too. */
  mode: z.enum(['observe', 'fill', 'overwrite'], 'wanted observe, fill or overwrite'),
  /** Which file of config/enrichment, without `.json`. */
  config: text('the name of a file of config/enrichment, without .json', /^[a-z0-9-]{1,64}$/),
  /** True where Flex Insights runs in its HIPAA mode: only keys of its allow-list are written. */
  hipaaMode: yesOrNo,
  /** True: attributes of workers are written, too. Single sign-on overwrites them at the next log-in. */
  workerWrites: yesOrNo,
  /** The team's own customer data. @default - nobody is asked */
  customerLookup: z.optional(customerLookupSchema),
});

export type EnrichmentSettings = z.infer<typeof enrichmentSchema>;

function namesACustomer(url: string): boolean {
  const [, behindHost] = /^https:\/\/[^{}/?#]+\/(.*)$/.exec(url) ?? [];
  const places: readonly string[] = behindHost?.match(/\{\w*\}|[{}]/g) ?? [];
  const known: readonly string[] = lookupPlaces.map((place) => `{${place}}`);
  return places.length > 0 && places.every((place) => known.includes(place));
}

interface WhatEnrichmentNeeds {
  readonly name: string;
  readonly linkMode: string;
  readonly enrichment: EnrichmentSettings;
}

/** What the settings of single fields cannot say. */
export function enrichmentFaults({ name, linkMode, enrichment }: WhatEnrichmentNeeds): readonly string[] {
  const { hipaaMode, customerLookup } = enrichment;
  const host = customerLookup === undefined ? undefined : hostOf(new URL(customerLookup.urlTemplate));
  const why = host === undefined ? undefined : privateHostFault(host);
  return [
    ...(hipaaMode && (linkMode === 'segment-link' || linkMode === 'both')
      ? [
          `${name}.enrichment.hipaaMode is true and ${name}.linkMode is "${linkMode}": in its HIPAA mode media must not be reachable without authorization, and whoever holds a link of ours can listen; set linkMode to "media" or "none"`,
        ]
      : []),
    ...(why === undefined ? [] : [`${name}.enrichment.customerLookup.urlTemplate leads to ${host}: ${why}`]),
  ];
}

/** The lookup as enrich-task reads it: one JSON text. */
export function customerLookupText(
  customerLookup: NonNullable<EnrichmentSettings['customerLookup']>,
  addresses: 'public' | 'any',
): string {
  return JSON.stringify({ ...customerLookup, addresses });
}
