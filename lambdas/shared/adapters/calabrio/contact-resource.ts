import * as z from 'zod/mini';
import type { CalabrioContact } from '../../ports/calabrio-contacts.ts';

const text = z.nullish(z.union([z.string(), z.number(), z.boolean()]));

/**
 * A contact as public clients of the API were seen to read it (read 2026-11); what they do not name is passed over. An
 * id may be a number or its text, and metadata may have no value.
 */
export const contactResource = z.object({
  id: z.union([z.int(), z.string().check(z.regex(/^\d+$/))]),
  audioUploaded: z.nullish(z.boolean()),
  metadata: z.nullish(z.record(z.string(), z.nullish(z.object({ value: text })))),
  assocCallId: text,
  icmCallId: text,
  externalId: text,
});

export const contactList = z.array(contactResource);

export function contactOf(resource: z.output<typeof contactResource>): CalabrioContact {
  const { id, audioUploaded, metadata, assocCallId, icmCallId, externalId } = resource;
  const values = Object.entries(metadata ?? {}).map(([name, field]) => [name, field?.value] as const);
  return {
    ccrId: Number(id),
    ...(typeof audioUploaded === 'boolean' && { isAudioUploaded: audioUploaded }),
    metadata: Object.fromEntries(
      values.filter(([, value]) => isSaid(value)).map(([name, value]) => [name, String(value)]),
    ),
    otherIds: [assocCallId, icmCallId, externalId].filter(isSaid).map(String),
  };
}

function isSaid<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined && value !== '';
}
