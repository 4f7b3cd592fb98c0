import { certificateOf } from '../../../../lambdas/shared/domain/erasure/certificate.ts';
import type { ErasureItem, ErasureRequest } from '../../../../lambdas/shared/domain/erasure/erasure-request.ts';
import { sids } from '../../../support/example-sids.ts';

const finishedAt = new Date('2026-11-20T12:00:00Z');

function erased(sid: ErasureItem['sid']): ErasureItem {
  return { sid, state: { kind: 'erased', at: finishedAt, objects: 2, source: 'deleted' } };
}

function requestWith(...items: readonly ErasureItem[]): ErasureRequest {
  return {
    erasureId: 'er-1',
    version: 3,
    requestedAt: new Date('2026-11-20T11:00:00Z'),
    requestedBy: 'grace',
    why: 'DSR-17',
    subjectHashes: [],
    taskSids: [],
    taskHashes: [],
    items,
    messagesRemoved: 0,
    messagesKept: [],
    calabrio: [],
    state: 'finished',
    finishedAt,
  };
}

describe('what a certificate says is left at Twilio', () => {
  // 30 and 40 days after noon on 20 November 2026, by GNU date.
  it('is what was deleted, in its own systems for 30 days, and of a recording the description for 40', () => {
    const { remaining, lastCopyEndsAt } = certificateOf(requestWith(erased(sids.recording())));

    expect(remaining).toContainEqual(
      expect.objectContaining({ what: 'twilio-backup', until: new Date('2026-12-20T12:00:00Z') }),
    );
    expect(remaining).toContainEqual(
      expect.objectContaining({ what: 'twilio-description', until: new Date('2026-12-30T12:00:00Z') }),
    );
    expect(lastCopyEndsAt).toEqual(new Date('2026-12-30T12:00:00Z'));
  });

  it('is no description of a recording where a conversation alone was deleted', () => {
    const { remaining } = certificateOf(requestWith(erased(sids.conversation())));

    const what = remaining.map((one) => one.what);
    expect(what).toContain('twilio-backup');
    expect(what).not.toContain('twilio-description');
  });

  it('is nothing where nothing was deleted there', () => {
    const gone: ErasureItem = {
      sid: sids.recording(),
      state: { kind: 'erased', at: finishedAt, objects: 0, source: 'was-gone' },
    };

    const what = certificateOf(requestWith(gone)).remaining.map((one) => one.what);

    expect(what).toEqual(['ledger-backup', 'work-queues']);
  });
});
