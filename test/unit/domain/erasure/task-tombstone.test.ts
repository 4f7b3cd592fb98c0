import { taskTombstone } from '../../../../lambdas/shared/domain/erasure/erasure-life.ts';
import { sids } from '../../../support/example-sids.ts';
import { exampleTask } from '../../../support/ledger/example-records.ts';

const at = new Date('2026-03-09T10:00:00Z');

describe('the tombstone of a task', () => {
  it('forgets the link and the media that were there before ours, which may name whoever called', () => {
    const replaced = 'https://crm.example/ada-example';
    const task = exampleTask({
      link: { state: 'written', writes: 1, replaced },
      media: {
        state: 'written',
        places: [{ recordingSid: sids.recording() }],
        writes: 1,
        replaced: [replaced],
        fromTwilio: [],
      },
    });

    const tombstone = taskTombstone(task, { at, erasureId: 'e-1' });

    expect(JSON.stringify(tombstone)).not.toContain('ada-example');
    expect(tombstone).toMatchObject({
      link: { state: 'written', writes: 1 },
      media: { state: 'written', places: [{ recordingSid: sids.recording() }] },
      erased: { at, erasureId: 'e-1' },
    });
  });
});
