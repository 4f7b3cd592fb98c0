import * as z from 'zod/mini';
import type { ContactStatus } from '../domain/contact-status.ts';
import { PermanentError } from '../domain/outcome.ts';
import type { RawContactStatus } from './gateway-envelope.ts';
import { jsonOf } from './json-text.ts';

/** A request of Calabrio's route whose sender is proved; only a `ProveContactStatus` makes one. */
export type ProvedContactStatus = RawContactStatus & { readonly proved: true };

/** Calabrio's six keys need some hundred bytes; what is larger is no contact status. */
const mostBytes = 8_192;

/** A SID has 34 characters; ids of other systems are not much longer. */
const mostIdCharacters = 256;

const mostReasonCodePoints = 1_000;

/** A whole number, or its digits as a text. */
const whole = z.pipe(
  z.union([z.number(), z.pipe(z.string().check(z.regex(/^\s*\d{1,16}\s*$/)), z.transform(Number))]),
  z.int().check(z.gte(0)),
);

/** A text, a number as its digits, or nothing. */
const id = z.pipe(
  z.nullish(z.union([z.string().check(z.maxLength(mostIdCharacters)), z.number()])),
  z.transform((value) => (value === undefined || value === null ? '' : String(value).trim())),
);

/** FAILED is heard however it is spelt, because it keeps a source; COMPLETE, which lets one go, only as documented. */
const status = z.pipe(
  z.string().check(z.trim(), z.minLength(1), z.maxLength(64)),
  z.transform((word) => (word.toUpperCase() === 'FAILED' ? 'FAILED' : word)),
);

const failureReason = z.pipe(
  z.nullish(z.string()),
  z.transform((text) => [...(text ?? '')].slice(0, mostReasonCodePoints).join('')),
);

/** Keys that are not known are left out; `callId` is what the documents call the leg in other places. */
const bodySchema = z.object({
  ccrId: whole,
  tenantId: whole,
  sessionId: id,
  legId: id,
  callId: id,
  status,
  failureReason,
});

/**
 * Reads the body of a contact status event of Calabrio's: numbers may be texts and ids numbers, `legId` may be called
 * `callId`, and the reason may be missing. An id that is missing is "".
 * (Calabrio ONE help, "Configuring Twilio Flex as an ACD", Event Webhook URL; read 2026-11)
 *
 * @throws {PermanentError} `contact-status-too-large` or `contact-status-malformed`; fields are named, never their values.
 */
export function parseContactStatus({ body }: ProvedContactStatus): ContactStatus {
  const sizeBytes = Buffer.byteLength(body);
  if (sizeBytes > mostBytes)
    throw new PermanentError(`a contact status of ${sizeBytes} bytes: at most ${mostBytes} are read`, {
      reason: 'contact-status-too-large',
    });
  // Some writers of JSON begin with a byte order mark, which JSON has not.
  const json = jsonOf(body.replace(/^\uFEFF/, ''));
  if (json === undefined) throw malformed('it is not JSON');
  const parsed = bodySchema.safeParse(json);
  if (!parsed.success) throw malformed(fieldsOf(parsed.error));
  const { callId, legId, failureReason: reason, ...said } = parsed.data;
  return { ...said, legId: legId === '' ? callId : legId, ...(reason !== '' && { failureReason: reason }) };
}

function fieldsOf(error: z.core.$ZodError): string {
  const fields = new Set(error.issues.map(({ path }) => (path[0] === undefined ? 'not an object' : String(path[0]))));
  return [...fields].join(', ');
}

function malformed(what: string): PermanentError {
  return new PermanentError(`a contact status cannot be read: ${what}`, { reason: 'contact-status-malformed' });
}
