import fc from 'fast-check';
import { attributeValue, storedValue } from '../../lambdas/shared/adapters/dynamodb/attribute-values.ts';
import { decodeTranscript, encodeTranscript } from '../../lambdas/shared/adapters/dynamodb/transcript-format.ts';
import { accountSid, conversationSid, taskSid } from '../../lambdas/shared/domain/sids.ts';
import type { TranscriptRecord } from '../../lambdas/shared/domain/transcript-record.ts';

const sid = <S>(prefix: string, make: (text: string) => S): fc.Arbitrary<S> =>
  fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map((n) => make(`${prefix}${n.toString(16).padStart(32, '0')}`));
const time = fc.date({
  min: new Date('1970-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});
const text = fc.string({ unit: 'binary' });
const count = fc.nat();

const archivedText = fc.record(
  { key: text, versionId: text, sizeBytes: count, sha256: text },
  { requiredKeys: ['key', 'sizeBytes', 'sha256'] },
);

const lock = fc.record(
  { mode: fc.constantFrom('governance' as const, 'compliance' as const), dueAt: time, until: time, lockedAt: time },
  { requiredKeys: ['mode', 'dueAt', 'until'] },
);

const transcript: fc.Arbitrary<TranscriptRecord> = fc.record(
  {
    conversationSid: sid('CH', conversationSid),
    version: count,
    accountSid: sid('AC', accountSid),
    firstSeenAt: time,
    taskSids: fc.array(sid('WT', taskSid)),
    source: fc.record(
      {
        status: fc.constantFrom(
          'unknown' as const,
          'active' as const,
          'inactive' as const,
          'closed' as const,
          'gone' as const,
        ),
        startedAt: time,
        deletedAt: time,
      },
      { requiredKeys: ['status'] },
    ),
    archive: fc.oneof(
      fc.constant({ state: 'none' } as const),
      fc.record({
        state: fc.constant('verified' as const),
        transcript: fc.record({ json: archivedText, text: archivedText, messages: count, storedAt: time }),
        verifiedAt: time,
      }),
      fc.record({ state: fc.constant('failed' as const), reason: text }),
    ),
    holds: fc.array(fc.record({ matter: text, placedBy: text, why: text, placedAt: time })),
    releases: fc.array(fc.record({ matter: text, releasedBy: text, why: text, releasedAt: time })),
    erasure: fc.oneof(
      fc.constant({ state: 'none' } as const),
      fc.record(
        { state: fc.constant('requested' as const), requestedAt: time, erasureId: text },
        { requiredKeys: ['state', 'requestedAt'] },
      ),
      fc.record(
        { state: fc.constant('erased' as const), erasedAt: time, erasureId: text },
        { requiredKeys: ['state', 'erasedAt'] },
      ),
    ),
    retention: fc.record(
      { className: text, decidedAt: time, until: time, lock },
      { requiredKeys: ['className', 'decidedAt'] },
    ),
    kept: fc.record({ className: text, isHeld: fc.boolean(), at: time }, { requiredKeys: ['isHeld', 'at'] }),
    dueAt: time,
  },
  {
    requiredKeys: [
      'conversationSid',
      'version',
      'accountSid',
      'firstSeenAt',
      'taskSids',
      'source',
      'archive',
      'holds',
      'erasure',
    ],
  },
);

describe('the format of a transcript in the ledger', () => {
  it('gives every transcript back as it was, by way of DynamoDB’s attributes', () => {
    fc.assert(
      fc.property(transcript, (record) => {
        expect(decodeTranscript(storedValue(attributeValue(encodeTranscript(record))))).toEqual(record);
      }),
    );
  });

  it('refuses what is no transcript', () => {
    expect(() => decodeTranscript({ conversationSid: `RE${'0'.repeat(32)}` })).toThrow(/conversationSid/);
  });
});
