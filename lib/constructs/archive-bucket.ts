import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

interface ArchiveBucketProps {
  readonly dataKey: IKey;
  readonly parkedRetentionDays: number;
}

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
