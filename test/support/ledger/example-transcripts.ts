import type { TranscriptRecord } from '../../../lambdas/shared/domain/transcript-record.ts';
import { sids } from '../example-sids.ts';

/** A transcript of which little is known yet: never saved, nothing due, first seen at 10:00 UTC on 20 November 2026. */
export function exampleTranscript(changes: Partial<TranscriptRecord> = {}): TranscriptRecord {
  return {
    conversationSid: sids.conversation(),
    version: 0,
    accountSid: sids.account(),
    firstSeenAt: new Date('2026-11-20T10:00:00.000Z'),
    taskSids: [],
    source: { status: 'unknown' },
    archive: { state: 'none' },
    holds: [],
    erasure: { state: 'none' },
    ...changes,
  };
}

/** One with every field set: it began two seconds before midnight, and is held. */
export function fullTranscript(): TranscriptRecord {
  const key = `${sids.account()}/2026/11/19/${sids.conversation(9)}`;
  return exampleTranscript({
    conversationSid: sids.conversation(9),
    taskSids: [sids.task(1), sids.task(2)],
    source: {
      status: 'closed',
      startedAt: new Date('2026-11-19T23:59:58.000Z'),
      deletedAt: new Date('2026-11-20T09:00:00.000Z'),
    },
    archive: {
      state: 'verified',
      transcript: {
        json: { key: `${key}.json`, versionId: 'v1', sizeBytes: 5123, sha256: '1'.repeat(64) },
        text: { key: `${key}.txt`, versionId: 'v2', sizeBytes: 812, sha256: '2'.repeat(64) },
        messages: 12,
        storedAt: new Date('2026-11-20T10:01:00.000Z'),
      },
      verifiedAt: new Date('2026-11-20T10:01:01.500Z'),
    },
    holds: [{ matter: 'case 7', placedBy: 'ada', why: 'asked for', placedAt: new Date('2026-11-20T11:00:00.000Z') }],
    releases: [
      { matter: 'case 6', releasedBy: 'bob', why: 'settled', releasedAt: new Date('2026-11-20T12:00:00.000Z') },
    ],
    retention: {
      className: 'standard',
      decidedAt: new Date('2026-11-20T10:01:02.000Z'),
      until: new Date('2033-11-20T10:01:02.000Z'),
      lock: {
        mode: 'governance',
        dueAt: new Date('2026-11-27T10:01:02.000Z'),
        until: new Date('2033-11-20T10:01:02.000Z'),
        lockedAt: new Date('2026-11-27T10:05:00.000Z'),
      },
    },
    kept: { className: 'standard', isHeld: true, at: new Date('2026-11-20T11:00:01.000Z') },
    dueAt: new Date('2026-11-27T10:01:02.000Z'),
  });
}
