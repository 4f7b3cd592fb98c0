import * as z from 'zod/mini';
import { sqsError } from './sqs-errors.ts';

/** The attributes that steer the stand-in, read from the strings they are set with. */
export interface QueueAttributes {
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly maximumMessageBytes: number;
  readonly retentionSeconds: number;
  readonly receiveWaitSeconds: number;
  readonly redrive?: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };
  readonly isFifo: boolean;
  readonly contentBasedDeduplication: boolean;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html (read 2026-11) */
const numbers: Readonly<Record<string, { readonly least: number; readonly most: number; readonly usual: number }>> = {
  VisibilityTimeout: { least: 0, most: 43_200, usual: 30 },
  DelaySeconds: { least: 0, most: 900, usual: 0 },
  MaximumMessageSize: { least: 1024, most: 1_048_576, usual: 1_048_576 },
  MessageRetentionPeriod: { least: 60, most: 1_209_600, usual: 345_600 },
  ReceiveMessageWaitTimeSeconds: { least: 0, most: 20, usual: 0 },
};

/** Kept and given back, of no effect here: encryption, resource policy and FIFO throughput. */
const keptOnly = [
  'Policy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
  'RedriveAllowPolicy',
  'DeduplicationScope',
  'FifoThroughputLimit',
];

const redriveShape = z.object({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: z.pipe(z.union([z.number(), z.string()]), z.transform(Number)),
});

/** @throws {AwsError} InvalidAttributeName, InvalidAttributeValue, each with the name and the value. */
export function readQueueAttributes(set: Readonly<Record<string, string>>): QueueAttributes {
  const known = new Set([
    ...Object.keys(numbers),
    ...keptOnly,
    'RedrivePolicy',
    'FifoQueue',
    'ContentBasedDeduplication',
  ]);
  const unknown = Object.keys(set).find((name) => !known.has(name));
  if (unknown !== undefined) throw sqsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  const redrive = readRedrive(set['RedrivePolicy']);
  return {
    visibilityTimeoutSeconds: readNumber('VisibilityTimeout', set),
    delaySeconds: readNumber('DelaySeconds', set),
    maximumMessageBytes: readNumber('MaximumMessageSize', set),
    retentionSeconds: readNumber('MessageRetentionPeriod', set),
    receiveWaitSeconds: readNumber('ReceiveMessageWaitTimeSeconds', set),
    ...(redrive === undefined ? {} : { redrive }),
    isFifo: set['FifoQueue'] === 'true',
    contentBasedDeduplication: set['ContentBasedDeduplication'] === 'true',
  };
}

/** Every attribute as GetQueueAttributes gives it, the unset ones with their defaults. */
export function shownAttributes(set: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const usual: Readonly<Record<string, string>> = Object.fromEntries(
    Object.entries(numbers).map(([name, { usual: value }]) => [name, String(value)]),
  );
  return { ...usual, SqsManagedSseEnabled: 'true', ...set };
}

function readNumber(name: string, set: Readonly<Record<string, string>>): number {
  const { least, most, usual } = numbers[name] ?? { least: 0, most: 0, usual: 0 };
  const value = set[name] === undefined ? usual : Number(set[name] || 'none');
  if (!Number.isInteger(value) || value < least || value > most)
    throw invalid(name, set[name] ?? '', `${least} to ${most}`);
  return value;
}

function readRedrive(policy: string | undefined): QueueAttributes['redrive'] {
  if (policy === undefined || policy === '') return undefined;
  const read = redriveShape.safeParse(parseJson(policy));
  const isGood = read.success && Number.isInteger(read.data.maxReceiveCount) && read.data.maxReceiveCount >= 1;
  if (!isGood || read.data.maxReceiveCount > 1000) {
    throw invalid('RedrivePolicy', policy, 'JSON with deadLetterTargetArn and maxReceiveCount from 1 to 1000');
  }
  return read.data;
}

function parseJson(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch {
    return undefined;
  }
}

function invalid(name: string, value: string, allowed: string): Error {
  return sqsError('InvalidAttributeValue', `Invalid value for the parameter ${name}: ${value}. Allowed: ${allowed}.`);
}
