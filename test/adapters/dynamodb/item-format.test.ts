import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamodbLedger } from '../../../lambdas/shared/adapters/dynamodb/dynamodb-ledger.ts';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import type { Ledger } from '../../../lambdas/shared/ports/ledger.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleRecording, exampleTask } from '../../support/ledger/example-records.ts';
import { startLedgerTable } from '../../support/ledger/ledger-table.ts';
import type { LedgerTable } from '../../support/ledger/ledger-table.ts';

const RE1 = 'RE00000000000000000000000000000001';

describe('the items of the ledger table', () => {
  let table: LedgerTable;
  let ledger: Ledger;
  beforeEach(async () => {
    table = await startLedgerTable();
    ledger = dynamodbLedger(table.tableName, table.client);
  });
  afterEach(() => table.close());

  const itemAt = async (pk: string, sk: string): Promise<unknown> => {
    const key = { pk: { S: pk }, sk: { S: sk } };
    return (await table.client.send(new GetItemCommand({ TableName: table.tableName, Key: key }))).Item;
  };

  it('hold a recording as attributes and maps that a person can read, and its places in both indexes', async () => {
    await ledger.saveRecording(exampleRecording({ dueAt: new Date('2026-11-20T10:05:00Z'), taskSids: [sids.task()] }));

    // The shards are FNV-1a of the SID modulo 16 and 4: 0x68773163 computed apart with Python.
    expect(await itemAt(`RE#${RE1}`, 'record')).toEqual({
      pk: { S: `RE#${RE1}` },
      sk: { S: 'record' },
      version: { N: '1' },
      openShard: { S: 'open#3' },
      dueAt: { S: '2026-11-20T10:05:00.000Z' },
      dayShard: { S: '2026-11-20#3' },
      dayAt: { S: '2026-11-20T10:04:00.000Z' },
      label: { S: 'announced' },
      record: {
        M: {
          recordingSid: { S: RE1 },
          version: { N: '1' },
          accountSid: { S: 'AC00000000000000000000000000000001' },
          foundBy: { S: 'callback' },
          firstSeenAt: { S: '2026-11-20T10:04:00.000Z' },
          source: { M: { status: { S: 'unknown' } } },
          archive: { M: { state: { S: 'none' } } },
          taskSids: { L: [{ S: 'WT00000000000000000000000000000001' }] },
          linkRevoked: { BOOL: false },
          contacts: { L: [] },
          verifications: { L: [] },
          holds: { L: [] },
          deletion: { M: { state: { S: 'none' } } },
          erasure: { M: { state: { S: 'none' } } },
          reports: { L: [] },
          dueAt: { S: '2026-11-20T10:05:00.000Z' },
        },
      },
    });
  });

  it('hold nothing of the open index when nothing is due', async () => {
    await ledger.saveTask(exampleTask());

    const item = await itemAt('WT#WT00000000000000000000000000000001', 'record');

    expect(item).not.toHaveProperty('openShard');
    expect(item).not.toHaveProperty('dueAt');
  });

  it('hold a line of a timeline under the time of its fact, its cause and what it says', async () => {
    const occurredAt = new Date('2026-11-20T10:04:00Z');
    await ledger.addToTimeline({
      of: sids.recording(),
      occurredAt,
      cause: 'EV1',
      what: 'archive verified',
      actor: 'twilio',
    });

    expect(await itemAt(`RE#${RE1}`, 'event#2026-11-20T10:04:00.000Z#EV1#archive verified')).toMatchObject({
      actor: { S: 'twilio' },
    });
  });

  it('hold an alias under its name, with what it leads to as the sort key', async () => {
    await ledger.addAliases(['CF00000000000000000000000000000001'], sids.recording());

    expect(await itemAt('ALIAS#CF00000000000000000000000000000001', `RE#${RE1}`)).toEqual({
      pk: { S: 'ALIAS#CF00000000000000000000000000000001' },
      sk: { S: `RE#${RE1}` },
    });
  });

  const storeRecord = async (record: Parameters<typeof mapOf>[0]): Promise<void> => {
    const key = { pk: { S: `RE#${RE1}` }, sk: { S: 'record' } };
    const item = { ...key, version: { N: '1' }, record: mapOf(record) };
    await table.client.send(new PutItemCommand({ TableName: table.tableName, Item: item }));
  };
  const mapOf = (more: Record<string, { S: string }>) => ({
    M: {
      recordingSid: { S: RE1 },
      version: { N: '1' },
      accountSid: { S: 'AC00000000000000000000000000000001' },
      foundBy: { S: 'callback' },
      firstSeenAt: { S: '2026-11-20T10:04:00.000Z' },
      source: { M: { status: { S: 'unknown' } } },
      archive: { M: { state: { S: 'none' } } },
      taskSids: { L: [] },
      linkRevoked: { BOOL: false },
      ...more,
    },
  });

  it('lose no field that a newer version of the code wrote, when an older one reads and saves', async () => {
    await storeRecord({ retentionClass: { S: 'seven-years' } });

    const read = await ledger.readRecording(sids.recording());
    expect(read).toBeDefined();
    const changed: RecordingRecord = { ...(read ?? exampleRecording()), linkRevoked: true };
    expect(await ledger.saveRecording(changed)).toBe('saved');

    expect(await itemAt(`RE#${RE1}`, 'record')).toMatchObject({
      version: { N: '2' },
      record: { M: { retentionClass: { S: 'seven-years' }, linkRevoked: { BOOL: true } } },
    });
  });

  it('wait for a version of the code that can read them, rather than be taken for something else', async () => {
    await storeRecord({ foundBy: { S: 'dream' } });

    await expect(ledger.readRecording(sids.recording())).rejects.toMatchObject({
      name: 'RetryableError',
      reason: 'ledger-unreadable',
    });
  });
});
