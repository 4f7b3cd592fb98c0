import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { deleteSource, readDeleteSourceMessage } from '../../../lambdas/delete-source/handler.ts';
import type { DeleteSourceNeeds } from '../../../lambdas/delete-source/needs.ts';
import { contactStatusHash } from '../../../lambdas/shared/domain/contact-status.ts';
import type { Outcome } from '../../../lambdas/shared/domain/outcome.ts';
import type { Policy } from '../../../lambdas/shared/domain/policy.ts';
import type { RecordingContact, RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { exampleCalabrio, examplePolicy, exampleTenantId } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';
import { inMemoryCalabrioContacts } from '../../support/fakes/in-memory-calabrio-contacts.ts';
import { exampleRecording, exampleTask } from '../../support/ledger/example-records.ts';
import { wavBytes } from '../../support/wav-bytes.ts';
import { at, contextOf, startWorld } from './world.ts';

/** The sound of the example call: three seconds in two channels, 96,044 bytes. */
export const sound = wavBytes({ channels: 2, seconds: 3 });
export const key = `${sids.account()}/2026/03/02/${sids.recording()}.wav`;

/** The metadata names of the ACD page. */
const metadataNames = {
  recordingSid: 'archive_recording_sid',
  taskSid: 'archive_task_sid',
  conferenceSid: 'archive_conference_sid',
};

/** One hour's grace; everything else as strict as it comes, and switched on. */
export const strictPolicy = (
  deletion: Partial<Policy['deletion']> = {},
  rest: Partial<Omit<Policy, 'deletion'>> = {},
): Policy => examplePolicy({ graceSeconds: 3600, ...deletion }, rest);

/** As strict, with an API that must confirm. */
export const askingPolicy = (deletion: Partial<Policy['deletion']> = {}): Policy =>
  strictPolicy(deletion, { calabrio: exampleCalabrio({ isApiConfigured: true, verify: 'required' }) });

/** A contact status of Calabrio's as the ledger keeps it: contact 4711, COMPLETE, received once at 10:05. */
export function contact(changes: Partial<RecordingContact> = {}): RecordingContact {
  const said = { ccrId: 4711, sessionId: sids.call(1), legId: sids.call(2), status: 'COMPLETE', ...changes };
  return {
    hash: contactStatusHash({ tenantId: exampleTenantId, ...said }),
    firstReceivedAt: at('10:05:00'),
    lastReceivedAt: at('10:05:00'),
    isContradictory: false,
    ...said,
  };
}

/** The call's task: one agent, ended at 10:01:25, our link still there a minute later. */
export function endedTask(changes: Partial<TaskRecord> = {}): TaskRecord {
  return exampleTask({
    firstSeenAt: at('10:00:00'),
    taskQueueSid: sids.queue(),
    callSids: [sids.call(1), sids.call(2)],
    customerCallSid: sids.call(1),
    conferenceSids: [sids.conference()],
    legs: [
      {
        reservationSid: sids.reservation(),
        workerSid: sids.worker(),
        workerCallSid: sids.call(2),
        acceptedAt: at('10:00:05'),
        completedAt: at('10:01:25'),
      },
    ],
    link: { state: 'written', recordingSid: sids.recording(), writes: 1, seenAt: at('10:02:25') },
    endedAt: at('10:01:25'),
    endedBy: 'completed',
    ...changes,
  });
}

/** A world at noon in which everything is as it must be for the source to go, but for the given changes. */
export async function startDeletion(
  given: {
    readonly policy?: Policy;
    readonly recording?: Partial<RecordingRecord>;
    readonly tasks?: readonly TaskRecord[];
    readonly hasApi?: boolean;
  } = {},
) {
  const world = startWorld();
  world.setClock('12:00:00');
  const contacts = inMemoryCalabrioContacts();
  const { archive, ledger, recordings } = world;
  const stored = await archive.create(
    { key, contentType: 'audio/wav', sizeBytes: sound.length, metadata: {} },
    Readable.from([sound], { objectMode: false }),
  );
  if (stored.kind !== 'stored' || stored.versionId === undefined) throw new Error('the example copy was not stored');
  const { versionId, crc64Nvme } = stored;
  const source = { status: 'completed', startedAt: at('10:00:05'), durationSeconds: 3, channels: 2 } as const;
  const call = { callSid: sids.call(1), conferenceSid: sids.conference() };
  recordings.put(
    { recordingSid: sids.recording(), accountSid: sids.account(), ...source, ...call },
    { mono: sound, stereo: sound },
  );
  const recording = exampleRecording({
    firstSeenAt: at('10:00:10'),
    source: { ...source, ...call },
    archive: {
      state: 'verified',
      verifiedAt: at('10:02:10'),
      audio: {
        ...{ key, versionId, crc64Nvme, sizeBytes: sound.length, contentType: 'audio/wav', channels: 2 },
        ...{ durationSeconds: 3, storedAt: at('10:02:05') },
        sha256: createHash('sha256').update(sound).digest('hex'),
      },
    },
    taskSids: [sids.task()],
    contacts: [contact()],
    ...given.recording,
  });
  await ledger.saveRecording(recording);
  for (const task of given.tasks ?? [endedTask()]) await ledger.saveTask(task);
  const has: DeleteSourceNeeds = {
    ...world,
    policy: given.policy ?? strictPolicy(),
    control: ledger,
    ...(given.hasApi !== false && { contacts }),
    metadataNames,
  };
  return { ...world, contacts, versionId, has };
}

export type Deletion = Awaited<ReturnType<typeof startDeletion>>;

/** Delivers the message to a function with these needs, once. */
export function deliver(
  has: DeleteSourceNeeds,
  message: { readonly recordingSid?: string; readonly route?: string; readonly cause?: string } = {},
): Promise<Outcome> {
  const body = { v: 1, route: 'internal/delete-source', recordingSid: sids.recording(), cause: 'm-0', ...message };
  return deleteSource(has)(readDeleteSourceMessage(JSON.stringify(body)), contextOf());
}

/** What the timeline says, in its words: who, what, before and after. */
export async function timeline(deletion: Pick<Deletion, 'ledger'>): Promise<readonly string[]> {
  const lines = await deletion.ledger.timelineOf(sids.recording());
  return lines.map(({ actor, what, before, after }) => `${actor}: ${what}: ${before ?? '-'} → ${after ?? '-'}`);
}

/** Changes the record as another function would: read, change, save. */
export async function changeElsewhere(
  { ledger }: Pick<Deletion, 'ledger'>,
  change: (recording: RecordingRecord) => RecordingRecord,
): Promise<void> {
  const before = await ledger.readRecording(sids.recording());
  if (before === undefined || (await ledger.saveRecording(change(before))) !== 'saved')
    throw new Error('the example record could not be changed');
}

export const hold = {
  matter: 'CASE-2026-17',
  placedBy: 'operator:ada',
  why: 'a claim was announced',
  placedAt: at('11:59:59'),
};

/** The deletions' metrics, in order. */
export function measured({ measures }: Pick<Deletion, 'measures'>): readonly string[] {
  return measures.map(({ name, outcome }) => `${name}/${outcome}`);
}
