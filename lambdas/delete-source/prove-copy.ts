import { isDeepStrictEqual } from 'node:util';
import { applyEvent } from '../shared/domain/recording-events.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { Policy } from '../shared/domain/policy.ts';
import { changeRecording } from '../shared/steps/change-record.ts';
import { readCopyAgain } from '../shared/steps/read-copy-again.ts';
import type { CopyProof } from '../shared/steps/read-copy-again.ts';
import type { Because, DeleteSourceNeeds } from './needs.ts';

type Needs = Pick<DeleteSourceNeeds, 'archive' | 'inspector' | 'keys' | 'policy'>;

/**
 * Proves the copy once more, now that the source is to go: that very version is there, in its length and with its
 * checksum, and it is the one that lies under the key: beneath another, or a deletion, it may expire. Where the archive's
 * word counts (`confirmedBy` archive or both), and where S3 names no checksum, every byte is read again; a copy that is
 * ciphertext is test-decrypted once more in any case, and `sealed` when the ring has lost its key.
 */
export async function proveCopy(has: Needs, { archive }: RecordingRecord): Promise<CopyProof> {
  if (archive.state !== 'verified' || archive.audio.versionId === undefined)
    return differs('missing', 'there is no verified version that could be looked at');
  const { audio } = archive;
  const { key, versionId } = audio;
  const found = await has.archive.look(key, versionId);
  if (found === undefined) return differs('missing', `version ${versionId} of ${key} is not in the archive`);
  if (found.sizeBytes !== audio.sizeBytes)
    return differs('size', `${key} has ${found.sizeBytes} bytes instead of ${audio.sizeBytes}`);
  if (found.crc64Nvme !== undefined && found.crc64Nvme !== audio.crc64Nvme)
    return differs('hash', `${key} has another CRC64NVME`);
  const current = await has.archive.look(key);
  if (current?.versionId !== versionId)
    return differs('missing', `version ${versionId} of ${key} is not the current one any more`);
  const isRead = found.crc64Nvme === undefined || audio.encryption !== undefined || doesArchiveConfirm(has.policy);
  return isRead ? readCopyAgain(has, audio) : { kind: 'proved' };
}

function doesArchiveConfirm({ deletion }: Policy): boolean {
  return deletion.confirmedBy !== 'calabrio';
}

function differs(what: Extract<CopyProof, { kind: 'differs' }>['what'], why: string): CopyProof {
  return { kind: 'differs', what, why };
}

/**
 * Writes down that the copy is not what it was. Nothing is deleted by it any more until a person has repaired it; a repair
 * that came meanwhile is another copy, of which nothing was said.
 */
export async function doubtCopy(
  has: Pick<DeleteSourceNeeds, 'ledger' | 'meter' | 'now'>,
  recording: RecordingRecord,
  { what, why }: Extract<CopyProof, { kind: 'differs' }>,
  because: Because,
): Promise<void> {
  const occurredAt = has.now();
  // Told before it is written: a copy that is not what it was concerns a person at once, and rather twice than never.
  has.meter.measure({ outcome: 'doubted', name: 'copies', unit: 'Count', value: 1 });
  const line = { ...because, occurredAt, what: 'archive mismatched', after: `mismatched: ${what}` };
  await changeRecording(has.ledger, recording.recordingSid, (before = recording) => {
    if (!isDeepStrictEqual(before.archive, recording.archive)) return { record: before, timeline: [] };
    return {
      record: applyEvent(before, { kind: 'archive-doubted', reason: why, what }),
      timeline: [{ ...line, before: before.archive.state }],
    };
  });
}
