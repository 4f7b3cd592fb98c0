import * as z from 'zod/mini';
import type { Json } from '../template/json.ts';
import type { Resource } from '../template/resolved-template.ts';
import { typedProperties } from '../template/typed-properties.ts';
import { parsePolicy, type Statement } from './policy.ts';

const document = z.custom<Json>();
const bucketPolicySchema = z.strictObject({ Bucket: z.string(), PolicyDocument: document });
const queuePolicySchema = z.strictObject({ Queues: z.array(z.string()), PolicyDocument: document });

/** The policies of buckets and queues, by the ARN of what they guard. */
export function resourcePolicies(
  resources: readonly Resource[],
  queueArn: (url: string) => string,
): (resourceArn: string) => readonly Statement[] {
  const all = resources.flatMap((resource): readonly (readonly [string, readonly Statement[]])[] => {
    if (resource.type === 'AWS::S3::BucketPolicy') {
      const { Bucket, PolicyDocument } = typedProperties(resource, bucketPolicySchema);
      return [[`arn:aws:s3:::${Bucket}`, parsePolicy(PolicyDocument, resource.where)]];
    }
    if (resource.type !== 'AWS::SQS::QueuePolicy') return [];
    const { Queues, PolicyDocument } = typedProperties(resource, queuePolicySchema);
    const statements = parsePolicy(PolicyDocument, resource.where);
    return Queues.map((url) => [queueArn(url), statements] as const);
  });
  return (resourceArn) => all.filter(([guarded]) => guarded === resourceArn).flatMap(([, statements]) => statements);
}
