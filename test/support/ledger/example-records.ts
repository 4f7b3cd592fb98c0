import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { sids } from '../example-sids.ts';

/** A task of which little is known yet: never saved, nothing due, first seen at 10:00 UTC on 20 November 2026. */
export function exampleTask(changes: Partial<TaskRecord> = {}): TaskRecord {
  return {
    taskSid: sids.task(),
    version: 0,
    accountSid: sids.account(),
    workspaceSid: sids.workspace(),
    firstSeenAt: new Date('2026-11-20T10:00:00.000Z'),
    lastEventAt: new Date('2026-11-20T10:00:00.000Z'),
    callSids: [],
    conferenceSids: [],
    conversationSids: [],
    legs: [],
    workerCalls: [],
    transfers: [],
    recordings: [],
    mediaRecordingSids: [],
    link: { state: 'none', writes: 0 },
    ...changes,
  };
}

/** A task with every field set, at rest but for `dueAt`. */
export function fullTask(): TaskRecord {
  return exampleTask({
    createdAt: new Date('2026-11-20T09:59:58.123Z'),
    toldBy: ['event-streams', 'task-events'],
    channel: 'voice',
    taskQueueSid: sids.queue(),
    taskQueueAt: new Date('2026-11-20T10:04:58.000Z'),
    taskQueueName: 'Everyone, “überall” 🎧',
    parentTaskSid: sids.task(7),
    conversationId: sids.task(7),
    callSids: [sids.call(), sids.call(2)],
    customerCallSid: sids.call(),
    conferenceSids: [sids.conference()],
    conversationSids: [sids.conversation()],
    legs: [
      {
        reservationSid: sids.reservation(),
        workerSid: sids.worker(),
        workerCallSid: sids.call(3),
        taskQueueSid: sids.queue(),
        acceptedAt: new Date('2026-11-20T10:00:05.000Z'),
        wrapupAt: new Date('2026-11-20T10:04:05.000Z'),
        completedAt: new Date('2026-11-20T10:04:30.000Z'),
      },
      { reservationSid: sids.reservation(2) },
    ],
    workerCalls: [{ callSid: sids.call(3), firstSeenAt: new Date('2026-11-20T10:00:09.500Z') }],
    transfers: [
      {
        transferSid: sids.transfer(),
        initiatedAt: new Date('2026-11-20T10:02:00.000Z'),
        endedAt: new Date('2026-11-20T10:02:30.000Z'),
        outcome: 'canceled',
        fromReservationSid: sids.reservation(),
        toWorkerSid: sids.worker(2),
      },
    ],
    recordings: [
      {
        recordingSid: sids.recording(),
        foundBy: 'segment-link',
        kind: 'conference',
        callSid: sids.call(),
        reservationSid: sids.reservation(),
        startedAt: new Date('2026-11-20T10:00:06.000Z'),
        isAbsent: false,
      },
    ],
    mediaRecordingSids: [sids.recording(2)],
    primaryRecordingSid: sids.recording(),
    link: {
      state: 'written',
      recordingSid: sids.recording(),
      writes: 2,
      writtenAt: new Date('2026-11-20T10:04:06.000Z'),
      seenAt: new Date('2026-11-20T10:04:36.000Z'),
      replaced: `https://api.twilio.com/2010-04-01/Accounts/${sids.account()}/Recordings/${sids.recording()}`,
    },
    enrichment: { mode: 'observe', paths: ['conversations.language'], at: new Date('2026-11-20T10:00:01.000Z') },
    endedAt: new Date('2026-11-20T10:04:30.000Z'),
    endedBy: 'completed',
    settledAt: new Date('2026-11-20T10:09:30.000Z'),
    dueAt: new Date('2026-11-20T10:06:30.000Z'),
  });
}

/** A recording that was announced a moment ago: never saved, nothing fetched, nothing due. */
export function exampleRecording(changes: Partial<RecordingRecord> = {}): RecordingRecord {
  return {
    recordingSid: sids.recording(),
    version: 0,
    accountSid: sids.account(),
    foundBy: 'callback',
    firstSeenAt: new Date('2026-11-20T10:04:00.000Z'),
    source: { status: 'unknown' },
    archive: { state: 'none' },
    taskSids: [],
    linkRevoked: false,
    contacts: [],
    verifications: [],
    holds: [],
    deletion: { state: 'none' },
    erasure: { state: 'none' },
    reports: [],
    ...changes,
  };
}

/** A recording with every field set, verified in the archive. */
export function fullRecording(): RecordingRecord {
  return exampleRecording({
    source: {
      status: 'completed',
      errorCode: '16101',
      startedAt: new Date('2026-11-20T10:00:06.000Z'),
      durationSeconds: 239,
      channels: 2,
      origin: 'StartConferenceRecordingAPI',
      callSid: sids.call(),
      conferenceSid: sids.conference(),
    },
    archive: {
      state: 'verified',
      audio: {
        key: `${sids.account()}/2026/11/20/${sids.recording()}.wav`,
        versionId: 'example.version.id',
        sizeBytes: 7_648_044,
        sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        crc64Nvme: 'rosUhgyiPrQ=',
        contentType: 'audio/x-wav',
        channels: 2,
        durationSeconds: 239.001_25,
        storedAt: new Date('2026-11-20T10:04:50.000Z'),
      },
      verifiedAt: new Date('2026-11-20T10:04:52.000Z'),
    },
    taskSids: [sids.task(), sids.task(2)],
    mediaMissingSince: new Date('2026-11-20T10:04:31.000Z'),
    contacts: [
      {
        hash: 'c'.repeat(64),
        ccrId: 4711,
        sessionId: sids.call(),
        legId: sids.call(3),
        status: 'FAILED',
        failureReason: 'Die Aufnahme fehlt “noch”.',
        firstReceivedAt: new Date('2026-11-20T10:10:00.000Z'),
        lastReceivedAt: new Date('2026-11-20T10:20:00.000Z'),
        isContradictory: false,
      },
    ],
    verifications: [
      {
        ccrId: 4711,
        result: 'unconfirmed',
        checkedAt: new Date('2026-11-20T10:21:00.000Z'),
        why: 'not uploaded yet',
      },
    ],
    holds: [
      {
        matter: 'CASE-2026-17',
        placedBy: 'operator',
        why: 'a claim was announced',
        placedAt: new Date('2026-11-20T11:00:00.000Z'),
      },
    ],
    releases: [
      {
        matter: 'CASE-2026-3',
        releasedBy: 'operator',
        why: 'the claim was withdrawn',
        releasedAt: new Date('2026-11-20T11:30:00.000Z'),
      },
    ],
    deletion: { state: 'intended', intendedAt: new Date('2026-11-20T12:00:00.000Z') },
    erasure: { state: 'requested', requestedAt: new Date('2026-11-20T12:30:00.000Z') },
    reports: [{ reservationSid: sids.reservation(), status: 'COMPLETE' }, { status: 'FAILED' }],
    refusals: ['held', 'leg-failed'],
    reviewAt: new Date('2026-11-21T10:04:31.000Z'),
    dueAt: new Date('2026-11-27T10:04:31.000Z'),
  });
}
