import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { LedgerIndexName } from './constructs/ledger-table.ts';
import { permission } from './permission.ts';
import type { Permission } from './permission.ts';
import type { StatefulReferences } from './stateful-references.ts';

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

/** Remembers which messages were asked for, so that none is sent twice; records, timelines and whatever else are beyond it. */
export function rememberMessages(of: StatefulReferences): Permission {
  const statement = new PolicyStatement({
    actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
    resources: [of.ledgerTableArn],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['SMS#*'] } },
  });
  return { statement };
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
export function takeFrom(...queues: readonly IQueue[]): Permission {
  return permission(
    ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
    queues.map((queue) => queue.queueArn),
  );
}
