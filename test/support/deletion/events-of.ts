import type { RecordingEvent } from '../../../lambdas/shared/domain/recording-events.ts';
import type { ArchiveFacet, RecordingSource } from '../../../lambdas/shared/domain/recording-record.ts';
import type { AttributeFacts } from '../../../lambdas/shared/domain/task-attributes.ts';
import type { TaskEvent } from '../../../lambdas/shared/domain/task-event.ts';
import { exampleTenantId } from '../example-policy.ts';
import { cast, moment } from './cast.ts';
import type { Fact, Says } from './facts.ts';

/* The facts of a story as the domain is told them. */

export function taskEvent(says: Extract<Says, { readonly kind: 'task' }>, { name, at }: Fact): TaskEvent {
  const { transfer, leg } = says;
  return {
    eventSid: `EV of ${name}`,
    eventType: says.type,
    accountSid: cast.account,
    workspaceSid: cast.workspace,
    occurredAt: moment(at),
    taskSid: cast.task(says.task),
    taskQueueSid: cast.queue,
    ...(leg !== undefined && { reservationSid: cast.reservation(leg), workerSid: cast.agent(leg) }),
    ...(transfer !== undefined && {
      transfer: {
        transferSid: cast.transfer(transfer.number),
        ...(transfer.fromLeg !== undefined && { fromReservationSid: cast.reservation(transfer.fromLeg) }),
        ...(transfer.toAgent !== undefined && { toWorkerSid: cast.agent(transfer.toAgent) }),
      },
    }),
  };
}

export function attributesOf({ knowsCalls, agentCall }: Extract<Says, { readonly kind: 'task' }>): AttributeFacts {
  const agent = agentCall === undefined ? [] : [cast.agentCall(agentCall)];
  return {
    callSids: knowsCalls ? [cast.customerCall, ...agent] : agent,
    conferenceSids: knowsCalls ? [cast.conference] : [],
    conversationSids: [],
    recordings: [],
    mediaRecordings: [],
    ...(knowsCalls && { customerCallSid: cast.customerCall }),
    ...(agent[0] !== undefined && { workerCallSid: agent[0] }),
  };
}

type RecordingSays = Exclude<Says, { readonly kind: 'task' | 'task-gone' | 'link' | 'found' | 'contact' }>;

export function recordingEvent(says: RecordingSays, at: Date): RecordingEvent {
  switch (says.kind) {
    case 'source':
      return { kind: 'source', source: sourceOf(says) };
    case 'copy':
      return { kind: 'archive', archive: copyOf(says, at) };
    case 'copy-doubted':
      return { kind: 'archive-doubted', reason: 'looked at again', what: says.what };
    case 'api':
      return { kind: 'verification', verification: { ccrId: says.ccrId, result: says.result, checkedAt: at } };
    case 'hold':
      return {
        kind: 'hold-placed',
        hold: { matter: says.matter, placedBy: 'ada', why: 'a claim', placedAt: at },
      };
    case 'release':
      return {
        kind: 'hold-released',
        matter: says.matter,
        release: { releasedBy: 'ada', why: 'the claim is settled', releasedAt: at },
      };
    case 'intend':
      return { kind: 'deletion-intended', at };
    case 'withdraw':
      return { kind: 'deletion-withdrawn' };
    case 'deleted':
      return { kind: 'deleted', at, confirmedBy: 'not-found' };
    case 'found-gone':
      return { kind: 'found-gone', at };
    case 'erasure-requested':
      return { kind: 'erasure-requested', at };
    case 'erased':
      return { kind: 'erased', at };
  }
}

function sourceOf(says: Extract<Says, { readonly kind: 'source' }>): RecordingSource {
  const { status, channels, durationSeconds, recorded } = says;
  return {
    status,
    ...(channels !== undefined && { channels }),
    ...(durationSeconds !== undefined && { durationSeconds }),
    ...(recorded === 'conference' && { conferenceSid: cast.conference }),
    ...(recorded === 'customer-call' && { callSid: cast.customerCall }),
    ...(recorded === 'agent-1-call' && { callSid: cast.agentCall(1) }),
  };
}

function copyOf(says: Extract<Says, { readonly kind: 'copy' }>, at: Date): ArchiveFacet {
  const { state, what } = says;
  if (state === 'failed') return { state, reason: 'media-never-came' };
  if (state === 'mismatched') return { state, reason: 'not what Twilio sent', ...(what !== undefined && { what }) };
  const audio = {
    key: `${cast.account}/2026/03/02/${cast.recording(1)}.wav`,
    ...(says.isVersionUnknown !== true && { versionId: 'v1' }),
    sizeBytes: says.sizeBytes ?? 3_200_044,
    sha256: 'ab'.repeat(32),
    crc64Nvme: 'AAAAAAAAAAA=',
    contentType: 'audio/wav',
    channels: says.channels ?? 2,
    durationSeconds: says.durationSeconds ?? 100,
    storedAt: at,
  };
  return state === 'stored' ? { state, audio } : { state, audio, verifiedAt: at };
}

export function contactEvent({ says, at }: Fact): RecordingEvent {
  if (says.kind !== 'contact') throw new TypeError(`a ${says.kind} is no contact status`);
  const { status, ccrId, sessionId, legId } = says;
  return {
    kind: 'contact',
    isContradictory: says.isContradictory === true,
    received: {
      hash: `${ccrId}/${sessionId}/${legId}/${status}`,
      receivedAt: moment(at),
      contact: { tenantId: exampleTenantId, ccrId, sessionId, legId, status, failureReason: secretReason },
    },
  };
}

/** What Calabrio writes in free text: it names a person, so it must be found nowhere but in the contact itself. */
export const secretReason = 'Ada Example hung up on +15005550006';
