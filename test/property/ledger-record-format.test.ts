import fc from 'fast-check';
import { attributeValue, storedValue } from '../../lambdas/shared/adapters/dynamodb/attribute-values.ts';
import { decodeRecording, encodeRecording } from '../../lambdas/shared/adapters/dynamodb/recording-format.ts';
import { decodeTask, encodeTask } from '../../lambdas/shared/adapters/dynamodb/task-format.ts';
import { refusalReasons } from '../../lambdas/shared/domain/refusals.ts';
import {
  accountSid,
  callSid,
  conferenceSid,
  conversationSid,
  recordingSid,
  reservationSid,
  taskQueueSid,
  taskSid,
  transferSid,
  workerSid,
  workspaceSid,
} from '../../lambdas/shared/domain/sids.ts';

const sid = <S>(prefix: string, make: (text: string) => S): fc.Arbitrary<S> =>
  fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map((n) => make(`${prefix}${n.toString(16).padStart(32, '0')}`));
const time = fc.date({
  min: new Date('1970-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});
const text = fc.string({ unit: 'binary' });
const count = fc.nat();
const foundBy = fc.constantFrom('callback', 'segment-link', 'media', 'list', 'reconcile');

const leg = fc.record(
  {
    reservationSid: sid('WR', reservationSid),
    workerSid: sid('WK', workerSid),
    workerCallSid: sid('CA', callSid),
    taskQueueSid: sid('WQ', taskQueueSid),
    acceptedAt: time,
    wrapupAt: time,
    completedAt: time,
  },
  { requiredKeys: ['reservationSid'] },
);

const task = fc.record(
  {
    taskSid: sid('WT', taskSid),
    version: count,
    accountSid: sid('AC', accountSid),
    workspaceSid: sid('WS', workspaceSid),
    firstSeenAt: time,
    lastEventAt: time,
    createdAt: time,
    taskQueueAt: time,
    taskQueueName: text,
    conversationId: text,
    callSids: fc.array(sid('CA', callSid)),
    conferenceSids: fc.array(sid('CF', conferenceSid)),
    conversationSids: fc.array(sid('CH', conversationSid)),
    legs: fc.array(leg),
    workerCalls: fc.array(fc.record({ callSid: sid('CA', callSid), firstSeenAt: time })),
    transfers: fc.array(
      fc.record(
        {
          transferSid: sid('TT', transferSid),
          initiatedAt: time,
          endedAt: time,
          outcome: fc.constantFrom('completed' as const, 'failed' as const, 'canceled' as const),
          fromReservationSid: sid('WR', reservationSid),
          toWorkerSid: sid('WK', workerSid),
        },
        { requiredKeys: ['transferSid'] },
      ),
    ),
    recordings: fc.array(
      fc.record(
        {
          recordingSid: sid('RE', recordingSid),
          foundBy,
          kind: fc.constantFrom('conference', 'call', 'unknown'),
          startedAt: time,
          isAbsent: fc.boolean(),
        },
        { requiredKeys: ['recordingSid', 'foundBy', 'kind', 'isAbsent'] },
      ),
    ),
    mediaRecordingSids: fc.array(sid('RE', recordingSid)),
    link: fc.record(
      {
        state: fc.constantFrom('none', 'written', 'late', 'kept', 'missed', 'removed', 'overwritten'),
        writes: count,
        seenAt: time,
        replaced: text,
      },
      { requiredKeys: ['state', 'writes'] },
    ),
    media: fc.record(
      {
        state: fc.constantFrom('none', 'written', 'late', 'kept', 'missed', 'removed', 'overwritten', 'refused'),
        places: fc.array(
          fc.record(
            {
              reservationSid: sid('WR', reservationSid),
              recordingSid: sid('RE', recordingSid),
              startedAt: time,
              transcriptSid: sid('CH', conversationSid),
            },
            { requiredKeys: [] },
          ),
        ),
        writes: count,
        writtenAt: time,
        seenAt: time,
        replaced: fc.array(text),
        fromTwilio: fc.array(sid('RE', recordingSid)),
      },
      { requiredKeys: ['state', 'places', 'writes', 'fromTwilio'] },
    ),
    enrichment: fc.record({
      mode: fc.constantFrom('observe', 'fill', 'overwrite'),
      paths: fc.array(text),
      at: time,
    }),
    endedAt: time,
    endedBy: fc.constantFrom('completed', 'canceled', 'deleted', 'gone'),
    dueAt: time,
  },
  {
    requiredKeys: [
      'taskSid',
      'version',
      'accountSid',
      'workspaceSid',
      'firstSeenAt',
      'lastEventAt',
      'callSids',
      'conferenceSids',
      'conversationSids',
      'legs',
      'workerCalls',
      'transfers',
      'recordings',
      'mediaRecordingSids',
      'link',
    ],
  },
);

const audio = fc.record(
  {
    key: text,
    versionId: text,
    sizeBytes: count,
    sha256: text,
    crc64Nvme: text,
    contentType: text,
    channels: count,
    durationSeconds: fc.double({ noDefaultInfinity: true, noNaN: true }).map((n) => n + 0),
    storedAt: time,
  },
  {
    requiredKeys: ['key', 'sizeBytes', 'sha256', 'crc64Nvme', 'contentType', 'channels', 'durationSeconds', 'storedAt'],
  },
);

const recording = fc.record(
  {
    recordingSid: sid('RE', recordingSid),
    version: count,
    accountSid: sid('AC', accountSid),
    foundBy,
    firstSeenAt: time,
    source: fc.record(
      {
        status: fc.constantFrom('unknown', 'paused', 'completed', 'absent', 'deleted'),
        startedAt: time,
        origin: text,
        channels: count,
      },
      { requiredKeys: ['status'] },
    ),
    archive: fc.oneof(
      fc.constant({ state: 'none' } as const),
      fc.record({ state: fc.constant('stored' as const), audio }),
      fc.record({ state: fc.constant('verified' as const), audio, verifiedAt: time }),
      fc.record({ state: fc.constantFrom('mismatched' as const, 'failed' as const), reason: text }),
    ),
    taskSids: fc.array(sid('WT', taskSid)),
    mediaMissingSince: time,
    linkRevoked: fc.boolean(),
    contacts: fc.array(
      fc.record(
        {
          hash: text,
          ccrId: count,
          sessionId: text,
          legId: text,
          status: text,
          failureReason: text,
          firstReceivedAt: time,
          lastReceivedAt: time,
          isContradictory: fc.boolean(),
        },
        {
          requiredKeys: [
            'hash',
            'ccrId',
            'sessionId',
            'legId',
            'status',
            'firstReceivedAt',
            'lastReceivedAt',
            'isContradictory',
          ],
        },
      ),
    ),
    verifications: fc.array(
      fc.record(
        {
          ccrId: count,
          result: fc.constantFrom('confirmed' as const, 'mismatched' as const, 'unconfirmed' as const),
          checkedAt: time,
          why: text,
        },
        { requiredKeys: ['ccrId', 'result', 'checkedAt'] },
      ),
    ),
    holds: fc.array(fc.record({ matter: text, placedBy: text, why: text, placedAt: time })),
    deletion: fc.oneof(
      fc.constant({ state: 'none' } as const),
      fc.record({ state: fc.constant('intended' as const), intendedAt: time }),
      fc.record({
        state: fc.constant('deleted' as const),
        intendedAt: time,
        deletedAt: time,
        confirmedBy: fc.constantFrom('not-found' as const, 'soft-deleted' as const),
      }),
      fc.record({ state: fc.constant('gone-external' as const), foundAt: time }),
    ),
    erasure: fc.oneof(
      fc.constant({ state: 'none' } as const),
      fc.record({ state: fc.constant('requested' as const), requestedAt: time }),
      fc.record({ state: fc.constant('erased' as const), erasedAt: time }),
    ),
    reports: fc.array(
      fc.record(
        {
          reservationSid: sid('WR', reservationSid),
          status: fc.constantFrom('COMPLETE' as const, 'FAILED' as const),
        },
        { requiredKeys: ['status'] },
      ),
    ),
    refusals: fc.array(fc.constantFrom(...refusalReasons)),
    reviewAt: time,
    dueAt: time,
  },
  {
    requiredKeys: [
      'recordingSid',
      'version',
      'accountSid',
      'foundBy',
      'firstSeenAt',
      'source',
      'archive',
      'taskSids',
      'linkRevoked',
      'contacts',
      'verifications',
      'holds',
      'deletion',
      'erasure',
      'reports',
    ],
  },
);

describe('the format of the ledger', () => {
  it('gives any task back as it was', () => {
    fc.assert(
      fc.property(task, (record) =>
        expect(decodeTask(storedValue(attributeValue(encodeTask(record))))).toEqual(record),
      ),
    );
  });

  it('gives any recording back as it was', () => {
    fc.assert(
      fc.property(recording, (record) =>
        expect(decodeRecording(storedValue(attributeValue(encodeRecording(record))))).toEqual(record),
      ),
    );
  });

  it('gives any JSON back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const json: unknown = JSON.parse(JSON.stringify(value));
        expect(storedValue(attributeValue(json))).toEqual(json);
      }),
    );
  });
});
