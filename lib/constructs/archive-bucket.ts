import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import type { LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { LifecycleRule as RetentionRule } from '../../lambdas/shared/domain/retention/lifecycle-rules.ts';

interface ArchiveBucketProps {
  readonly dataKey: IKey;
  readonly parkedRetentionDays: number;
  /** What S3 does by itself with recordings and transcripts. */
  readonly retentionRules: readonly RetentionRule[];
}

/**
 * How long a version stays when another or a delete marker has taken its place: in time to find out that it was a mistake.
 * What expires goes this much later.
 */
const NONCURRENT_DAYS = 7;

/**
 * Where the recordings rest: versioned, private, under our key, over TLS only, every access logged, kept when the stack goes.
 *
 * Object Lock is possible (it can hardly be added later) and set on no object by default: a lock is put on an object after
 * it was verified, never on a copy that may be broken.
 */
export class ArchiveBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: ArchiveBucketProps) {
    super(scope, id);
    const accessLogs = this.accessLogsBucket();
    this.bucket = new Bucket(this, 'Bucket', {
      versioned: true,
      objectLockEnabled: true,
      encryption: BucketEncryption.KMS,
      encryptionKey: props.dataKey,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // @ts-expect-error The library's Bucket is not its own IBucket under exactOptionalPropertyTypes (`isWebsite`); goes when 2.275 is left.
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'archive/',
      // A player follows our redirect here, so its origin is `null` and no credentials come along: the signature in the
      // URL is the gate, and any origin may pass it.
      cors: [
        {
          allowedMethods: [HttpMethods.GET, HttpMethods.HEAD],
          allowedOrigins: ['*'],
          allowedHeaders: ['*'],
          exposedHeaders: ['Content-Range', 'Accept-Ranges', 'Content-Length', 'ETag'],
          maxAge: 3_000,
        },
      ],
      lifecycleRules: [
        {
          id: 'parked-messages-expire',
          prefix: 'parked/',
          expiration: Duration.days(props.parkedRetentionDays),
          noncurrentVersionExpiration: Duration.days(1),
        },
        { id: 'broken-uploads-are-cleared', abortIncompleteMultipartUploadAfter: Duration.days(7) },
        // A marker under which nothing is left. By itself, because such a rule takes neither days nor tags, and a marker has
        // no tags to go by. (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-s3-bucket-rule.html
        // read 2026-11)
        { id: 'spent-delete-markers-are-cleared', expiredObjectDeleteMarker: true },
        ...props.retentionRules.map(lifecycleRule),
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  private accessLogsBucket(): Bucket {
    const accessLogs = new Bucket(this, 'AccessLogs', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: [{ id: 'access-logs-expire', expiration: Duration.days(400) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(accessLogs).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'This bucket holds the access logs; logging the writing of its own logs would never end.',
    });
    return accessLogs;
  }
}

/**
 * An object that has not both tags, no such rule meets: not what is held, nor what nobody has decided on yet. Where a class
 * has no days, nothing of it expires, older versions neither.
 */
function lifecycleRule({ id, tags, expireAfterDays, transitions }: RetentionRule): LifecycleRule {
  return {
    id,
    tagFilters: tags,
    ...(expireAfterDays !== undefined && {
      expiration: Duration.days(expireAfterDays),
      noncurrentVersionExpiration: Duration.days(NONCURRENT_DAYS),
    }),
    ...(transitions.length > 0 && {
      transitions: transitions.map(({ afterDays, storageClass }) => ({
        storageClass: storageClasses[storageClass],
        transitionAfter: Duration.days(afterDays),
      })),
    }),
  };
}

const storageClasses = {
  STANDARD_IA: StorageClass.INFREQUENT_ACCESS,
  GLACIER_IR: StorageClass.GLACIER_INSTANT_RETRIEVAL,
} as const satisfies Record<RetentionRule['transitions'][number]['storageClass'], StorageClass>;
