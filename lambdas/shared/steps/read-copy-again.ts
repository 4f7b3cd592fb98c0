import type { ArchiveMismatch, ArchivedAudio } from '../domain/recording-record.ts';
import { readWavHeader } from '../domain/wav.ts';
import type { Archive } from '../ports/archive.ts';
import type { StreamInspector } from '../ports/stream-inspector.ts';
import { factsOf } from './stream-facts.ts';

export type CopyProof =
  { readonly kind: 'proved' } | { readonly kind: 'differs'; readonly what: ArchiveMismatch; readonly why: string };

/**
 * Reads the stored object again, the very version, and compares it with what was streamed: every byte by SHA-256, its
 * length, S3's own checksum, and a header that still says the same sound.
 */
export async function readCopyAgain(
  has: { readonly archive: Pick<Archive, 'open'>; readonly inspector: StreamInspector },
  audio: ArchivedAudio,
): Promise<CopyProof> {
  const differs = (what: ArchiveMismatch, why: string): CopyProof => ({
    kind: 'differs',
    what,
    why: `read again, ${audio.key} ${why}`,
  });
  const stored = await has.archive.open(audio.key, audio.versionId);
  if (stored === undefined) return differs('missing', 'is not in the archive');
  const facts = await factsOf(has, stored.stream, audio.key);
  if (facts.sizeBytes !== audio.sizeBytes)
    return differs('size', `has ${facts.sizeBytes} bytes instead of ${audio.sizeBytes}`);
  if (facts.sha256 !== audio.sha256) return differs('hash', 'has another SHA-256');
  if (stored.crc64Nvme !== undefined && stored.crc64Nvme !== audio.crc64Nvme)
    return differs('hash', 'has another CRC64NVME');
  const wav = readWavHeader(facts.head, facts.sizeBytes);
  if (wav.kind === 'not-wav') return differs('header', `has a header that is no WAV's: ${wav.why}`);
  return wav.facts.channels === audio.channels
    ? { kind: 'proved' }
    : differs('channels', `has ${wav.facts.channels} channels instead of ${audio.channels}`);
}
