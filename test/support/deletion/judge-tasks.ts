import type { Fact } from './facts.ts';
import { heard } from './heard.ts';

/** The recording's tasks: `named` by somebody who found it there; `heardOf`: of which anything at all was heard. */
export function knownTasks(facts: readonly Fact[]): {
  readonly heardOf: readonly number[];
  readonly named: readonly number[];
} {
  const named = heard(facts, 'found')
    .filter(({ says }) => says.recording === 1)
    .map(({ says }) => says.task);
  const spokenOf = [
    ...heard(facts, 'task').map(({ says }) => says.task),
    ...heard(facts, 'task-gone').map(({ says }) => says.task),
    ...heard(facts, 'link').map(({ says }) => says.task),
  ];
  const heardOf = [...new Set(spokenOf)].filter((task) => named.includes(task) || sharesCall(facts, task));
  return { heardOf: heardOf.sort(), named };
}

/** True when the recording was made of a call or conference that the task's events name. */
export function sharesCall(facts: readonly Fact[], task: number): boolean {
  const events = heard(facts, 'task').filter(({ says }) => says.task === task);
  return heard(facts, 'source').some(({ says: { recorded } }) => {
    if (recorded === undefined) return false;
    if (recorded === 'agent-1-call') return events.some(({ says }) => says.agentCall === 1);
    return events.some(({ says }) => says.knowsCalls);
  });
}

const ends: readonly string[] = ['task.completed', 'task.canceled', 'task.deleted', 'task.system-deleted'];

/** Found gone, with nobody telling of its end: then nobody may have told of its agents either. */
export function isOnlyGone(facts: readonly Fact[], task: number): boolean {
  const isTold = heard(facts, 'task').some(({ says }) => says.task === task && ends.includes(says.type));
  return !isTold && heard(facts, 'task-gone').some(({ says }) => says.task === task);
}

/** When the task ended: as TaskRouter stated it, else when it was deleted, else when it was found gone. */
export function endOf(facts: readonly Fact[], task: number): number | undefined {
  const of = (types: readonly string[]): readonly number[] =>
    heard(facts, 'task')
      .filter(({ says }) => says.task === task && types.includes(says.type))
      .map(({ at }) => at);
  const gone = heard(facts, 'task-gone')
    .filter(({ says }) => says.task === task)
    .map(({ at }) => at);
  const best = [of(['task.completed', 'task.canceled']), of(['task.deleted', 'task.system-deleted']), gone];
  const times = best.find((one) => one.length > 0);
  return times === undefined ? undefined : Math.min(...times);
}
