import { RetryableError } from '../shared/domain/outcome.ts';
import type { ArchivedAudio } from '../shared/domain/recording-record.ts';
import { readWavHeader } from '../shared/domain/wav.ts';
import type { Archive } from '../shared/ports/archive.ts';
import type { StreamInspector } from '../shared/ports/stream-inspector.ts';
import { factsOf } from './store-media.ts';

export type Proof = { readonly kind: 'proved' } | { readonly kind: 'differs'; readonly why: string };

/**
 * Reads the stored object again, the very version, and compares it with what was streamed: every byte by SHA-256, its
 * length, S3's own checksum, and a header that still says the same sound.
 */
export async function verifyStored(
  has: { readonly archive: Archive; readonly inspector: StreamInspector },
  audio: ArchivedAudio,
): Promise<Proof> {
  const stored = await has.archive.open(audio.key, audio.versionId);
  if (stored === undefined)
    throw new RetryableError(`${audio.key} is not in the archive, where it was stored`, { reason: 'archive-moved' });
  const facts = await factsOf(has, stored.stream, audio.key);
  if (facts.sizeBytes !== audio.sizeBytes)
    return differs(audio, `${facts.sizeBytes} bytes instead of ${audio.sizeBytes}`);
  if (facts.sha256 !== audio.sha256) return differs(audio, 'another SHA-256');
  if (stored.crc64Nvme !== undefined && stored.crc64Nvme !== audio.crc64Nvme)
    return differs(audio, 'another CRC64NVME');
  const wav = readWavHeader(facts.head, facts.sizeBytes);
  if (wav.kind === 'not-wav') return differs(audio, `a header that is no WAV's: ${wav.why}`);
  return wav.facts.channels === audio.channels
    ? { kind: 'proved' }
    : differs(audio, `${wav.facts.channels} channels instead of ${audio.channels}`);
}

function differs(audio: ArchivedAudio, what: string): Proof {
  return { kind: 'differs', why: `read again, ${audio.key} has ${what}` };
}
