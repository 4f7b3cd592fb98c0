import { applyEvent } from '../../../lambdas/shared/domain/recording-events.ts';
import { addTask, newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import { applyLink, applyTaskEvent, applyTaskGone, newTask } from '../../../lambdas/shared/domain/task-life.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { addRecording } from '../../../lambdas/shared/domain/task-recordings.ts';
import { cast, moment } from './cast.ts';
import { attributesOf, contactEvent, recordingEvent, taskEvent } from './events-of.ts';
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
