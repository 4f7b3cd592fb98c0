import type { ConferenceRecord } from '../../../lambdas/shared/domain/conference-record.ts';
import type { ConferenceRecords } from '../../../lambdas/shared/ports/conferences.ts';
import { sids } from '../../support/example-sids.ts';

const at = (time: string): Date => new Date(`2026-11-20T${time}Z`);

/** A conference with every field set, never saved. */
export function fullConference(changes: Partial<ConferenceRecord> = {}): ConferenceRecord {
  return {
    conferenceSid: sids.conference(),
    version: 0,
    participants: [
      {
        callSid: sids.call(1),
        label: 'customer',
        joinedAt: at('10:00:00.000'),
        joinedSequence: 1,
        leftAt: at('10:04:00.000'),
        reasonLeft: 'participant_hung_up',
        leftSequence: 5,
      },
      { callSid: sids.call(2) },
    ],
    endedAt: at('10:04:01.000'),
    reasonEnded: 'participant-with-end-conference-on-exit-left',
    callSidEnding: sids.call(1),
    ...changes,
  };
}

/** What all conference records promise: kept whole, and of two writers one wins. */
export function conferenceRecordsSuite(name: string, empty: () => Promise<ConferenceRecords>): void {
  describe(`${name}`, () => {
    it('have none of a conference that nobody spoke of', async () => {
      const records = await empty();
      await records.saveConference(fullConference());

      expect(await records.readConference(sids.conference(2))).toBeUndefined();
    });

    it('give one back as it was saved, one version on', async () => {
      const records = await empty();

      expect(await records.saveConference(fullConference())).toBe('saved');

      expect(await records.readConference(sids.conference())).toEqual(fullConference({ version: 1 }));
    });

    it('give one back of which only a little is known', async () => {
      const records = await empty();
      const little = { conferenceSid: sids.conference(), version: 0, participants: [{ callSid: sids.call() }] };

      await records.saveConference(little);

      expect(await records.readConference(sids.conference())).toEqual({ ...little, version: 1 });
    });

    it('refuse a second first save and a version that is no longer the stored one, and keep what was there', async () => {
      const records = await empty();
      await records.saveConference(fullConference());
      await records.saveConference(fullConference({ version: 1, participants: [] }));

      expect(await records.saveConference(fullConference())).toBe('conflict');
      expect(await records.saveConference(fullConference({ version: 1 }))).toBe('conflict');

      expect(await records.readConference(sids.conference())).toEqual(fullConference({ version: 2, participants: [] }));
    });

    it('save exactly one of many who read the same version', async () => {
      const records = await empty();

      const results = await Promise.all([1, 2, 3, 4, 5].map(() => records.saveConference(fullConference())));

      expect(results.toSorted()).toEqual(['conflict', 'conflict', 'conflict', 'conflict', 'saved']);
    });
  });
}
