// Long because every rule has a row, and some have many: each row violates that rule alone.
import { ignored } from '../../../lambdas/shared/domain/outcome.ts';
import type { Policy } from '../../../lambdas/shared/domain/policy.ts';
import type { ArchiveFacet, RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import type { RefusalReason } from '../../../lambdas/shared/domain/refusals.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { exampleCalabrio } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';
import {
  askingPolicy,
  contact,
  deliver,
  endedTask,
  hold,
  key,
  startDeletion,
  strictPolicy,
} from './delete-source-world.ts';
import type { Deletion } from './delete-source-world.ts';
import { at } from './world.ts';

/** How the example world is spoilt before the message comes. */
interface Spoilt {
  readonly policy?: Policy;
  readonly recording?: Partial<RecordingRecord>;
  readonly tasks?: readonly TaskRecord[];
  readonly hasApi?: boolean;
  readonly then?: (deletion: Deletion) => Promise<void> | void;
}

type Row = readonly [rule: string, what: string, reasons: readonly RefusalReason[], spoilt: Spoilt];

const audio = {
  key,
  versionId: 'v1',
  sizeBytes: 96_044,
  sha256: 'f'.repeat(64),
  crc64Nvme: 'rosUhgp5mIg=',
  contentType: 'audio/wav',
  channels: 2,
  durationSeconds: 3,
  storedAt: at('10:02:05'),
};
const verified = (changes: Partial<typeof audio> | { readonly versionId: undefined } = {}): ArchiveFacet => {
  const { versionId, ...rest } = { ...audio, ...changes };
  return {
    state: 'verified',
    verifiedAt: at('10:02:10'),
    audio: { ...rest, ...(versionId !== undefined && { versionId }) },
  };
};
const secondLeg = {
  reservationSid: sids.reservation(2),
  workerSid: sids.worker(2),
  workerCallSid: sids.call(3),
  acceptedAt: at('10:00:40'),
  completedAt: at('10:01:25'),
};
const firstLeg = endedTask().legs;
const { endedAt: _ended, endedBy: _by, ...openTask } = endedTask();

const mismatches = [
  ['size', 'archive-size-mismatch'],
  ['hash', 'archive-hash-mismatch'],
  ['channels', 'archive-channels-mismatch'],
  ['duration', 'archive-duration-mismatch'],
  ['header', 'archive-header-mismatch'],
  ['missing', 'archive-missing'],
] as const;

const onThePaper: readonly Row[] = [
  ['1', 'a copy that was never made', ['archive-unverified'], { recording: { archive: { state: 'none' } } }],
  ['1', 'a copy not proved yet', ['archive-unverified'], { recording: { archive: { state: 'stored', audio } } }],
  [
    '1',
    'a copy given up for good',
    ['archive-unverified'],
    { recording: { archive: { state: 'failed', reason: 'media-never-came' } } },
  ],
  ['1', 'no version id', ['archive-version-unknown'], { recording: { archive: verified({ versionId: undefined }) } }],
  ['1', 'no bytes at all', ['archive-size-mismatch'], { recording: { archive: verified({ sizeBytes: 0 }) } }],
  ['1', 'one channel of two', ['archive-channels-mismatch'], { recording: { archive: verified({ channels: 1 }) } }],
  [
    '1',
    'a second and a half too short',
    ['archive-duration-mismatch'],
    { recording: { archive: verified({ durationSeconds: 1.5 }) } },
  ],
  ...mismatches.map(([what, reason]): Row => [
    '1',
    `a copy found to differ in ${what}`,
    [reason],
    { recording: { archive: { state: 'mismatched', reason: 'found so', what } } },
  ]),
  [
    '1',
    'another object under the key',
    ['archive-mismatched'],
    { recording: { archive: { state: 'mismatched', reason: 'found so' } } },
  ],
  ['2', 'nothing heard of the leg', ['leg-missing'], { recording: { contacts: [] } }],
  ['2', 'FAILED', ['leg-failed'], { recording: { contacts: [contact({ status: 'FAILED' })] } }],
  [
    '2',
    'a word that is neither COMPLETE nor FAILED',
    ['leg-missing'],
    { recording: { contacts: [contact({ status: 'PROCESSING' })] } },
  ],
  [
    '2',
    'the time of the leg over',
    ['leg-timed-out'],
    {
      recording: { contacts: [] },
      policy: strictPolicy({}, { calabrio: exampleCalabrio({ legTimeoutSeconds: 600 }) }),
    },
  ],
  [
    '2',
    'ids that lead to different recordings',
    ['leg-ambiguous'],
    { recording: { contacts: [contact({ isContradictory: true })] } },
  ],
  ['2', 'one leg complete of two', ['leg-missing'], { tasks: [endedTask({ legs: [...firstLeg, secondLeg] })] }],
  ['2', 'no agent on the call', ['no-agent-leg'], { tasks: [endedTask({ legs: [] })] }],
  [
    '3',
    'an API that is required and not there',
    ['api-unconfirmed'],
    { policy: strictPolicy({}, { calabrio: exampleCalabrio({ verify: 'required' }) }), hasApi: false },
  ],
  ['3', 'a contact that the API does not know', ['api-unconfirmed'], { policy: askingPolicy() }],
  [
    '3',
    'a contact whose audio is not uploaded',
    ['api-unconfirmed'],
    {
      policy: askingPolicy(),
      then: ({ contacts }) =>
        contacts.put({
          ccrId: 4711,
          isAudioUploaded: false,
          metadata: { archive_recording_sid: sids.recording() },
        }),
    },
  ],
  [
    '3',
    'a contact that names another recording',
    ['api-mismatch'],
    {
      policy: askingPolicy(),
      then: ({ contacts }) => contacts.put({ ccrId: 4711, metadata: { archive_recording_sid: sids.recording(2) } }),
    },
  ],
  ['4', 'a hold', ['held'], { recording: { holds: [hold] } }],
  ['4', 'no task known', ['no-task-known', 'no-agent-leg'], { tasks: [], recording: { taskSids: [] } }],
  [
    '4',
    'a second task of which nothing is known',
    ['task-open'],
    { recording: { taskSids: [sids.task(), sids.task(2)] } },
  ],
  ['4', 'a task that is open', ['task-open'], { tasks: [openTask], policy: strictPolicy({ waiveInsights: true }) }],
  [
    '4',
    'a second task that is open',
    ['task-open'],
    {
      tasks: [endedTask(), { ...openTask, taskSid: sids.task(2), legs: [] }],
      recording: { taskSids: [sids.task(), sids.task(2)] },
      policy: strictPolicy({ waiveInsights: true }),
    },
  ],
  [
    '4',
    'a transfer that is open',
    ['task-open', 'transfer-open'],
    {
      tasks: [{ ...openTask, transfers: [{ transferSid: sids.transfer(), initiatedAt: at('10:01:00') }] }],
      policy: strictPolicy({ waiveInsights: true }),
    },
  ],
  [
    '4',
    'the grace not over by a second',
    ['grace'],
    { recording: { contacts: [contact({ firstReceivedAt: at('11:00:01'), lastReceivedAt: at('11:00:01') })] } },
  ],
  [
    '4',
    'the queue’s own, longer grace not over',
    ['grace'],
    { policy: strictPolicy({ queues: { [sids.queue()]: { graceSeconds: 7200 } } }) },
  ],
  [
    '5',
    'our link never written',
    ['insights-depends-on-twilio'],
    { tasks: [endedTask({ link: { state: 'none', writes: 0 } })] },
  ],
  [
    '5',
    'our link overwritten',
    ['insights-depends-on-twilio'],
    { tasks: [endedTask({ link: { state: 'overwritten', writes: 5, seenAt: at('10:02:25') } })] },
  ],
  [
    '5',
    'our link last seen before it had settled',
    ['insights-depends-on-twilio'],
    { tasks: [endedTask({ link: { state: 'written', writes: 1, seenAt: at('10:01:54') } })] },
  ],
  [
    '5',
    'the recording among the task’s media',
    ['insights-depends-on-twilio'],
    { tasks: [endedTask({ mediaRecordingSids: [sids.recording()] })] },
  ],
  ['5', 'too few proofs of ingest', ['ingest-unproven'], { policy: strictPolicy({ ingestProof: 1 }) }],
  ['6', 'deletion as dry-run', ['dry-run'], { policy: strictPolicy({ dryRun: true }) }],
  ['6', 'a foreign account', ['account-not-allowed'], { policy: strictPolicy({ allowedAccountSids: [] }) }],
  ['6', 'a foreign workspace', ['workspace-not-allowed'], { policy: strictPolicy({ allowedWorkspaceSids: [] }) }],
  [
    '6',
    'a queue left out',
    ['queue-excluded'],
    { policy: strictPolicy({ queues: { [sids.queue()]: { excluded: true } } }) },
  ],
  ['6', 'the hour’s deletions all begun', ['hourly-cap'], { policy: strictPolicy({ hourlyCap: 0 }) }],
  [
    '6',
    'the breaker open',
    ['breaker-open'],
    {
      then: async ({ ledger }) => {
        const breaker = { state: 'open', openedAt: at('11:00:00'), why: '5 of the last 20' } as const;
        const hour = { startedAt: at('11:00:00'), begun: 0 };
        await ledger.saveDeletionControl({ version: 0, hour, attempts: [], breaker, provedIngests: [] });
      },
    },
  ],
  ['8', 'a source that somebody deleted', ['gone-external'], { recording: { source: { status: 'deleted' } } }],
  ['9', 'a source without sound', ['source-empty'], { recording: { source: { status: 'absent' } } }],
  [
    '9',
    'FAILED after COMPLETE',
    ['leg-failed'],
    {
      recording: {
        contacts: [
          contact(),
          contact({ status: 'FAILED', firstReceivedAt: at('10:06:00'), lastReceivedAt: at('10:06:00') }),
        ],
      },
    },
  ],
  [
    '10',
    'a report of our own, without an id of Calabrio’s',
    ['leg-missing'],
    { recording: { contacts: [contact({ ccrId: 0 })] } },
  ],
];

describe('a source of which everything holds but', () => {
  it.each(onThePaper)('rule %s: %s, stays, and says %j', async (_rule, _what, reasons, spoilt) => {
    const deletion = await startDeletion(spoilt);
    await spoilt.then?.(deletion);

    const outcome = await deliver(deletion.has);

    expect(outcome).toEqual(ignored('deletion-refused'));
    expect(deletion.recordings.deletionRequests).toEqual([]);
    expect(await deletion.recording()).toMatchObject({ refusals: reasons, deletion: { state: 'none' } });
  });
});
