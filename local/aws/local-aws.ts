import type { Clock } from '../clock.ts';
import type { AwsCall, Fault, Principal } from './aws-call.ts';

export interface LocalAwsOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Kept between runs. Default: a temporary directory that `close` removes, and tables in memory. */
  readonly dataDir?: string;
  /** Asked once per request, after signature and policy were found good and before the work. */
  readonly onCall?: (call: AwsCall) => Promise<Fault | undefined> | Fault | undefined;
}

/** The stand-ins of one account in one region, behind one address. */
export interface LocalAws {
  /** `http://127.0.0.1:<port>`, for AWS_ENDPOINT_URL; S3, SQS, Secrets Manager, SSM and DynamoDB all answer here. */
  readonly url: string;
  /** Where bodies and, when it was given, everything else lies. */
  readonly dataDir: string;
  readonly s3: LocalS3;
  readonly sqs: LocalSqs;
  readonly secrets: LocalSecrets;
  readonly parameters: LocalParameters;
  /** Lets somebody in; a second principal with the same access key takes the first one's place. */
  addPrincipal(principal: Principal): void;
  /** Breaks open connections, ends waiting receives and frees the port; a second call changes nothing. */
  close(): Promise<void>;
}

export interface CorsRule {
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly maxAgeSeconds?: number;
}

export interface BucketSettings {
  readonly name: string;
  /** Default: as it was; a new bucket is not versioned. */
  readonly versioning?: 'enabled' | 'suspended';
  readonly corsRules?: readonly CorsRule[];
  /** Versions can be locked and held; never taken back, and versioning is on with it. Default: as it was, at first not. */
  readonly objectLock?: boolean;
}

/** The current version of one object. */
export interface ObjectSummary {
  readonly key: string;
  readonly sizeBytes: number;
  readonly eTag: string;
  readonly versionId?: string;
  readonly lastModifiedEpochMs: number;
}

export interface LocalS3 {
  /** Makes the bucket, or brings an existing one to these settings; its objects stay. */
  createBucket(settings: BucketSettings): { readonly arn: string };
  /** The objects as a list without a delimiter would name them, in key order. */
  objects(bucket: string, prefix?: string): readonly ObjectSummary[];
}

export interface QueueSettings {
  readonly name: string;
  /** As CreateQueue takes them, all strings: `VisibilityTimeout`, `RedrivePolicy`, `FifoQueue`, … */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface MessageAttribute {
  readonly dataType: string;
  readonly stringValue?: string;
  /** Base64. */
  readonly binaryValue?: string;
}

/** A received message; the fields are those of a Lambda `SQSRecord`. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, MessageAttribute>>;
}

/** A message as it lies in a queue, for scans that count and look without receiving. */
export interface QueuedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly messageAttributes: Readonly<Record<string, MessageAttribute>>;
  readonly state: 'visible' | 'in-flight' | 'delayed';
  readonly sentAtEpochMs: number;
  /** When it is next visible; for a visible message, when it became so. */
  readonly visibleAtEpochMs: number;
  readonly receiveCount: number;
}

export interface QueueDepth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

export interface SendOptions {
  readonly delaySeconds?: number;
  readonly messageAttributes?: Readonly<Record<string, MessageAttribute>>;
  readonly messageGroupId?: string;
  readonly messageDeduplicationId?: string;
  /** Who sends, for the SenderId attribute. Default: the account. */
  readonly sender?: string;
}

/**
 * The queues, without HTTP, signature or policy. Every `queueArn` must be of a queue that exists.
 *
 * @throws {AwsError} with SQS's code when SQS would refuse (no such queue, message too long, stale handle, …).
 */
export interface LocalSqs {
  /** Makes the queue, or brings an existing one to these attributes; its messages stay. */
  createQueue(settings: QueueSettings): { readonly arn: string; readonly url: string };
  send(queueArn: string, body: string, options?: SendOptions): { readonly messageId: string };
  /** Takes up to `max` (1–10) visible messages now; never waits. The default timeout is the queue's. */
  receive(queueArn: string, max: number, visibilityTimeoutSeconds?: number): readonly ReceivedMessage[];
  /** Deletes by the latest receipt handle; an older one changes nothing, as does a repeat. */
  delete(queueArn: string, receiptHandle: string): void;
  /** Counts from now; 0 makes the message visible at once. */
  changeVisibility(queueArn: string, receiptHandle: string, visibilityTimeoutSeconds: number): void;
  /** Calls `listener` after any message became visible, by sending, delay, timeout or redrive; returns how to stop it. */
  onVisible(queueArn: string, listener: () => void): () => void;
  depth(queueArn: string): QueueDepth;
  /** Every message of the queue in the order of sending, changed by nothing. */
  messages(queueArn: string): readonly QueuedMessage[];
  queueArns(): readonly string[];
  urlOf(queueArn: string): string;
}

/** How CloudFormation's GenerateSecretString makes a value. */
export interface GenerateSecretString {
  readonly passwordLength?: number;
  readonly excludeCharacters?: string;
  readonly excludePunctuation?: boolean;
  readonly excludeNumbers?: boolean;
  readonly excludeUppercase?: boolean;
  readonly excludeLowercase?: boolean;
  readonly includeSpace?: boolean;
  readonly requireEachIncludedType?: boolean;
  readonly secretStringTemplate?: string;
  readonly generateStringKey?: string;
}

export type SecretValue =
  | { readonly kind: 'string'; readonly secretString: string }
  | { readonly kind: 'generated'; readonly generate: GenerateSecretString };

export interface LocalSecrets {
  /** Makes the secret; one that exists by this name keeps the value it has. */
  createSecret(secret: { readonly name: string; readonly value: SecretValue }): { readonly arn: string };
  /** Puts a new current value; the one before becomes AWSPREVIOUS. `secretId` is a name or an ARN. */
  putValue(secretId: string, secretString: string): void;
  currentValue(secretId: string): string;
}

export interface LocalParameters {
  /** Sets an SSM String parameter, over what was there. */
  put(name: string, value: string): void;
  get(name: string): string | undefined;
}
