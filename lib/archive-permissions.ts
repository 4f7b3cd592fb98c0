import { permission } from './permission.ts';
import type { Permission } from './permission.ts';
import type { StatefulReferences } from './stateful-references.ts';

/** Objects of the archive bucket whose key begins with a fixed prefix. */
function archivePermission(
  of: StatefulReferences,
  actions: readonly string[],
  prefix: string,
  reason: string,
): Permission {
  const resource = `${of.archiveBucketArn}/${prefix}*`;
  return { ...permission(actions, [resource]), wildcard: { resource, reason } };
}

/** The prefix of recordings: every key begins with the SID of a Twilio account. */
const RECORDINGS = 'AC';
const RECORDING_KEYS =
  'A recording is stored under its account, day and SID, which are not known at deployment; the prefix leaves out everything else.';

export function storeRecordings(of: StatefulReferences): Permission {
  return archivePermission(of, ['s3:PutObject', 's3:GetObject', 's3:GetObjectVersion'], RECORDINGS, RECORDING_KEYS);
}

export function readRecordings(of: StatefulReferences): Permission {
  return archivePermission(of, ['s3:GetObject', 's3:GetObjectVersion'], RECORDINGS, RECORDING_KEYS);
}

/**
 * Tags, locks and legal holds of recordings and transcripts, on every version; not the way round a lock.
 *
 * Of a version by its id S3's reference wants the right to tag objects as well as that to tag versions.
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html, read 2026-11)
 */
export function keepRecordings(of: StatefulReferences): readonly Permission[] {
  return [
    seeVersions(of),
    archivePermission(
      of,
      [
        's3:PutObjectTagging',
        's3:PutObjectVersionTagging',
        's3:PutObjectLegalHold',
        's3:PutObjectRetention',
        's3:GetObjectRetention',
      ],
      RECORDINGS,
      RECORDING_KEYS,
    ),
  ];
}

/**
 * Takes recordings, transcripts and parked messages away for good. Of recordings it reads the lock and never the sound.
 * Governance locks stay in its way where the stage does not open them, compliance locks always.
 *
 * Whoever deletes a version "must always have" the right to delete objects too, S3's reference says.
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html, read 2026-11)
 */
export function eraseFromArchive(
  of: StatefulReferences,
  { opensGovernanceLocks }: { readonly opensGovernanceLocks: boolean },
): readonly Permission[] {
  const actions = ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:GetObjectRetention', 's3:GetObjectLegalHold'];
  const bypass = opensGovernanceLocks ? ['s3:BypassGovernanceRetention'] : [];
  return [
    seeVersions(of),
    // A hold that was released in the ledger and not yet in S3 is lifted on the way. That it was is the ledger's to say:
    // S3 has one right for holding and for lifting.
    archivePermission(of, [...actions, 's3:PutObjectLegalHold', ...bypass], RECORDINGS, RECORDING_KEYS),
    archivePermission(of, [...actions, 's3:GetObjectVersion'], PARKED, PARKED_KEYS),
  ];
}

function seeVersions(of: StatefulReferences): Permission {
  return permission(['s3:ListBucketVersions'], [of.archiveBucketArn]);
}

export function storeCertificates(of: StatefulReferences): Permission {
  return archivePermission(
    of,
    ['s3:PutObject', 's3:GetObject'],
    'erasures/',
    'A certificate is stored under the id of its erasure, which is not known at deployment.',
  );
}

export function storeReports(of: StatefulReferences): Permission {
  return archivePermission(
    of,
    ['s3:PutObject', 's3:GetObject'],
    'reports/',
    'A report is stored under its day and kind, which are not known at deployment.',
  );
}

const PARKED = 'parked/';
const PARKED_KEYS = 'A parked message is stored under its queue and id, which are not known at deployment.';

export function storeParkedMessages(of: StatefulReferences): Permission {
  return archivePermission(of, ['s3:PutObject'], PARKED, PARKED_KEYS);
}

/** Without it S3 answers 403 for an object that is not there, and "not yet" looks like "not allowed". */
export function seeWhatIsMissing(of: StatefulReferences): Permission {
  return permission(['s3:ListBucket'], [of.archiveBucketArn]);
}
