import type { RecordingEvent } from '../../../lambdas/shared/domain/recording-events.ts';
import { applyEvent } from '../../../lambdas/shared/domain/recording-events.ts';
import { addTask, newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import type {
  ArchiveFacet,
  RecordingRecord,
  RecordingSource,
} from '../../../lambdas/shared/domain/recording-record.ts';
import type { AttributeFacts } from '../../../lambdas/shared/domain/task-attributes.ts';
import { applyLink, applyTaskEvent, applyTaskGone, newTask } from '../../../lambdas/shared/domain/task-life.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { addRecording } from '../../../lambdas/shared/domain/task-recordings.ts';
import { exampleTenantId } from '../example-policy.ts';
import { cast, moment } from './cast.ts';
import type { Fact, Says } from './facts.ts';
import type { Known } from './known.ts';
import { leadsHere } from './leads-here.ts';

interface Ledger {
  recording: RecordingRecord;
  readonly tasks: Map<number, TaskRecord>;
  readonly found: Extract<Says, { readonly kind: 'found' }>[];
  /** Contact statuses that led to nothing yet. */
  inbox: Fact[];
}

export function play(facts: readonly Fact[]): Known {
  return playOn(emptyLedger(), facts);
}

/** What is known after each of the facts. */
export function playEach(facts: readonly Fact[]): readonly Known[] {
  const ledger = emptyLedger();
  return facts.map((fact) => playOn(ledger, [fact]));
}

function emptyLedger(): Ledger {
  const of = { recordingSid: cast.recording(1), accountSid: cast.account, foundBy: 'callback' } as const;
  return { recording: newRecording(of, moment(0)), tasks: new Map(), found: [], inbox: [] };
}

function playOn(ledger: Ledger, facts: readonly Fact[]): Known {
  for (const fact of facts) {
    hear(ledger, fact);
    const known = knownOf(ledger);
    const arrived = ledger.inbox.filter(({ says }) => leadsHere(says, known));
    for (const contact of arrived) ledger.recording = applyEvent(ledger.recording, contactEvent(contact));
    ledger.inbox = ledger.inbox.filter((contact) => !arrived.includes(contact));
  }
  return knownOf(ledger);
}

function knownOf({ recording, tasks, found }: Ledger): Known {
  const own = [...tasks.entries()].map(([number, task]) =>
    found
      .filter((one) => one.task === number)
      .reduce(
        (sofar, { recording: of, leg, agentCall }) =>
          addRecording(
            sofar,
            cast.recording(of),
            'list',
            agentCall === undefined
              ? undefined
              : { source: { status: 'completed', callSid: cast.agentCall(agentCall) } },
            leg === undefined ? undefined : cast.reservation(leg),
          ),
        task,
      ),
  );
  const { callSid, conferenceSid } = recording.source;
  const isOwn = (task: TaskRecord): boolean =>
    recording.taskSids.includes(task.taskSid) ||
    task.callSids.some((sid) => sid === callSid) ||
    task.conferenceSids.some((sid) => sid === conferenceSid);
  return { recording, tasks: own.filter(isOwn).sort((a, b) => (a.taskSid < b.taskSid ? -1 : 1)) };
}

function hear(ledger: Ledger, fact: Fact): void {
  const { says, at } = fact;
  switch (says.kind) {
    case 'task': {
      const task = ledger.tasks.get(says.task) ?? freshTask(says.task);
      ledger.tasks.set(says.task, applyTaskEvent(task, taskEvent(says, fact), attributesOf(says)));
      return;
    }
    case 'task-gone':
      ledger.tasks.set(says.task, applyTaskGone(ledger.tasks.get(says.task) ?? freshTask(says.task), moment(at)));
      return;
    case 'link': {
      const task = ledger.tasks.get(says.task) ?? freshTask(says.task);
      const seen = says.seen === undefined ? {} : { seenAt: moment(says.seen) };
      ledger.tasks.set(
        says.task,
        applyLink(task, { state: says.state, writes: 1, recordingSid: cast.recording(1), ...seen }),
      );
      return;
    }
    case 'found':
      ledger.found.push(says);
      if (says.recording === 1 && ledger.recording.erasure.state !== 'erased')
        ledger.recording = addTask(ledger.recording, cast.task(says.task));
      return;
    case 'contact':
      if (says.door === undefined) ledger.inbox = [...ledger.inbox, fact];
      return;
    default:
      ledger.recording = applyEvent(ledger.recording, recordingEvent(says, moment(at)));
  }
}

function freshTask(number: number): TaskRecord {
  return newTask({ taskSid: cast.task(number), accountSid: cast.account, workspaceSid: cast.workspace }, moment(0));
}

function taskEvent(says: Extract<Says, { readonly kind: 'task' }>, { name, at }: Fact) {
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

function attributesOf({ knowsCalls, agentCall }: Extract<Says, { readonly kind: 'task' }>): AttributeFacts {
  const agent = agentCall === undefined ? [] : [cast.agentCall(agentCall)];
  return {
    callSids: knowsCalls ? [cast.customerCall, ...agent] : agent,
    conferenceSids: knowsCalls ? [cast.conference] : [],
    conversationSids: [],
    recordings: [],
    ...(knowsCalls && { customerCallSid: cast.customerCall }),
    ...(agent[0] !== undefined && { workerCallSid: agent[0] }),
  };
}

type RecordingSays = Exclude<Says, { readonly kind: 'task' | 'task-gone' | 'link' | 'found' | 'contact' }>;

function recordingEvent(says: RecordingSays, at: Date): RecordingEvent {
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
      return { kind: 'hold-released', matter: says.matter };
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

function contactEvent({ says, at }: Fact): RecordingEvent {
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
