import * as z from 'zod/mini';
import type { QueueSettings } from '../../aws/local-aws.ts';
import type { Resource } from '../template/resolved-template.ts';
import { typedProperties, unused, wholeNumber } from '../template/typed-properties.ts';

const queueSchema = z.strictObject({
  QueueName: z.optional(z.string()),
  VisibilityTimeout: z.optional(wholeNumber),
  MessageRetentionPeriod: z.optional(wholeNumber),
  DelaySeconds: z.optional(wholeNumber),
  MaximumMessageSize: z.optional(wholeNumber),
  ReceiveMessageWaitTimeSeconds: z.optional(wholeNumber),
  RedrivePolicy: z.optional(z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: wholeNumber })),
  KmsMasterKeyId: z.optional(z.string()),
  KmsDataKeyReusePeriodSeconds: unused,
  SqsManagedSseEnabled: unused,
  RedriveAllowPolicy: unused,
  Tags: unused,
});

export function queueSettings(resource: Resource): QueueSettings & { readonly keyArn: string | undefined } {
  const properties = typedProperties(resource, queueSchema);
  const attributes = Object.entries({
    VisibilityTimeout: properties.VisibilityTimeout,
    MessageRetentionPeriod: properties.MessageRetentionPeriod,
    DelaySeconds: properties.DelaySeconds,
    MaximumMessageSize: properties.MaximumMessageSize,
    ReceiveMessageWaitTimeSeconds: properties.ReceiveMessageWaitTimeSeconds,
    RedrivePolicy: properties.RedrivePolicy && JSON.stringify(properties.RedrivePolicy),
  }).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]));
  return {
    name: resource.attribute('QueueName'),
    attributes: Object.fromEntries(attributes),
    keyArn: properties.KmsMasterKeyId,
  };
}
