import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { asFindingsSpell } from './findings.ts';
import type { LedgerIndexName } from './constructs/ledger-table.ts';
import type { StatefulReferences } from './stateful-references.ts';

/** What a function may do; made by the named functions below. None of them has a wildcard action. */
export interface Permission {
  readonly statement: PolicyStatement;
  /** Why a resource of the statement ends in `*`; without it, none may. */
  readonly wildcard?: { readonly resource: string; readonly reason: string };
}

function permission(actions: readonly string[], resources: readonly string[]): Permission {
  return { statement: new PolicyStatement({ actions: [...actions], resources: [...resources] }) };
}

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

/** Reads and writes records, timelines and aliases; nothing is deleted by it, and nothing is ever scanned. */
export function useLedger(of: StatefulReferences): Permission {
  return permission(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], [of.ledgerTableArn]);
}

/** Reads single records and writes the timeline. */
export function readRecordsAndWriteTimeline(of: StatefulReferences): Permission {
  return permission(['dynamodb:GetItem', 'dynamodb:PutItem'], [of.ledgerTableArn]);
}

export function queryLedgerIndex(of: StatefulReferences, index: LedgerIndexName): Permission {
  return permission(['dynamodb:Query'], [`${of.ledgerTableArn}/index/${index}`]);
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

/**
 * Takes items away that are about a person: who they are, what a conference was called, statuses that wait. Records and
 * timelines are beyond it: they lose their personal fields by being written, and stay.
 */
export function eraseFromLedger(of: StatefulReferences): Permission {
  const statement = new PolicyStatement({
    actions: ['dynamodb:DeleteItem'],
    resources: [of.ledgerTableArn],
    // A call without a key does not exist; `ForAllValues` is what a key of several values is compared with.
    conditions: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['SUBJECT#*', 'IDENTITY#*', 'CF#*', 'INBOX#*'] },
    },
  });
  return { statement };
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

/** The customer key, and only through the services that hold our data. */
export function useDataKey(scope: Construct, of: StatefulReferences): Permission {
  const { region } = Stack.of(scope);
  const statement = new PolicyStatement({
    actions: [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
    resources: [of.dataKeyArn],
    conditions: {
      StringEquals: {
        'kms:ViaService': ['dynamodb', 's3', 'secretsmanager'].map((service) => `${service}.${region}.amazonaws.com`),
      },
    },
  });
  return { statement };
}

export function readSecrets(...arns: readonly string[]): Permission {
  return permission(['secretsmanager:GetSecretValue'], arns);
}

export function sendTo(...queues: readonly IQueue[]): Permission {
  return permission(
    ['sqs:SendMessage'],
    queues.map((queue) => queue.queueArn),
  );
}

/** What Lambda needs to read the queue on the function's behalf, and the function to say when a message comes again. */
export function workOff(queue: IQueue): Permission {
  return permission(
    ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
    [queue.queueArn],
  );
}

/** Reads queues by hand and takes away what was put elsewhere. */
export function sweep(...queues: readonly IQueue[]): Permission {
  return permission(
    ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
    queues.map((queue) => queue.queueArn),
  );
}

/** Gives the role what it may do, and answers the AWS Solutions rules for each wildcard with its reason. */
export function grant(role: Role, permissions: readonly Permission[]): void {
  for (const { statement, wildcard } of permissions) {
    role.addToPolicy(statement);
    if (wildcard === undefined) continue;
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${asFindingsSpell(role, wildcard.resource)}]`,
      reason: wildcard.reason,
    });
  }
}
