import type { Policy } from '../../../lambdas/shared/domain/policy.ts';
import type { SourceStatus } from '../../../lambdas/shared/domain/recording-record.ts';
import type { RefusalReason } from '../../../lambdas/shared/domain/refusals.ts';
import { cast } from './cast.ts';
import type { Fact } from './facts.ts';
import { heard } from './heard.ts';
import { copyReasons, copyVerifiedAt } from './judge-copy.ts';
import { hasFailedWithoutLegs, judgeLegs } from './judge-legs.ts';
import type { JudgedLeg } from './judge-legs.ts';
import { endOf, isOnlyGone, knownTasks } from './judge-tasks.ts';

/**
 * The written rules of deletion once more, small, naive and slow: they look through the plain list of what was heard and
 * keep no record. Nothing here calls the domain; its types are taken for their words alone.
 */
export interface Judgement {
  /** Every reason for which the source must stay; none: it may go. */
  readonly refusals: ReadonlySet<RefusalReason>;
  readonly legs: readonly JudgedLeg[];
}

export function judge(facts: readonly Fact[], policy: Policy, now: number): Judgement {
  if (isTombstone(facts)) return { refusals: new Set(['tombstoned']), legs: [] };
  const legs = policy.calabrio === undefined ? [] : judgeLegs(facts, policy.calabrio, now);
  const ended = endOfSource(facts);
  if (ended !== undefined) return { refusals: new Set([ended]), legs };
  const reasons = [
    ...(finalStatus(facts) === 'completed' || finalStatus(facts) === 'deleted' ? [] : ['source-not-final' as const]),
    ...copyReasons(facts),
    ...(mattersHeld(facts).size > 0 ? ['held' as const] : []),
    ...taskReasons(facts, policy),
    ...calabrioReasons(facts, policy, legs),
    ...(now < graceOver(facts, policy, legs) ? ['grace' as const] : []),
    ...switchReasons(policy),
  ];
  return { refusals: new Set(reasons), legs };
}

/** A tombstone beats everything; an erasure that was asked for beats everything but a hold. */
export function isTombstone(facts: readonly Fact[]): boolean {
  if (heard(facts, 'erased').length > 0) return true;
  return heard(facts, 'erasure-requested').length > 0 && mattersHeld(facts).size === 0;
}

/** How our own deletion stands, told from the order in which we wrote it down. */
export function ownDeletion(facts: readonly Fact[]): 'none' | 'intended' | 'deleted' | 'by-others' {
  let is: 'none' | 'intended' | 'deleted' | 'by-others' = 'none';
  for (const { says } of facts) {
    if (says.kind === 'intend' && is === 'none') is = 'intended';
    else if (says.kind === 'withdraw' && is === 'intended') is = 'none';
    else if (says.kind === 'deleted' && is === 'intended') is = 'deleted';
    else if (says.kind === 'found-gone' && is === 'none') is = 'by-others';
  }
  return is;
}

/** Rule 8: gone with our intent is a success, without it somebody else's doing. An empty recording has no source to delete. */
function endOfSource(facts: readonly Fact[]): RefusalReason | undefined {
  const deletion = ownDeletion(facts);
  const status = finalStatus(facts);
  if (deletion === 'deleted') return 'already-deleted';
  if (deletion === 'by-others' || (status === 'deleted' && deletion === 'none')) return 'gone-external';
  return status === 'absent' || status === 'failed' ? 'source-empty' : undefined;
}

/** The furthest of all that Twilio said; in-progress and paused alternate, and so may the others of one row. */
export function finalStatus(facts: readonly Fact[]): SourceStatus {
  const said = heard(facts, 'source').map(({ says }) => says.status);
  const rows: readonly (readonly SourceStatus[])[] = [
    ['deleted'],
    ['completed'],
    ['absent', 'failed'],
    ['stopped', 'processing'],
    ['in-progress', 'paused'],
  ];
  const row = rows.find((statuses) => statuses.some((status) => said.includes(status))) ?? [];
  return said.filter((status) => row.includes(status)).at(-1) ?? 'unknown';
}

function mattersHeld(facts: readonly Fact[]): ReadonlySet<string> {
  const matters = new Set<string>();
  for (const { says } of facts) {
    if (says.kind === 'hold') matters.add(says.matter);
    if (says.kind === 'release') matters.delete(says.matter);
  }
  return matters;
}

/** When a hold was last let go; a release of what was not held is none. */
function letGoAt(facts: readonly Fact[]): number {
  const held = new Set<string>();
  let last = 0;
  for (const { says, at } of facts) {
    if (says.kind === 'hold') held.add(says.matter);
    if (says.kind === 'release' && held.delete(says.matter)) last = Math.max(last, at);
  }
  return last;
}

/** Rules 4, 5 and 6, as far as they speak of tasks. */
function taskReasons(facts: readonly Fact[], { deletion }: Policy): readonly RefusalReason[] {
  const { heardOf, named } = knownTasks(facts);
  if (heardOf.length === 0) return ['no-task-known'];
  const isOpen = (task: number): boolean => endOf(facts, task) === undefined;
  return [
    ...(named.some((task) => !heardOf.includes(task)) || heardOf.some(isOpen) ? ['task-open' as const] : []),
    ...(heardOf.some((task) => isOpen(task) && hasOpenTransfer(facts, task)) ? ['transfer-open' as const] : []),
    ...(!deletion.waiveInsights && heardOf.some((task) => !playsFromUs(facts, task))
      ? ['insights-depends-on-twilio' as const]
      : []),
    ...(deletion.queues[cast.queue]?.excluded === true && heardOf.some((task) => isQueueKnown(facts, task))
      ? ['queue-excluded' as const]
      : []),
    ...(deletion.allowedWorkspaceSids.includes(cast.workspace) && !heardOf.some((task) => isNameAlone(facts, task))
      ? []
      : ['workspace-not-allowed' as const]),
  ];
}

/** No event spoke of the task, and our workspace never had it: it may be another's. */
function isNameAlone(facts: readonly Fact[], task: number): boolean {
  const link = heard(facts, 'link').findLast(({ says }) => says.task === task)?.says;
  return isOnlyGone(facts, task) && !isQueueKnown(facts, task) && link?.seen === undefined;
}

function hasOpenTransfer(facts: readonly Fact[], task: number): boolean {
  const transfers = heard(facts, 'task').filter(({ says }) => says.task === task && says.transfer !== undefined);
  const ends = ['task.transfer-completed', 'task.transfer-failed', 'task.transfer-canceled'];
  return transfers.some(
    ({ says: one }) =>
      !transfers.some(
        ({ says: other }) => other.transfer?.number === one.transfer?.number && ends.includes(other.type),
      ),
  );
}

/** Rule 5: a read 30 s or more after the task's end, in time for Insights, saw our link. */
function playsFromUs(facts: readonly Fact[], task: number): boolean {
  const last = heard(facts, 'link').findLast(({ says }) => says.task === task)?.says;
  const ended = endOf(facts, task);
  return last?.state === 'written' && last.seen !== undefined && ended !== undefined && last.seen >= ended + 30;
}

function isQueueKnown(facts: readonly Fact[], task: number): boolean {
  return heard(facts, 'task').some(({ says }) => says.task === task);
}

/** Rules 2 and 3; `confirmedBy: archive` lets rule 1 stand for them. */
function calabrioReasons(
  facts: readonly Fact[],
  { calabrio, deletion }: Policy,
  legs: readonly JudgedLeg[],
): readonly RefusalReason[] {
  if (deletion.confirmedBy === 'archive') return [];
  if (calabrio === undefined) return ['calabrio-not-configured'];
  const mustAsk = calabrio.verify === 'required' || (calabrio.verify === 'when-configured' && calabrio.isApiConfigured);
  return [...legReasons(facts, deletion, legs), ...(mustAsk ? apiReasons(facts, legs) : [])];
}

function legReasons(
  facts: readonly Fact[],
  { acceptLegs }: Policy['deletion'],
  legs: readonly JudgedLeg[],
): readonly RefusalReason[] {
  if (legs.length === 0) {
    const { heardOf } = knownTasks(facts);
    const isTold = heardOf.length > 0 && !heardOf.some((task) => isOnlyGone(facts, task));
    const isWaived = acceptLegs.includes('not-applicable') && isTold;
    if (!isWaived) return ['no-agent-leg'];
    return hasFailedWithoutLegs(facts) ? ['leg-failed'] : [];
  }
  return legs.flatMap(({ state }): readonly RefusalReason[] => {
    if (state === 'complete' || (state === 'timed-out' && acceptLegs.includes('timed-out'))) return [];
    return [state === 'none' ? 'leg-missing' : `leg-${state}`];
  });
}

function apiReasons(facts: readonly Fact[], legs: readonly JudgedLeg[]): readonly RefusalReason[] {
  const asked = heard(facts, 'api');
  const answerOf = (ccrId: number): string | undefined =>
    asked
      .filter(({ says }) => says.ccrId === ccrId)
      .sort((a, b) => a.at - b.at)
      .at(-1)?.says.result;
  if (asked.some(({ says }) => answerOf(says.ccrId) === 'mismatched')) return ['api-mismatch'];
  const isUnknown = ({ state, ccrIds }: JudgedLeg): boolean =>
    state === 'complete' && !ccrIds.some((ccrId) => answerOf(ccrId) === 'confirmed');
  return legs.some(isUnknown) ? ['api-unconfirmed'] : [];
}

/** Rule 4: the grace after the last of the conditions: the copy, the tasks' ends, each leg's word or timeout, no hold. */
function graceOver(facts: readonly Fact[], { deletion }: Policy, legs: readonly JudgedLeg[]): number {
  const { heardOf } = knownTasks(facts);
  const ends = heardOf.map((task) => endOf(facts, task) ?? 0);
  const confirmations = deletion.confirmedBy === 'archive' ? [] : legs.map(({ since }) => since ?? 0);
  const queued = heardOf.some((task) => isQueueKnown(facts, task));
  const grace = (queued ? deletion.queues[cast.queue]?.graceSeconds : undefined) ?? deletion.graceSeconds;
  return Math.max(0, copyVerifiedAt(facts), letGoAt(facts), ...ends, ...confirmations) + grace;
}

function switchReasons({ deletion }: Policy): readonly RefusalReason[] {
  return [
    ...(deletion.allowedAccountSids.includes(cast.account) ? [] : ['account-not-allowed' as const]),
    ...(deletion.enabled ? [] : ['switched-off' as const]),
    ...(deletion.dryRun ? ['dry-run' as const] : []),
  ];
}
