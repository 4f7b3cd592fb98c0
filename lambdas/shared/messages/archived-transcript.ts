import * as z from 'zod/mini';
import { transcriptVersion } from '../domain/transcripts/transcript.ts';
import type { ConversationParticipant } from '../domain/transcripts/conversation.ts';
import { jsonOf } from './json-text.ts';

const transcript = z.object({
  transcriptVersion: z.literal(transcriptVersion),
  participants: z.array(
    z.object({
      participantSid: z.string(),
      identity: z.exactOptional(z.string()),
      address: z.exactOptional(z.string()),
      proxyAddress: z.exactOptional(z.string()),
      joinedAt: z.exactOptional(
        z.pipe(
          z.iso.datetime(),
          z.transform((text: string) => new Date(text)),
        ),
      ),
    } satisfies Record<keyof ConversationParticipant, z.ZodMiniType>),
  ),
});

/**
 * Who took part, as an archived transcript says. Nobody where the text is no transcript of the version that is written
 * here: whatever lies there stays, as an earlier version of the object.
 */
export function participantsIn(json: string): readonly ConversationParticipant[] {
  return z.safeParse(transcript, jsonOf(json)).data?.participants ?? [];
}
