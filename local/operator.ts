import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { dynamodbContactInbox } from '../lambdas/shared/adapters/dynamodb/contact-inbox.ts';
import { dynamodbLedger } from '../lambdas/shared/adapters/dynamodb/dynamodb-ledger.ts';
import { dynamodbTranscriptRecords } from '../lambdas/shared/adapters/dynamodb/transcript-records.ts';
import type { ContactInbox } from '../lambdas/shared/ports/contact-inbox.ts';
import type { Ledger } from '../lambdas/shared/ports/ledger.ts';
import type { TranscriptRecords } from '../lambdas/shared/ports/transcript-records.ts';
import type { LocalPipeline } from './local-pipeline.ts';

/** Somebody who may look at everything in the local cloud. */
export interface Operator {
  readonly ledger: Ledger;
  readonly inbox: ContactInbox;
  readonly transcripts: TranscriptRecords;
  readonly s3: S3Client;
  /** To be called before each look on a clock that jumps: requests are signed with the time, and a late one is refused. */
  setClock(): void;
  close(): void;
}

export function operatorOf({ aws, cloud, clock }: Pick<LocalPipeline, 'aws' | 'cloud' | 'clock'>): Operator {
  const settings = { endpoint: aws.url, region: cloud.region, credentials: cloud.operator };
  const dynamodb = new DynamoDBClient(settings);
  const s3 = new S3Client(settings);
  return {
    ledger: dynamodbLedger(cloud.ledgerTable, dynamodb),
    inbox: dynamodbContactInbox(cloud.ledgerTable, dynamodb),
    transcripts: dynamodbTranscriptRecords(cloud.ledgerTable, dynamodb),
    s3,
    setClock() {
      dynamodb.config.systemClockOffset = clock.offsetMs();
      s3.config.systemClockOffset = clock.offsetMs();
    },
    close() {
      dynamodb.destroy();
      s3.destroy();
    },
  };
}
