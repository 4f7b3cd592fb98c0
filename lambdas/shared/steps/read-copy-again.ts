import type { ArchiveMismatch, ArchivedAudio, RecordingEncryption } from '../domain/recording-record.ts';
import { readWavHeader } from '../domain/wav.ts';
import type { WavFacts } from '../domain/wav.ts';
import type { Archive } from '../ports/archive.ts';
import type { RecordingKeys } from '../ports/recording-keys.ts';
import type { StreamInspector } from '../ports/stream-inspector.ts';
import { WrongTagError, decryptHead, tagBytes, testDecrypting } from './decrypting.ts';
import type { MediaKey } from './decrypting.ts';
import { factsOf } from './stream-facts.ts';

/**
 * `proved`: it is what was streamed, and sound; of a ciphertext `sound` says what the test-decryption found in it.
 * `sealed`: it is the ciphertext that was streamed, and nobody can look into it.
 */
export type CopyProof =
  | { readonly kind: 'proved'; readonly sound?: Pick<WavFacts, 'channels' | 'durationSeconds'> }
  | { readonly kind: 'sealed'; readonly why: string }
  | { readonly kind: 'differs'; readonly what: ArchiveMismatch; readonly why: string };

interface Needs {
  readonly archive: Pick<Archive, 'open'>;
  readonly inspector: StreamInspector;
  readonly keys: RecordingKeys;
}

/**
 * Reads the stored object again, the very version, and compares it with what was streamed: every byte by SHA-256, its
 * length, S3's own checksum, and a header that still says the same sound. A ciphertext is test-decrypted as it is read.
 */
export async function readCopyAgain(has: Needs, audio: ArchivedAudio): Promise<CopyProof> {
  const differs = (what: ArchiveMismatch, why: string): CopyProof => ({
    kind: 'differs',
    what,
    why: `read again, ${audio.key} ${why}`,
  });
  const opened = await openedKey(has.keys, audio.encryption);
  const stored = await has.archive.open(audio.key, audio.versionId);
  if (stored === undefined) return differs('missing', 'is not in the archive');
  const stream = opened.key === undefined ? stored.stream : testDecrypting(opened.key, stored.stream);
  const [read] = await Promise.allSettled([factsOf(has, stream, audio.key)]);
  if (read.status === 'rejected') {
    if (!isWrongTag(read.reason)) throw read.reason;
    return stored.sizeBytes === audio.sizeBytes
      ? differs('hash', 'has a tag that does not hold')
      : differs('size', `has ${stored.sizeBytes} bytes instead of ${audio.sizeBytes}`);
  }
  const facts = read.value;
  if (facts.sizeBytes !== audio.sizeBytes)
    return differs('size', `has ${facts.sizeBytes} bytes instead of ${audio.sizeBytes}`);
  if (facts.sha256 !== audio.sha256) return differs('hash', 'has another SHA-256');
  if (stored.crc64Nvme !== undefined && stored.crc64Nvme !== audio.crc64Nvme)
    return differs('hash', 'has another CRC64NVME');
  if (opened.why !== undefined) return { kind: 'sealed', why: opened.why };
  const wav =
    opened.key === undefined
      ? readWavHeader(facts.head, facts.sizeBytes)
      : readWavHeader(decryptHead(opened.key, facts.head, facts.sizeBytes), facts.sizeBytes - tagBytes);
  if (wav.kind === 'not-wav') return differs('header', `has a header that is no WAV's: ${wav.why}`);
  const { channels, durationSeconds } = wav.facts;
  // Of what was sealed nobody knew the channels.
  if (audio.channels !== 0 && channels !== audio.channels)
    return differs('channels', `has ${channels} channels instead of ${audio.channels}`);
  return { kind: 'proved', ...(opened.key !== undefined && { sound: { channels, durationSeconds } }) };
}

/** The key where there is one to be had; why not, where there should be one; neither where the copy is sound. */
async function openedKey(
  keys: RecordingKeys,
  encryption: RecordingEncryption | undefined,
): Promise<{ readonly key?: MediaKey; readonly why?: string }> {
  if (encryption === undefined) return {};
  const cek = await keys.open(encryption);
  switch (cek.kind) {
    case 'opened':
      return { key: cek };
    case 'unknown-key':
      return { why: `no private key for ${encryption.publicKeySid} is in the ring` };
    case 'bad':
      return { why: cek.why };
  }
}

function isWrongTag(reason: unknown): boolean {
  return reason instanceof Error && reason.cause instanceof WrongTagError;
}
