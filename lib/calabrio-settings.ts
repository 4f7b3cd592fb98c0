import * as z from 'zod/mini';
import { httpsUrl, tenantIdNumber, text, wholeNumber } from './setting-shapes.ts';

const metadataName = text(
  'the name of a metadata field in Calabrio, of 1 to 64 letters, digits, _, - and spaces',
  /^[\w -]{1,64}$/,
);

/** The Calabrio ONE tenant that takes the stage's recordings, and how its ACD is set up for Twilio Flex. */
export const calabrioSchema = z.strictObject({
  tenantId: tenantIdNumber,
  /** What Calabrio makes a contact of; `npm run cli -- calabrio correlate` proposes it from what was received. */
  legModel: z.enum(
    ['per-reservation', 'per-recording', 'per-call'],
    'wanted per-reservation, per-recording or per-call',
  ),
  /** Whether a contact is looked up in Calabrio's API before its source may go. */
  verify: z.enum(['required', 'when-configured', 'off'], 'wanted required, when-configured or off'),
  /** How long after a leg's end its contact status is waited for. */
  legTimeoutHours: wholeNumber(1, 8_760, 'hours'),
  /** Calabrio's API. @default - it is not asked */
  api: z.optional(
    z.strictObject({
      /** `https://calabriocloud.com`, or the host of your region, without a slash at its end. */
      baseUrl: httpsUrl('an https URL without credentials, such as https://calabriocloud.com').check(
        z.refine((url: string) => !url.endsWith('/'), 'wanted no slash at its end'),
      ),
      /** What all containers together may ask. */
      requestsPerSecond: wholeNumber(1, 100, 'requests a second'),
    }),
  ),
  /** The task attribute under which our SIDs are written for Calabrio's metadata mapping. @default - they are not written */
  correlationObject: z.optional(text('the name of a task attribute', /^[A-Za-z_][A-Za-z0-9_]{0,63}$/)),
  /** Under which metadata names Calabrio keeps our SIDs, as its metadata mapping says. */
  metadataNames: z.strictObject({
    recordingSid: metadataName,
    taskSid: metadataName,
    conferenceSid: metadataName,
  }),
  /** What is typed into Calabrio's ACD page besides; `npm run cli -- calabrio sheet` prints the page. */
  acd: z.strictObject({
    /** The time zone of Flex Insights. */
    timeZone: z
      .string('wanted a time zone')
      .check(z.refine((zone: string) => isTimeZone(zone), 'wanted a time zone such as America/Denver')),
    agentNameFormat: text('the format of the agents’ names as the page offers it', /^.{1,64}$/),
    products: z
      .array(
        z.enum(
          ['quality-management-voice', 'quality-management-digital', 'workforce-management'],
          'wanted quality-management-voice, quality-management-digital or workforce-management',
        ),
      )
      .check(z.minLength(1, 'wanted at least one product')),
    /** Twilio's voice recording encryption. @default - recordings are not encrypted */
    encryption: z.optional(
      z.strictObject({
        name: text('a name of letters and digits', /^[A-Za-z0-9]{1,64}$/),
        publicKeySid: text('CR and 32 lower-case hex digits', /^CR[0-9a-f]{32}$/),
      }),
    ),
  }),
});

export type CalabrioSettings = z.infer<typeof calabrioSchema>;

function isTimeZone(zone: string): boolean {
  return zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone);
}

/** What the settings of single fields cannot say. */
export function calabrioFaults({
  name,
  calabrio,
}: {
  readonly name: string;
  readonly calabrio?: CalabrioSettings | undefined;
}): readonly string[] {
  if (calabrio?.verify !== 'required' || calabrio.api !== undefined) return [];
  return [
    `${name}.calabrio.verify is "required" and ${name}.calabrio.api is missing: every source would wait for ever; give baseUrl and requestsPerSecond, or set verify to "when-configured"`,
  ];
}
