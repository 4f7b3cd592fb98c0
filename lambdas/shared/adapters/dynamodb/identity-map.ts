import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { RetryableError } from '../../domain/outcome.ts';
import type { IdentityMap } from '../../ports/identity-map.ts';
import { text } from './attribute-values.ts';
import { ledgerClient } from './ledger-client.ts';
import { readable } from './readable.ts';
import { getItem, putItemAtVersion } from './table-access.ts';
import type { Table } from './table-access.ts';
import { identityKey, partitionKey, recordSortKey, sortKey } from './table.ts';

const identityAttribute = 'identity';

/**
 * The identities, in the ledger's table: one item for each hashed key of a person, written once.
 *
 * The key is unreadable, but what it leads to is a phone number, an e-mail address or a customer's id: a personal datum
 * that never expires, so whoever erases a person must delete the items of all their keys.
 */
export function dynamodbIdentityMap(tableName: string, client: DynamoDBClient = ledgerClient()): IdentityMap {
  const table: Table = { client, tableName };
  return {
    read: (subjectHash) => readIdentity(table, subjectHash),
    async remember(subjectHash, identity, at) {
      const item = {
        [partitionKey]: identityKey(subjectHash),
        [sortKey]: recordSortKey,
        version: 1,
        [identityAttribute]: identity,
        rememberedAt: at.toISOString(),
      };
      if ((await putItemAtVersion(table, 0, item)) === 'saved') return identity;
      const standing = await readIdentity(table, subjectHash);
      if (standing !== undefined) return standing;
      throw new RetryableError('an identity was there and was erased while it was read: it is left for later', {
        reason: 'ledger-contended',
      });
    },
  };
}

async function readIdentity(table: Table, subjectHash: string): Promise<string | undefined> {
  const key = identityKey(subjectHash);
  const item = await getItem(table, key, recordSortKey);
  return item === undefined ? undefined : readable(key, () => text(item, identityAttribute));
}
