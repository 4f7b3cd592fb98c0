import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ControlRecords } from '../../ports/control-records.ts';
import type { SaveResult } from '../../ports/ledger.ts';
import {
  decodeDeletionControl,
  decodeTargetControl,
  encodeDeletionControl,
  encodeTargetControl,
} from './control-format.ts';
import { ledgerClient } from './ledger-client.ts';
import { readable } from './readable.ts';
import { getItem, putItemAtVersion } from './table-access.ts';
import type { Table } from './table-access.ts';
import { controlKey, partitionKey, recordAttribute, recordSortKey, sortKey } from './table.ts';

type ControlName = Parameters<typeof controlKey>[0];

/** The records that all recordings share, in the ledger's table. */
export function dynamodbControlRecords(tableName: string, client: DynamoDBClient = ledgerClient()): ControlRecords {
  const table: Table = { client, tableName };
  return {
    readDeletionControl: () => readControl(table, 'deletion', decodeDeletionControl),
    saveDeletionControl: (control) =>
      saveControl(
        table,
        'deletion',
        control.version,
        encodeDeletionControl({ ...control, version: control.version + 1 }),
      ),
    readTargetControl: () => readControl(table, 'report-targets', decodeTargetControl),
    saveTargetControl: (control) =>
      saveControl(
        table,
        'report-targets',
        control.version,
        encodeTargetControl({ ...control, version: control.version + 1 }),
      ),
  };
}

async function readControl<R>(table: Table, name: ControlName, decode: (stored: unknown) => R): Promise<R | undefined> {
  const item = await getItem(table, controlKey(name), recordSortKey);
  return item === undefined ? undefined : readable(controlKey(name), () => decode(item[recordAttribute]));
}

function saveControl(table: Table, name: ControlName, readVersion: number, stored: object): Promise<SaveResult> {
  return putItemAtVersion(table, readVersion, {
    [partitionKey]: controlKey(name),
    [sortKey]: recordSortKey,
    version: readVersion + 1,
    [recordAttribute]: stored,
  });
}
