import type { RecordingEvent } from '../../../lambdas/shared/domain/recording-events.ts';
import { applyEvent, applyPlan } from '../../../lambdas/shared/domain/recording-events.ts';
import { newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import { sids } from '../../support/example-sids.ts';
import { fullRecording } from '../../support/ledger/example-records.ts';

const at = (text: string): Date => new Date(`2026-11-20T${text}Z`);
const fresh = newRecording(
  { recordingSid: sids.recording(), accountSid: sids.account(), foundBy: 'callback' },
  at('10:00:00'),
);
const after = (...events: readonly RecordingEvent[]): RecordingRecord => events.reduce(applyEvent, fresh);

const intended: RecordingEvent = { kind: 'deletion-intended', at: at('11:00:00') };
const withdrawn: RecordingEvent = { kind: 'deletion-withdrawn' };
const deleted: RecordingEvent = { kind: 'deleted', at: at('11:00:02'), confirmedBy: 'soft-deleted' };
const foundGone: RecordingEvent = { kind: 'found-gone', at: at('11:00:02') };

describe('a deletion', () => {
  it('is intended, then done, and the source is deleted with it', () => {
    expect(after(intended, deleted)).toMatchObject({
      source: { status: 'deleted' },
      deletion: {
        state: 'deleted',
        intendedAt: at('11:00:00'),
        deletedAt: at('11:00:02'),
        confirmedBy: 'soft-deleted',
      },
    });
  });

  it('is not done without an intent, nor after the intent was taken back', () => {
    expect(after(deleted).deletion).toEqual({ state: 'none' });
    expect(after(intended, withdrawn, deleted).deletion).toEqual({ state: 'none' });
  });

  it('that is done is not taken back, begun again or found to be somebody else’s', () => {
    const done = after(intended, deleted);

    expect([withdrawn, intended, foundGone].map((event) => applyEvent(done, event))).toEqual([done, done, done]);
  });

  it('by somebody else is what is found gone without an intent', () => {
    expect(after(foundGone)).toMatchObject({
      source: { status: 'deleted' },
      deletion: { state: 'gone-external', foundAt: at('11:00:02') },
    });
  });

  it('is still ours to confirm when the source is found gone with an intent', () => {
    expect(after(intended, foundGone).deletion).toEqual({ state: 'intended', intendedAt: at('11:00:00') });
  });

  it('keeps its first intent', () => {
    expect(after(intended, { kind: 'deletion-intended', at: at('12:00:00') }).deletion).toEqual({
      state: 'intended',
      intendedAt: at('11:00:00'),
    });
  });
});

describe('a contact status', () => {
  const received = (time: string): RecordingEvent => ({
    kind: 'contact',
    isContradictory: false,
    received: {
      hash: 'h1',
      receivedAt: at(time),
      contact: { ccrId: 501, sessionId: 's', legId: 'l', tenantId: 1001, status: 'COMPLETE' },
    },
  });

  it('is kept once, with its first and its last receipt, in whatever order the receipts come', () => {
    const kept = [
      {
        hash: 'h1',
        ccrId: 501,
        sessionId: 's',
        legId: 'l',
        status: 'COMPLETE',
        firstReceivedAt: at('10:30:00'),
        lastReceivedAt: at('10:50:00'),
        isContradictory: false,
      },
    ];

    expect(after(received('10:30:00'), received('10:50:00'), received('10:40:00')).contacts).toEqual(kept);
    expect(after(received('10:50:00'), received('10:30:00')).contacts).toEqual(kept);
  });

  it('that once led to two recordings is not believed later', () => {
    const [once, again] = [received('10:30:00'), received('10:40:00')];
    const contradictory = { ...once, isContradictory: true } as const;

    expect(after(contradictory, again).contacts).toMatchObject([{ isContradictory: true }]);
  });
});

describe('an answer of Calabrio’s API', () => {
  it('gives way to a later one about the same contact, and not to an earlier one', () => {
    const confirmed = { ccrId: 501, result: 'confirmed', checkedAt: at('11:00:00') } as const;
    const unconfirmed = { ccrId: 501, result: 'unconfirmed', checkedAt: at('10:30:00') } as const;
    const both = [confirmed, unconfirmed].map((verification): RecordingEvent => ({
      kind: 'verification',
      verification,
    }));

    expect(after(...both).verifications).toEqual([confirmed]);
    expect(after(...both.reverse()).verifications).toEqual([confirmed]);
  });
});

describe('a hold', () => {
  const hold = { matter: 'claim 7', placedBy: 'ada', why: 'a claim', placedAt: at('10:30:00') };
  const placed: RecordingEvent = { kind: 'hold-placed', hold };

  it('is placed once for a matter, by whoever came first', () => {
    const again: RecordingEvent = { kind: 'hold-placed', hold: { ...hold, placedBy: 'grace' } };

    expect(after(placed, again).holds).toEqual([hold]);
  });

  it('goes with the release of its own matter alone', () => {
    const other: RecordingEvent = { kind: 'hold-placed', hold: { ...hold, matter: 'audit 2' } };

    expect(after(placed, other, { kind: 'hold-released', matter: 'claim 7' }).holds).toEqual([
      { ...hold, matter: 'audit 2' },
    ]);
  });
});

describe('a verified copy', () => {
  const { archive } = fullRecording();

  it('stays verified whatever a late attempt says, until it is doubted', () => {
    const verified = after({ kind: 'archive', archive });
    const late: RecordingEvent = { kind: 'archive', archive: { state: 'failed', reason: 'media-never-came' } };
    const doubted: RecordingEvent = { kind: 'archive-doubted', reason: 'other bytes', what: 'hash' };

    expect(applyEvent(verified, late)).toEqual(verified);
    expect(applyEvent(verified, doubted).archive).toMatchObject({
      state: 'mismatched',
      reason: 'other bytes',
      what: 'hash',
    });
  });

  it('is remembered as it was proved while it is doubted, however often', () => {
    const verified = after({ kind: 'archive', archive });
    const doubted: RecordingEvent = { kind: 'archive-doubted', reason: 'other bytes', what: 'hash' };

    expect(applyEvent(applyEvent(verified, doubted), doubted).archive).toMatchObject({
      audio: { versionId: 'example.version.id' },
    });
  });
});

describe('an erased recording', () => {
  const erased = after({ kind: 'erasure-requested', at: at('10:30:00') }, { kind: 'erased', at: at('10:31:00') });

  it('is a tombstone', () => {
    expect(erased.erasure).toEqual({ state: 'erased', erasedAt: at('10:31:00') });
  });

  it('is changed by nothing that comes after', () => {
    const events: readonly RecordingEvent[] = [
      { kind: 'source', source: { status: 'completed' } },
      { kind: 'archive', archive: { state: 'failed', reason: 'media-never-came' } },
      intended,
      foundGone,
      { kind: 'reported', report: { status: 'COMPLETE' } },
    ];

    expect(events.map((event) => applyEvent(erased, event))).toEqual(events.map(() => erased));
  });
});

describe('what a plan found', () => {
  const plan = { actions: [], refusals: ['grace'], legs: [], reviewAt: at('12:00:00') } as const;

  it('is kept while deletion is switched on', () => {
    expect(applyPlan(fresh, plan, true)).toEqual({ ...fresh, refusals: ['grace'], reviewAt: at('12:00:00') });
  });

  it('leaves no reasons while it is off, and no time to look again where none is named', () => {
    const planned = applyPlan(fresh, plan, true);

    expect(applyPlan(planned, { actions: [], refusals: ['grace'], legs: [] }, false)).toEqual(fresh);
  });
});
