import type { ArchiveFacet, RecordingRecord } from './recording-record.ts';
import type { RefusalReason } from './refusals.ts';

/** Twilio rounds durations to whole seconds. */
const durationToleranceSeconds = 1;

/** Rule 1: the copy is proved, and is what Twilio says the source is. */
export function archiveRefusals({ archive, source }: RecordingRecord): readonly RefusalReason[] {
  if (archive.state === 'mismatched') return [mismatchReason(archive)];
  if (archive.state === 'sealed') return ['archive-sealed'];
  if (archive.state !== 'verified') return ['archive-unverified'];
  const { audio } = archive;
  const seconds = source.durationSeconds;
  const isDurationProved =
    seconds !== undefined && Math.abs(audio.durationSeconds - seconds) <= durationToleranceSeconds;
  return [
    ...(audio.versionId === undefined ? (['archive-version-unknown'] as const) : []),
    ...(audio.sizeBytes > 0 ? [] : (['archive-size-mismatch'] as const)),
    ...(audio.channels === source.channels ? [] : (['archive-channels-mismatch'] as const)),
    ...(isDurationProved ? [] : (['archive-duration-mismatch'] as const)),
  ];
}

function mismatchReason({ what }: Extract<ArchiveFacet, { state: 'mismatched' }>): RefusalReason {
  if (what === undefined) return 'archive-mismatched';
  switch (what) {
    case 'size':
      return 'archive-size-mismatch';
    case 'hash':
      return 'archive-hash-mismatch';
    case 'channels':
      return 'archive-channels-mismatch';
    case 'duration':
      return 'archive-duration-mismatch';
    case 'header':
      return 'archive-header-mismatch';
    case 'missing':
      return 'archive-missing';
  }
}
