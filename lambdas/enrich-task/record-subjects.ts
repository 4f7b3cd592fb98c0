import { isDeepStrictEqual } from 'node:util';
import { identityKeys } from '../shared/domain/enrichment/identity.ts';
import { ruleEvent } from '../shared/domain/enrichment/rule-event.ts';
import { keepingAfter, keepingFactsOf } from '../shared/domain/keeping-facts.ts';
import { compareText } from '../shared/domain/compare-text.ts';
import { taskBeganBy } from '../shared/domain/task-began.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { ToE164 } from '../shared/domain/task-shapes/canonical-task.ts';
import type { ErasureRequests } from '../shared/ports/erasure-requests.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { SubjectIndex } from '../shared/ports/subject-index.ts';
import { changeTask } from '../shared/steps/change-record.ts';
import { externalIdOf } from '../shared/steps/find-identity.ts';
import type { IdentityNeeds } from '../shared/steps/find-identity.ts';
import { readForRules } from '../shared/steps/read-for-rules.ts';
import { reopenErasure } from '../shared/steps/reopen-erasure.ts';
import type { RecordedTaskEvent } from './record-task-event.ts';

interface Needs extends Pick<IdentityNeeds, 'config' | 'expressions' | 'subjectHash'> {
  readonly toE164: ToE164;
  readonly ledger: Ledger;
  readonly subjectIndex: SubjectIndex;
  readonly erasures: Pick<ErasureRequests, 'read' | 'save'>;
  readonly now: () => Date;
}

/** By any of these a person may be asked for; which of them Insights goes by is another matter. */
const everyKey = ['external_id', 'phone', 'email', 'from_to'] as const;

/**
 * Writes down whom the task is about, under keyed hashes, and what decides how long its recordings stay; so that a person
 * who asks for their recordings, or to be forgotten, is found. A second time it changes nothing.
 *
 * The index comes before the record: a record that names a hash is found under it. A task of somebody who has asked since
 * to be forgotten, whose events were long on their way, has that erasure taken up again.
 */
export async function recordSubjects(has: Needs, { task, event, attributes }: RecordedTaskEvent): Promise<void> {
  if (attributes === undefined || task.erased !== undefined) return;
  const asRulesSee = ruleEvent(event);
  const read = await readForRules(has, attributes, asRulesSee);
  const externalId = await externalIdOf(has, { read, event: asRulesSee, attributes });
  const keys = [
    ...identityKeys(read.task, { order: everyKey, sticky: false }, externalId),
    ...identityKeys(read.task, { order: ['external_id'], sticky: false }),
  ];
  const hashes = await Promise.all(keys.map(({ kind, value }) => has.subjectHash.of(kind, value)));
  const wanted = (before: TaskRecord): TaskRecord => withSubjects(before, hashes, keepingFactsOf(read.task));
  if (isDeepStrictEqual(wanted(task), task)) return;
  for (const hash of hashes) await has.subjectIndex.add(hash, task.taskSid);
  // After the index, which leads the erasure here, and before the record, by which nothing would be done a second time.
  for (const hash of hashes) await reopenErasuresOf(has, hash, task);
  await changeTask(has.ledger, task.taskSid, (before = task) => ({ record: wanted(before), timeline: [] }));
}

/** Only of what began before it was asked for: whoever is forgotten may call again. */
async function reopenErasuresOf(has: Needs, hash: string, task: TaskRecord): Promise<void> {
  const asked = await has.subjectIndex.erasuresOf(hash);
  for (const { erasureId, requestedAt } of asked)
    if (taskBeganBy(task) <= requestedAt) await reopenErasure(has, erasureId);
}

function withSubjects(
  task: TaskRecord,
  hashes: readonly string[],
  told: ReturnType<typeof keepingFactsOf>,
): TaskRecord {
  if (task.erased !== undefined) return task;
  const subjectHashes = [...new Set([...(task.subjectHashes ?? []), ...hashes])].sort(compareText);
  const keeping = keepingAfter(task.keeping, told);
  return {
    ...task,
    ...(subjectHashes.length > 0 && { subjectHashes }),
    ...(Object.keys(keeping).length > 0 && { keeping }),
  };
}
