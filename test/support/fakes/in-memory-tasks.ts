import { PermanentError } from '../../../lambdas/shared/domain/outcome.ts';
import { isObject } from '../../../lambdas/shared/domain/task-attributes.ts';
import type { TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { NewTask, TaskResource, Tasks } from '../../../lambdas/shared/ports/tasks.ts';
import { sids } from '../example-sids.ts';
import { scriptedFaults } from './scripted-faults.ts';
import type { ScriptedFaults } from './scripted-faults.ts';

/** https://www.twilio.com/docs/taskrouter/limits, read 2026-11: characters, white space included. */
const MAX_ATTRIBUTES_CHARACTERS = 4096;

type TasksCall = 'fetch' | 'replaceAttributes' | 'create' | 'findByAttributes';

/** A workspace's tasks in memory, and the hands that Twilio, Flex and its plug-ins have on them. */
export interface InMemoryTasks extends Tasks, Pick<ScriptedFaults<TasksCall>, 'failNext'> {
  /** Puts the task there, or in place of the one that is; its first revision is 0. */
  put(task: Omit<TaskResource, 'etag'>): void;
  /** Changes the attributes as others do, without asking for a revision; the revision goes up. @throws when there is no such task */
  changeElsewhere(taskSid: TaskSid, attributes: string): void;
  /** Runs `change` once, just before the next replacement is judged: the race between a read and a write. */
  beforeNextReplace(change: () => void): void;
  /** Deletes the task, as Twilio does five minutes after its end. */
  remove(taskSid: TaskSid): void;
  /** The attributes as they are now; undefined when the task is gone. */
  attributesOf(taskSid: TaskSid): string | undefined;
  /** Every replacement that was carried out, in order. */
  readonly writes: readonly { readonly taskSid: TaskSid; readonly attributes: string }[];
  /** Every task that was made, in order. */
  readonly created: readonly (NewTask & { readonly taskSid: TaskSid })[];
}

/** The SIDs of the made ones begin here, far from those that tests put there. */
const FIRST_CREATED = 0xc0de_0001;

export function inMemoryTasks(): InMemoryTasks {
  const tasks = new Map<TaskSid, { task: Omit<TaskResource, 'etag'>; revision: number }>();
  const faults = scriptedFaults<TasksCall>();
  const writes: { readonly taskSid: TaskSid; readonly attributes: string }[] = [];
  const races: (() => void)[] = [];
  const created: (NewTask & { readonly taskSid: TaskSid })[] = [];

  const change = (taskSid: TaskSid, attributes: string): number => {
    const stored = tasks.get(taskSid);
    if (stored === undefined) throw new Error(`there is no task ${taskSid} in this workspace to change`);
    tasks.set(taskSid, { task: { ...stored.task, attributes }, revision: stored.revision + 1 });
    return stored.revision + 1;
  };

  return {
    async fetch(taskSid) {
      faults.strike('fetch');
      const stored = tasks.get(taskSid);
      if (stored === undefined) return { kind: 'gone' };
      return { kind: 'task', task: { ...stored.task, etag: etagOf(stored.revision) } };
    },
    async replaceAttributes(taskSid, attributes, etag) {
      faults.strike('replaceAttributes');
      races.shift()?.();
      const stored = tasks.get(taskSid);
      if (stored === undefined) return { kind: 'gone' };
      if (etag !== etagOf(stored.revision)) return { kind: 'changed-meanwhile' };
      refuseUnfit(attributes);
      writes.push({ taskSid, attributes });
      return { kind: 'updated', etag: etagOf(change(taskSid, attributes)) };
    },
    async create(task) {
      faults.strike('create');
      refuseUnfit(task.attributes, 'new-task-refused');
      const taskSid = sids.task(FIRST_CREATED + created.length);
      const of = {
        accountSid: sids.account(),
        workspaceSid: sids.workspace(),
        createdAt: new Date('2026-03-02T10:00:00Z'),
      };
      tasks.set(taskSid, {
        task: { taskSid, ...of, assignmentStatus: 'pending', attributes: task.attributes },
        revision: 0,
      });
      created.push({ ...task, taskSid });
      return taskSid;
    },
    async findByAttributes(expression) {
      faults.strike('findByAttributes');
      const wanted = equality(expression);
      return [...tasks.values()].filter(({ task }) => wanted(task.attributes)).map(({ task }) => task.taskSid);
    },
    put: (task) => void tasks.set(task.taskSid, { task, revision: 0 }),
    changeElsewhere: (taskSid, attributes) => void change(taskSid, attributes),
    beforeNextReplace: (race) => void races.push(race),
    remove: (taskSid) => void tasks.delete(taskSid),
    attributesOf: (taskSid) => tasks.get(taskSid)?.task.attributes,
    failNext: faults.failNext,
    writes,
    created,
  };
}

/**
 * Whether attributes fulfil `key == "text"`, the one kind of expression that the fake understands.
 * @throws for any other, so that no test takes an answer for TaskRouter's
 */
function equality(expression: string): (attributes: string) => boolean {
  const [, key, text] = /^([A-Za-z_]+) == "([^"]*)"$/.exec(expression) ?? [];
  if (key === undefined) throw new Error(`the tasks in memory do not understand the expression ${expression}`);
  return (attributes) => {
    const value: unknown = JSON.parse(attributes);
    return isObject(value) && value[key] === text;
  };
}

/** TaskRouter's ETag is the task's revision in quotes. */
function etagOf(revision: number): string {
  return `"${revision}"`;
}

function refuseUnfit(attributes: string, reason = 'task-attributes-refused'): void {
  if (attributes.length <= MAX_ATTRIBUTES_CHARACTERS && isJsonObject(attributes)) return;
  throw new PermanentError(`Twilio refused the ${attributes.length} characters of attributes`, { reason });
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
