import { linkPatch, maxLinkWrites } from '../shared/domain/link.ts';
import type { LinkPatch, OnExistingLink } from '../shared/domain/link.ts';
import { done, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import type { RecordingSid } from '../shared/domain/sids.ts';
import { applyLink, applyTaskGone, isLinkWindowOpen } from '../shared/domain/task-life.ts';
import type { TaskLink, TaskRecord } from '../shared/domain/task-record.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { Tasks } from '../shared/ports/tasks.ts';
import { changeTask } from '../shared/steps/change-record.ts';
import { notAnObject } from '../shared/steps/edit-attributes.ts';
import { updateAttributes } from '../shared/steps/update-attributes.ts';
import { correlate, measureCorrelation } from './correlate.ts';
import type { Correlated } from './correlate.ts';

interface Needs {
  readonly ledger: Ledger;
  readonly tasks: Tasks;
  readonly meter: Meter;
  readonly now: () => Date;
  readonly linkBaseUrl: string;
  readonly onExistingLink: OnExistingLink;
  /** Under which attribute our SIDs are written for Calabrio; absent where they are not wanted. */
  readonly correlationObject?: string | undefined;
}

type Patched = Exclude<LinkPatch, { kind: 'not-an-object' }> | { readonly kind: 'overwritten' };

/**
 * Puts the link onto the task, or sees that it is there, and writes down what was seen and when.
 *
 * After the window a link is `late` even when Twilio takes it: Insights does not look any more. A task that is gone
 * without having had its link has `missed` it. A link that was written `maxLinkWrites` times, or was there until the
 * window closed, is still looked at, and `overwritten` when it is not there.
 */
export async function writeLink(has: Needs, task: TaskRecord, link: string, cause: string): Promise<Outcome> {
  // Seen counts like written: the function that wrote it may have died before the ledger knew.
  const hasBeenOurs = task.link.seenAt !== undefined;
  // What another writes from here on may be without our link, so no later moment is called the one it was seen at.
  const seenAt = has.now();
  let correlated: Correlated | undefined;
  const updated = await updateAttributes<Patched>(has.tasks, task.taskSid, (attributes) => {
    const patch = linkPatch(attributes, link, {
      onExistingLink: has.onExistingLink,
      hasBeenOurs,
      baseUrl: has.linkBaseUrl,
    });
    if (patch.kind === 'not-an-object') throw notAnObject(task.taskSid, 'its conversations attribute is not an object');
    if (patch.kind !== 'write') return { kind: 'leave', result: patch };
    // After the window a link that was there is only looked for: Insights would not read it any more.
    const isOnlyLookedFor = task.link.state === 'written' && !isLinkWindowOpen(task, seenAt);
    if (task.link.writes >= maxLinkWrites || isOnlyLookedFor) return { kind: 'leave', result: { kind: 'overwritten' } };
    correlated = correlate(patch.attributes, task, has.correlationObject);
    return { kind: 'write', attributes: correlated.attributes, result: patch };
  });
  const at = has.now();
  if (updated.kind === 'gone') return settleGone(has, task, at, cause);
  const saved = await changeTask(has.ledger, task.taskSid, (before = task) => {
    // What was written names the primary recording of then, whatever the ledger has chosen meanwhile.
    const after = linkAfter(before, task.primaryRecordingSid, updated.result, { at, seenAt });
    return {
      record: applyLink(before, after),
      timeline: [
        {
          occurredAt: at,
          cause,
          what: happenings[updated.result.kind],
          actor: 'link-recording',
          before: before.link.state,
          after: after.state,
        },
      ],
    };
  });
  if (updated.result.kind === 'kept') return ignored('link-kept');
  if (updated.result.kind === 'overwritten') return ignored('link-settled');
  if (updated.kind === 'written') {
    measureDelay(has, saved, at);
    if (correlated !== undefined) measureCorrelation(has.meter, correlated);
  }
  return done;
}

function linkAfter(
  task: TaskRecord,
  linked: RecordingSid | undefined,
  patch: Patched,
  when: { readonly at: Date; readonly seenAt: Date },
): TaskLink {
  const { link } = task;
  const { at, seenAt } = when;
  const primary = linked === undefined ? {} : { recordingSid: linked };
  switch (patch.kind) {
    case 'kept':
    case 'overwritten':
      return { ...link, state: patch.kind };
    case 'present':
      return {
        ...link,
        ...primary,
        state: seenState(task, at),
        seenAt,
        ...(link.writtenAt === undefined && { writtenAt: at }),
      };
    case 'write':
      return {
        ...link,
        ...primary,
        state: isLinkWindowOpen(task, at) ? 'written' : 'late',
        writes: link.writes + 1,
        writtenAt: at,
        seenAt,
        // The first link that we replaced is the original; what is overwritten later is somebody's stale copy of it.
        ...(link.replaced === undefined && patch.replaced !== undefined && { replaced: patch.replaced }),
      };
  }
}

/** A link that was there in time and is there still stays so; one first seen after the window is late, like a write. */
function seenState(task: TaskRecord, at: Date): 'written' | 'late' {
  return task.link.state === 'written' || isLinkWindowOpen(task, at) ? 'written' : 'late';
}

const happenings: Readonly<Record<Patched['kind'], string>> = {
  write: 'link written',
  present: 'link seen',
  kept: 'existing link kept',
  overwritten: 'link overwritten',
};

async function settleGone(has: Needs, task: TaskRecord, at: Date, cause: string): Promise<Outcome> {
  await changeTask(has.ledger, task.taskSid, (before = task) => {
    const gone = applyTaskGone(before, at);
    const isMissed = gone.link.state === 'none';
    const record = isMissed ? applyLink(gone, { ...gone.link, state: 'missed' }) : gone;
    return {
      record,
      timeline: isMissed ? [{ occurredAt: at, cause, what: 'link missed', actor: 'link-recording' }] : [],
    };
  });
  if (task.link.state === 'none') has.meter.measure({ outcome: 'missed', name: 'links', unit: 'Count', value: 1 });
  return ignored('task-gone');
}

/** Seconds from the task's end to the write; a link that is there before the end took no time at all. */
function measureDelay(has: Needs, task: TaskRecord, at: Date): void {
  const outcome = task.link.state === 'late' ? 'late' : 'in-time';
  const delaySeconds = task.endedAt === undefined ? 0 : Math.max(0, (at.getTime() - task.endedAt.getTime()) / 1000);
  has.meter.measure({ outcome, name: 'links', unit: 'Count', value: 1 });
  has.meter.measure({ outcome, name: 'linkDelaySeconds', unit: 'Seconds', value: delaySeconds });
}
