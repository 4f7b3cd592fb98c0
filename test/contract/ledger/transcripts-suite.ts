import type { TranscriptRecord } from '../../../lambdas/shared/domain/transcript-record.ts';
import type { DueItem, Ledger } from '../../../lambdas/shared/ports/ledger.ts';
import type { TranscriptRecords } from '../../../lambdas/shared/ports/transcript-records.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleTranscript, fullTranscript } from '../../support/ledger/example-transcripts.ts';

const at = (time: string): Date => new Date(`2026-11-20T${time}Z`);

/** As the port says, an index may lag: the second look shows what the first one should have. */
async function dueAfterLag(ledger: Ledger, now: Date, limit = 100): Promise<readonly DueItem[]> {
  await ledger.due(now, limit);
  return ledger.due(now, limit);
}

/** What all ledgers promise of transcripts: kept whole, of two writers one wins, found when due and by their day. */
export function transcriptsSuite(name: string, empty: () => Promise<Ledger & TranscriptRecords>): void {
  describe(`${name} keeps transcripts`, () => {
    it('of which it has none before it was first saved', async () => {
      const ledger = await empty();

      expect(await ledger.readTranscript(sids.conversation())).toBeUndefined();
    });

    it.each<[string, TranscriptRecord]>([
      ['little is known', exampleTranscript()],
      ['everything is known', fullTranscript()],
      ['the archive failed', exampleTranscript({ archive: { state: 'failed', reason: 'gone' } })],
      ['an erasure was asked for', exampleTranscript({ erasure: { state: 'requested', requestedAt: at('11:00:00') } })],
    ])('as they were saved, one version on: %s', async (_title, record) => {
      const ledger = await empty();

      expect(await ledger.saveTranscript(record)).toBe('saved');

      expect(await ledger.readTranscript(record.conversationSid)).toEqual({ ...record, version: 1 });
    });

    it('and lets the first of two writers win', async () => {
      const ledger = await empty();
      await ledger.saveTranscript(exampleTranscript());
      const first = exampleTranscript({ version: 1, taskSids: [sids.task(1)] });
      const second = exampleTranscript({ version: 1, taskSids: [sids.task(2)] });

      expect(await ledger.saveTranscript(first)).toBe('saved');
      expect(await ledger.saveTranscript(second)).toBe('conflict');
      expect(await ledger.saveTranscript(exampleTranscript())).toBe('conflict');

      expect(await ledger.readTranscript(sids.conversation())).toEqual({ ...first, version: 2 });
    });

    it('apart from a task and a recording whose SIDs have the same digits', async () => {
      const ledger = await empty();
      await ledger.saveTranscript(exampleTranscript());

      expect(await ledger.readTask(sids.task())).toBeUndefined();
      expect(await ledger.readRecording(sids.recording())).toBeUndefined();
    });

    it('and shows them with what is due when they are', async () => {
      const ledger = await empty();
      await ledger.saveTranscript(exampleTranscript({ dueAt: at('11:00:00') }));

      expect(await dueAfterLag(ledger, at('10:59:59'))).toEqual([]);
      expect(await dueAfterLag(ledger, at('11:00:00'))).toEqual([{ sid: sids.conversation(), dueAt: at('11:00:00') }]);
    });

    it('and shows none as due that has no appointment any more, or is to be erased', async () => {
      const ledger = await empty();
      const dueAt = at('11:00:00');
      const other = sids.conversation(2);
      await ledger.saveTranscript(exampleTranscript({ dueAt }));
      await ledger.saveTranscript(exampleTranscript({ version: 1 }));
      await ledger.saveTranscript(exampleTranscript({ conversationSid: other, dueAt }));
      const erasure = { state: 'requested', requestedAt: dueAt } as const;
      await ledger.saveTranscript(exampleTranscript({ conversationSid: other, version: 1, dueAt, erasure }));

      expect(await dueAfterLag(ledger, at('12:00:00'))).toEqual([]);
    });

    it('and lists them by the day on which the conversation began, with a word', async () => {
      const ledger = await empty();
      await ledger.saveTranscript(exampleTranscript());
      const full = fullTranscript();
      await ledger.saveTranscript(full);

      await ledger.ofDay('2026-11-19');
      expect(await ledger.ofDay('2026-11-19')).toEqual([
        { sid: full.conversationSid, at: new Date('2026-11-19T23:59:58Z'), label: 'held' },
      ]);
      expect(await ledger.ofDay('2026-11-20')).toEqual([
        { sid: sids.conversation(), at: at('10:00:00'), label: 'announced' },
      ]);
    });

    it('with a timeline of their own', async () => {
      const ledger = await empty();
      const entry = {
        of: sids.conversation(),
        occurredAt: at('10:00:00'),
        cause: 'm-1',
        what: 'transcript verified',
        actor: 'archive-transcript',
        before: 'none',
        after: '12 messages',
      };
      await ledger.addToTimeline(entry);
      await ledger.addToTimeline(entry);

      expect(await ledger.timelineOf(sids.conversation())).toEqual([entry]);
      expect(await ledger.timelineOf(sids.task())).toEqual([]);
    });
  });
}
