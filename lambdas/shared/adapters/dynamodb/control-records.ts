import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ControlRecords } from '../../ports/control-records.ts';
import type { SaveResult } from '../../ports/ledger.ts';
import {
  decodeBackfillControl,
  decodeDeletionControl,
  decodeSinkTests,
  decodeSweepControl,
  decodeTargetControl,
  encodeBackfillControl,
  encodeDeletionControl,
  encodeSinkTests,
  encodeSweepControl,
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
    saveDeletionControl: (control) => saveControl(table, 'deletion', control, encodeDeletionControl),
    readTargetControl: () => readControl(table, 'report-targets', decodeTargetControl),
    saveTargetControl: (control) => saveControl(table, 'report-targets', control, encodeTargetControl),
    readSweepControl: () => readControl(table, 'sweep', decodeSweepControl),
    saveSweepControl: (control) => saveControl(table, 'sweep', control, encodeSweepControl),
    readBackfillControl: () => readControl(table, 'backfill', decodeBackfillControl),
    saveBackfillControl: (control) => saveControl(table, 'backfill', control, encodeBackfillControl),
    readSinkTests: () => readControl(table, 'sink-tests', decodeSinkTests),
    saveSinkTests: (tests) => saveControl(table, 'sink-tests', tests, encodeSinkTests),
  };
}

async function readControl<R>(table: Table, name: ControlName, decode: (stored: unknown) => R): Promise<R | undefined> {
  const item = await getItem(table, controlKey(name), recordSortKey);
  return item === undefined ? undefined : readable(controlKey(name), () => decode(item[recordAttribute]));
}

function saveControl<R extends { readonly version: number }>(
  table: Table,
  name: ControlName,
  control: R,
  encode: (control: R) => object,
): Promise<SaveResult> {
  const version = control.version + 1;
  return putItemAtVersion(table, control.version, {
    [partitionKey]: controlKey(name),
    [sortKey]: recordSortKey,
    version,
    [recordAttribute]: encode({ ...control, version }),
  });
}
