import { sids } from '../../support/example-sids.ts';
import { inMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';
import { exampleTask } from '../../support/ledger/example-records.ts';
import { controlsSuite } from './controls-suite.ts';
import { inboxSuite } from './inbox-suite.ts';
import { ledgerSuite } from './ledger-suite.ts';
import { transcriptsSuite } from './transcripts-suite.ts';

ledgerSuite('the ledger in memory', async () => inMemoryLedger());
ledgerSuite('the ledger in memory with stale indexes', async () => inMemoryLedger({ staleReads: true }));
inboxSuite('the inbox in memory', async () => inMemoryLedger());
inboxSuite('the inbox in memory with stale indexes', async () => inMemoryLedger({ staleReads: true }));
transcriptsSuite('the ledger in memory', async () => inMemoryLedger());
transcriptsSuite('the ledger in memory with stale indexes', async () => inMemoryLedger({ staleReads: true }));
controlsSuite('the ledger in memory', async () => inMemoryLedger());

describe('the ledger in memory with stale indexes', () => {
  it('shows in an index what was true when one was last read, and in a record what is true now', async () => {
    const ledger = inMemoryLedger({ staleReads: true });
    const dueAt = new Date('2026-11-20T10:05:00.000Z');
    await ledger.saveTask(exampleTask({ dueAt }));

    expect(await ledger.due(dueAt, 10)).toEqual([]);
    await ledger.saveTask(exampleTask({ version: 1 }));

    expect(await ledger.due(dueAt, 10)).toEqual([{ sid: sids.task(), dueAt }]);
    expect(await ledger.readTask(sids.task())).toEqual(exampleTask({ version: 2 }));
  });
});
