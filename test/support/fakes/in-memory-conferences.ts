import type { ConferenceRecord } from '../../../lambdas/shared/domain/conference-record.ts';
import type { AccountSid, ConferenceSid } from '../../../lambdas/shared/domain/sids.ts';
import type { ConferenceRecords, ConferenceResource, Conferences } from '../../../lambdas/shared/ports/conferences.ts';
import { frozen } from './frozen.ts';

export interface InMemoryConferences extends Conferences {
  /** The conference as it is from now on. */
  put(conference: ConferenceResource): void;
  /** What was asked for, in order. */
  readonly asked: readonly ConferenceSid[];
}

/** The conferences of one account. */
export function inMemoryConferences(account: AccountSid): InMemoryConferences {
  const conferences = new Map<ConferenceSid, ConferenceResource>();
  const asked: ConferenceSid[] = [];
  return {
    asked,
    put: (conference) => void conferences.set(conference.conferenceSid, frozen(conference)),
    async fetch(of, sid) {
      asked.push(sid);
      const conference = of === account ? conferences.get(sid) : undefined;
      return conference === undefined ? { kind: 'gone' } : { kind: 'conference', conference };
    },
  };
}

export interface InMemoryConferenceRecords extends ConferenceRecords {
  /** Every record as last saved. */
  all(): readonly ConferenceRecord[];
  /** As an erasure does. */
  forget(conferenceSid: ConferenceSid): void;
}

export function inMemoryConferenceRecords(): InMemoryConferenceRecords {
  const records = new Map<ConferenceSid, ConferenceRecord>();
  return {
    all: () => [...records.values()],
    forget: (sid) => void records.delete(sid),
    async readConference(sid) {
      return records.get(sid);
    },
    async saveConference(record) {
      if ((records.get(record.conferenceSid)?.version ?? 0) !== record.version) return 'conflict';
      records.set(record.conferenceSid, frozen({ ...record, version: record.version + 1 }));
      return 'saved';
    },
  };
}
