import { isDeepStrictEqual } from 'node:util';
import { applyPlan } from '../../../lambdas/shared/domain/recording-events.ts';
import { recordingLabel } from '../../../lambdas/shared/domain/recording-label.ts';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { beganAt } from '../../support/deletion/cast.ts';
import { compare, planLegs, tell } from '../../support/deletion/compare.ts';
import type { Compared } from '../../support/deletion/compare.ts';
import type { Fact } from '../../support/deletion/facts.ts';
import { seriesOf } from '../../support/deletion/facts.ts';
import { heard } from '../../support/deletion/heard.ts';
import { finalStatus, isTombstone, ownDeletion } from '../../support/deletion/judge.ts';
import { endOf, knownTasks } from '../../support/deletion/judge-tasks.ts';
import { inTheirOrder } from '../../support/deletion/orders.ts';
import { secretReason } from '../../support/deletion/events-of.ts';
import { play, playEach } from '../../support/deletion/play.ts';
import type { Sequence } from '../../support/deletion/sequences.ts';
import type { SequenceCount } from '../../support/deletion/sequence-count.ts';
import { holds } from './random-runs.ts';

/*
 * The invariants by their numbers, each over random sequences. Long, because a reader looks for them in one place. Each
 * is said in its own words, from the list of what was heard; `exactly the reasons` holds the whole plan against all rules.
 */

/** The sequence's end, compared. */
function atEnd({ facts, policy, now }: Sequence): Compared {
  return compare(play(facts), facts, policy, now);
}

/** At fault is a sequence that lets the source go although something is wrong. */
function whereSourceGoes(
  count: SequenceCount,
  wrongWith: (sequence: Sequence, compared: Compared) => string | undefined,
): void {
  let gone = 0;
  holds(count, (sequence) => {
    const compared = atEnd(sequence);
    if (compared.plan.refusals.length > 0) return undefined;
    gone += 1;
    const wrong = wrongWith(sequence, compared);
    return wrong === undefined ? undefined : `the source goes although ${wrong}, after ${tell(sequence.facts)}`;
  });
  // A promise about sources that go is empty if hardly one does.
  expect(gone).toBeGreaterThan(0);
}

export function invariantsSuite(count: SequenceCount): void {
  describe('the plan', () => {
    it('gives exactly the reasons that the written rules give, at every moment of every sequence', () => {
      holds(count, ({ facts, policy, now }) =>
        playEach(facts)
          .map((known, place) => compare(known, facts.slice(0, place + 1), policy, now).difference)
          .find((difference) => difference !== undefined),
      );
    });

    it('is looked at again in time: a source that time alone lets go does go', () => {
      holds(count, staysForgotten);
    });
  });

  // That the bytes were read again, and their hash compared, is asserted with archive-recording and delete-source.
  it('invariant 1: never deletes a source unless a verified copy has its bytes, version, channels and duration', () => {
    whereSourceGoes(count, ({ facts }) => {
      const doubtedLast = facts.findLastIndex(({ says }) => says.kind === 'copy-doubted');
      const isProof = ({ says }: Fact, place: number): boolean =>
        says.kind === 'copy' &&
        says.state === 'verified' &&
        place > doubtedLast &&
        (says.sizeBytes ?? 1) > 0 &&
        says.isVersionUnknown !== true &&
        (says.channels ?? 2) === 2 &&
        Math.abs((says.durationSeconds ?? 100) - 100) <= 1;
      return facts.some(isProof) ? undefined : 'no copy was proved';
    });
  });

  // That another tenant's status is not let in is asserted with calabrio-status.
  it('invariant 2: …and every expected leg is complete, by a contact that can only mean it', () => {
    whereSourceGoes(count, ({ facts, policy }, { judgement }) => {
      const { confirmedBy, acceptLegs } = policy.deletion;
      if (confirmedBy === 'archive') return undefined;
      if (policy.calabrio === undefined) return 'there is no Calabrio to confirm it';
      const open = judgement.legs.find(
        ({ state }) => state !== 'complete' && !(state === 'timed-out' && acceptLegs.includes('timed-out')),
      );
      if (open !== undefined) return `leg ${open.of} is ${open.state}`;
      if (judgement.legs.length === 0 && !acceptLegs.includes('not-applicable')) return 'there is no leg';
      const said = heard(facts, 'contact').filter(
        ({ says: { status, ccrId, door, isContradictory } }) =>
          status === 'COMPLETE' && ccrId > 0 && door === undefined && isContradictory === undefined,
      );
      const unsaid = judgement.legs
        .flatMap(({ ccrIds }) => ccrIds)
        .find((ccrId) => !said.some(({ says }) => says.ccrId === ccrId));
      return unsaid === undefined ? undefined : `nobody said COMPLETE of contact ${unsaid}`;
    });
  });

  // What the API must know of a contact to confirm it is asserted with delete-source.
  it('invariant 3: …and Calabrio’s API confirms each of them, where the policy asks it', () => {
    whereSourceGoes(count, ({ facts, policy }, { judgement }) => {
      const { calabrio, deletion } = policy;
      if (deletion.confirmedBy === 'archive' || calabrio === undefined || calabrio.verify === 'off') return undefined;
      if (calabrio.verify === 'when-configured' && !calabrio.isApiConfigured) return undefined;
      const answers = [...heard(facts, 'api')].sort((a, b) => a.at - b.at);
      const isLast = (ccrId: number, at: number): boolean =>
        answers.findLast(({ says }) => says.ccrId === ccrId)?.at === at;
      const wrong = answers.find(({ says, at }) => says.result === 'mismatched' && isLast(says.ccrId, at));
      if (wrong !== undefined) return `the API knows another recording as contact ${wrong.says.ccrId}`;
      const confirmed = answers.filter(({ says }) => says.result === 'confirmed');
      const open = judgement.legs.find(
        ({ state, ccrIds }) => state === 'complete' && !confirmed.some(({ says }) => ccrIds.includes(says.ccrId)),
      );
      return open === undefined ? undefined : `the API was never heard to confirm leg ${open.of}`;
    });
  });

  it('invariant 4: …and there is no hold, no open task, the source is final and the grace is over', () => {
    whereSourceGoes(count, ({ facts, policy, now }) => {
      const isHeld =
        facts.findLast(({ says }) => says.kind === 'hold' || says.kind === 'release')?.says.kind === 'hold';
      const { heardOf } = knownTasks(facts);
      const ends = heardOf.map((task) => endOf(facts, task));
      const verified = heard(facts, 'copy').filter(({ says }) => says.state === 'verified');
      const own = Object.values(policy.deletion.queues).flatMap(({ graceSeconds }) => graceSeconds ?? []);
      const grace = Math.min(policy.deletion.graceSeconds, ...own);
      const earliest = Math.max(...ends.map((end) => end ?? Infinity), Math.min(...verified.map(({ at }) => at)));
      if (isHeld) return 'it is held';
      if (heardOf.length === 0 || ends.includes(undefined)) return 'a task is open';
      if (!['completed', 'deleted'].includes(finalStatus(facts))) return 'the source is not final';
      return now < earliest + grace ? 'the grace is not over' : undefined;
    });
  });

  it('invariant 5: …and Insights plays every task of it from our link, or that is waived', () => {
    whereSourceGoes(count, ({ facts, policy }) => {
      if (policy.deletion.waiveInsights) return undefined;
      const open = knownTasks(facts).heardOf.find((task) => {
        const last = heard(facts, 'link').findLast(({ says }) => says.task === task)?.says;
        return last?.state !== 'written' || (last.seen ?? 0) < (endOf(facts, task) ?? Infinity) + 30;
      });
      return open === undefined ? undefined : `our link was not seen on task ${open} after its end`;
    });
  });

  // The cap, the breaker and the proof of ingest are one record for all: see gate.property.test.ts.
  it('invariant 6: …and deletion is on, not dry-run, and account, workspace and queue are allowed', () => {
    whereSourceGoes(count, ({ policy: { deletion } }) => {
      const isAllowed =
        deletion.enabled &&
        !deletion.dryRun &&
        deletion.allowedAccountSids.length > 0 &&
        deletion.allowedWorkspaceSids.length > 0 &&
        Object.values(deletion.queues).every(({ excluded }) => excluded !== true);
      return isAllowed ? undefined : 'the policy forbids it';
    });
  });

  // The conditional write of the intent, and the order of timeline and call, are asserted with delete-source's kills.
  it('invariant 7: a deletion is written down as intended before it is done, and names no SID but the record’s own', () => {
    holds(count, ({ facts, policy, now }) => {
      const known = playEach(facts);
      const leap = known.findIndex(
        ({ recording }, place) =>
          recording.deletion.state === 'deleted' &&
          !['intended', 'deleted'].includes(known[place - 1]?.recording.deletion.state ?? 'none'),
      );
      if (leap >= 0) return `deleted without an intent before, after ${tell(facts.slice(0, leap + 1))}`;
      const actions = compare(play(facts), facts, policy, now).plan.actions;
      const hasMore = actions.some((action) => action.kind === 'delete-source' && Object.keys(action).length > 1);
      return hasMore ? 'the action says more than that the recording’s own source is to be deleted' : undefined;
    });
  });

  // The alarm, and that Twilio is asked, are asserted with delete-source.
  it('invariant 8: gone with our intent is our deletion, gone without it is somebody else’s', () => {
    holds(count, (sequence) => {
      const { facts } = sequence;
      if (isTombstone(facts)) return undefined;
      const { refusals } = atEnd(sequence).plan;
      const deletion = ownDeletion(facts);
      const isGone = heard(facts, 'source').some(({ says }) => says.status === 'deleted');
      const should =
        deletion === 'deleted'
          ? 'already-deleted'
          : deletion === 'by-others' || (isGone && deletion === 'none')
            ? 'gone-external'
            : undefined;
      const is = refusals.find((reason) => reason === 'already-deleted' || reason === 'gone-external');
      return is === should ? undefined : `${is ?? 'not gone'} and not ${should ?? 'not gone'}, after ${tell(facts)}`;
    });
  });

  it('invariant 9: facets only move forward, and FAILED after COMPLETE blocks what is not yet done', () => {
    holds(count, ({ facts, policy, now }) => {
      const known = playEach(facts);
      const back = known.findIndex((after, place) =>
        movesBack(known[place - 1]?.recording, after.recording, facts[place]),
      );
      if (back >= 0) return `a facet moved back with the last of ${tell(facts.slice(0, back + 1))}`;
      const { plan, judgement } = compare(play(facts), facts, policy, now);
      const isFailed =
        judgement.legs.some(({ state }) => state === 'failed') && policy.deletion.confirmedBy !== 'archive';
      return isFailed && plan.refusals.length === 0
        ? `the source goes although a leg failed, after ${tell(facts)}`
        : undefined;
    });
  });

  // What an erasure does at Twilio and in the archive belongs to whatever carries it out.
  it('invariant 10: a hold beats a deletion that was asked for, and a tombstone beats everything', () => {
    holds(count, ({ facts, policy, now }) => {
      const { plan } = compare(play(facts), facts, policy, now);
      const erasedAt = facts.findIndex(({ says }) => says.kind === 'erased');
      if (erasedAt >= 0) {
        const atErasure = play(facts.slice(0, erasedAt + 1)).recording;
        const isUntouched = isDeepStrictEqual(play(facts).recording, atErasure);
        const isAtRest = plan.actions.length === 0 && plan.refusals.join() === 'tombstoned';
        return isUntouched && isAtRest ? undefined : `something came after the tombstone, after ${tell(facts)}`;
      }
      const isHeld =
        facts.findLast(({ says }) => says.kind === 'hold' || says.kind === 'release')?.says.kind === 'hold';
      const isOver = plan.refusals.some((reason) =>
        ['already-deleted', 'gone-external', 'source-empty'].includes(reason),
      );
      return !isHeld || isOver || plan.refusals.includes('held')
        ? undefined
        : `a hold is passed over, after ${tell(facts)}`;
    });
  });

  // Who is let in is asserted with calabrio-status; that nothing is copied twice, with archive-recording.
  it('invariant 11: what was not let in changes nothing, and what comes again changes nothing', () => {
    holds(count, ({ facts }) => {
      const isRefused = ({ says }: Fact): boolean => says.kind === 'contact' && says.door === 'refused';
      const known = play(facts);
      const letIn = play(facts.filter((fact) => !isRefused(fact)));
      if (!isDeepStrictEqual(known, letIn)) return `a refused status changed a record, after ${tell(facts)}`;
      const again = play([...facts, ...facts.filter((fact) => seriesOf(fact) === undefined && !isRunning(fact))]);
      return isDeepStrictEqual(facetsOf(known), facetsOf(again))
        ? undefined
        : `a repeat of every message changed a facet, after ${tell(facts)}`;
    });
  });

  // Logs, metrics and dead letters are asserted where they are written.
  it('invariant 12: the plan and the label hold nothing of what Calabrio wrote in free text', () => {
    holds(count, (sequence) => {
      const { known, plan } = atEnd(sequence);
      const text = JSON.stringify([plan, recordingLabel(applyPlan(known.recording, plan, true))]);
      return text.includes('Ada') || text.includes(secretReason) ? `a person is named in ${text}` : undefined;
    });
  });

  // Invariant 13, to erase every version, is asserted in test/property/erasure.

  // A crash between two effects is asserted with each function's kills.
  it('invariant 14: any other order, with any of it twice, comes to the same facets and the same plan', () => {
    holds(count, ({ facts, policy, now }) => {
      const told = facts.filter(({ says }) => says.kind !== 'intend' && says.kind !== 'erased');
      const other = inTheirOrder([...told].reverse().flatMap((fact) => (fact.at % 2 === 0 ? [fact, fact] : [fact])));
      const [one, two] = [compare(play(told), told, policy, now), compare(play(other), other, policy, now)];
      const isSame =
        isDeepStrictEqual(facetsOf(one.known), facetsOf(two.known)) &&
        isDeepStrictEqual(new Set(one.plan.refusals), new Set(two.plan.refusals)) &&
        isDeepStrictEqual(planLegs(one.plan), planLegs(two.plan));
      return isSame ? undefined : `${tell(told)} comes to something else than ${tell(other)}`;
    });
  });
}

/** In-progress and paused alternate, so the last to come counts; those are no repeat. */
function isRunning({ says }: Fact): boolean {
  return says.kind === 'source' && says.status !== 'completed' && says.status !== 'deleted';
}

/** All that is decided from; a source that is not final may be told in another order. */
function facetsOf({ recording, tasks }: Compared['known']): unknown {
  const { source, archive, contacts, verifications, holds: held, deletion, erasure, taskSids } = recording;
  return {
    source: source.status === 'completed' || source.status === 'deleted' ? source : 'open',
    ...{ archive, contacts, verifications, held, deletion, erasure, taskSids },
    tasks: tasks.map(({ legs, transfers, endedAt, endedBy, link }: TaskRecord) => ({
      legs,
      transfers,
      endedAt,
      endedBy,
      link,
    })),
  };
}

const sourceRows = ['unknown', 'in-progress paused', 'stopped processing', 'absent failed', 'completed', 'deleted'];
const deletionOrder = ['none', 'intended', 'deleted'];
const erasureOrder = ['none', 'requested', 'erased'];

function movesBack(before: RecordingRecord | undefined, after: RecordingRecord, by: Fact | undefined): boolean {
  if (before === undefined) return false;
  const rowOf = ({ source }: RecordingRecord): number =>
    sourceRows.findIndex((row) => row.split(' ').includes(source.status));
  const isUnverified = before.archive.state === 'verified' && after.archive.state !== 'verified';
  const isDeletionBack =
    before.deletion.state === 'gone-external'
      ? after.deletion.state !== 'gone-external'
      : after.deletion.state !== 'gone-external' &&
        deletionOrder.indexOf(after.deletion.state) < deletionOrder.indexOf(before.deletion.state);
  if (erasureOrder.indexOf(after.erasure.state) < erasureOrder.indexOf(before.erasure.state)) return true;
  // A tombstone forgets what the copy was and what was said of it.
  const isForgotten = after.erasure.state === 'erased';
  return (
    rowOf(after) < rowOf(before) ||
    (isUnverified && !isForgotten && by?.says.kind !== 'copy-doubted') ||
    (isDeletionBack && by?.says.kind !== 'withdraw') ||
    before.taskSids.some((sid) => !after.taskSids.includes(sid)) ||
    (!isForgotten && before.contacts.some(({ hash }) => !after.contacts.some((one) => one.hash === hash)))
  );
}

const threeMonths = 90 * 24 * 3600;

/** Follows the plan's own word of when to look again; at fault is one that never finds out what a late look shows. */
function staysForgotten({ facts, policy, now }: Sequence): string | undefined {
  const known = play(facts);
  const late = compare(known, facts, policy, now + threeMonths).plan;
  if (late.refusals.length > 0) return undefined;
  let { plan } = compare(known, facts, policy, now);
  for (let looks = 0; looks < 5000 && plan.refusals.length > 0; looks += 1) {
    if (plan.reviewAt === undefined) return `nobody looks again after ${tell(facts)}`;
    const at = (plan.reviewAt.getTime() - beganAt.getTime()) / 1000;
    plan = compare(known, facts, policy, at).plan;
  }
  return plan.refusals.length === 0 ? undefined : `it never goes, after ${tell(facts)}`;
}
