import type { TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { TaskResource, Tasks } from '../../../lambdas/shared/ports/tasks.ts';

/** A workspace, and the hands that others have on it. */
export interface TasksWorld {
  readonly tasks: Tasks;
  /** Makes a task with these attributes (JSON text) and says its SID. */
  newTask(attributes: string): Promise<TaskSid>;
  /** Replaces the attributes as a plug-in does, without asking for a revision. */
  changeElsewhere(taskSid: TaskSid, attributes: string): Promise<void>;
  /** Deletes the task as TaskRouter does some time after its end. */
  remove(taskSid: TaskSid): Promise<void>;
  /** The SID of a workflow of this workspace, which has the channel `voice` too. */
  workflowSid(): Promise<string>;
}

/** What the tasks of every workspace promise. `newWorld` gives one without tasks. */
export function tasksSuite(name: string, newWorld: () => Promise<TasksWorld>): void {
  const fetched = async (tasks: Tasks, taskSid: TaskSid): Promise<TaskResource> => {
    const answer = await tasks.fetch(taskSid);
    if (answer.kind !== 'task') throw new Error(`${taskSid} is ${answer.kind}`);
    return answer.task;
  };
  const absentTask = async (world: TasksWorld): Promise<TaskSid> => {
    const taskSid = await world.newTask('{}');
    await world.remove(taskSid);
    return taskSid;
  };

  describe(`${name}`, () => {
    it('gives a task with its attributes exactly as they are', async () => {
      const world = await newWorld();
      const attributes = '{"name":"Ada “Example”","n":1.50,"conversations":{"language":"de"}}';

      const taskSid = await world.newTask(attributes);

      expect(await fetched(world.tasks, taskSid)).toMatchObject({
        taskSid,
        assignmentStatus: 'pending',
        createdAt: expect.any(Date),
        etag: expect.stringMatching(/./),
      });
      expect(JSON.parse((await fetched(world.tasks, taskSid)).attributes)).toEqual(JSON.parse(attributes));
    });

    it('gives the same ETag as long as nothing changes', async () => {
      const world = await newWorld();
      const taskSid = await world.newTask('{}');

      const first = await fetched(world.tasks, taskSid);

      expect((await fetched(world.tasks, taskSid)).etag).toBe(first.etag);
    });

    it('says of a task that was deleted that it is gone', async () => {
      const world = await newWorld();

      expect(await world.tasks.fetch(await absentTask(world))).toEqual({ kind: 'gone' });
    });

    it('replaces the whole attributes, and says the ETag of what is there now', async () => {
      const world = await newWorld();
      const taskSid = await world.newTask('{"before":true}');
      const { etag } = await fetched(world.tasks, taskSid);

      const updated = await world.tasks.replaceAttributes(taskSid, '{"after":"“schön”"}', etag);

      const now = await fetched(world.tasks, taskSid);
      expect(now.attributes).toBe('{"after":"“schön”"}');
      expect(updated).toEqual({ kind: 'updated', etag: now.etag });
      expect(now.etag).not.toBe(etag);
    });

    it('writes again and again with the ETag of its own last write', async () => {
      const world = await newWorld();
      const taskSid = await world.newTask('{}');
      const { etag } = await fetched(world.tasks, taskSid);

      const first = await world.tasks.replaceAttributes(taskSid, '{"n":1}', etag);
      const second = await world.tasks.replaceAttributes(
        taskSid,
        '{"n":2}',
        first.kind === 'updated' ? first.etag : '',
      );

      expect(second.kind).toBe('updated');
      expect((await fetched(world.tasks, taskSid)).attributes).toBe('{"n":2}');
    });

    it('leaves the attributes alone when somebody changed them meanwhile', async () => {
      const world = await newWorld();
      const taskSid = await world.newTask('{}');
      const { etag } = await fetched(world.tasks, taskSid);
      await world.changeElsewhere(taskSid, '{"plug":"in"}');

      expect(await world.tasks.replaceAttributes(taskSid, '{"ours":1}', etag)).toEqual({ kind: 'changed-meanwhile' });

      expect(JSON.parse((await fetched(world.tasks, taskSid)).attributes)).toEqual({ plug: 'in' });
    });

    it('says that a task is gone instead of writing to it', async () => {
      const world = await newWorld();
      const taskSid = await world.newTask('{}');
      const { etag } = await fetched(world.tasks, taskSid);
      await world.remove(taskSid);

      expect(await world.tasks.replaceAttributes(taskSid, '{"ours":1}', etag)).toEqual({ kind: 'gone' });
    });

    it('takes 4,096 characters of attributes and not one more', async () => {
      const world = await newWorld();
      const taskSid = await world.newTask('{}');
      const { etag } = await fetched(world.tasks, taskSid);
      const ofLength = (characters: number): string =>
        JSON.stringify({ pad: 'x'.repeat(characters - '{"pad":""}'.length) });

      await expect(world.tasks.replaceAttributes(taskSid, ofLength(4097), etag)).rejects.toMatchObject({
        name: 'PermanentError',
        reason: 'task-attributes-refused',
      });
      expect(await world.tasks.replaceAttributes(taskSid, ofLength(4096), etag)).toMatchObject({ kind: 'updated' });
    });

    it.each(['no JSON', '[]', '"text"', 'null'])(
      'refuses attributes that are no JSON object: %s',
      async (attributes) => {
        const world = await newWorld();
        const taskSid = await world.newTask('{"as":"before"}');
        const { etag } = await fetched(world.tasks, taskSid);

        await expect(world.tasks.replaceAttributes(taskSid, attributes, etag)).rejects.toMatchObject({
          name: 'PermanentError',
        });

        expect(JSON.parse((await fetched(world.tasks, taskSid)).attributes)).toEqual({ as: 'before' });
      },
    );

    it('makes a task, which is then there to be fetched, pending and with its attributes exactly as they are', async () => {
      const world = await newWorld();
      const attributes = '{"name":"Ada “Example”","rd":{"call_detail_id":4711}}';

      const taskSid = await world.tasks.create({
        workflowSid: await world.workflowSid(),
        taskChannel: 'voice',
        attributes,
        priority: 3,
        timeoutSeconds: 86_400,
      });

      expect(await fetched(world.tasks, taskSid)).toMatchObject({ taskSid, assignmentStatus: 'pending', attributes });
    });

    it('makes one more task on each call', async () => {
      const world = await newWorld();
      const task = { workflowSid: await world.workflowSid(), taskChannel: 'voice', attributes: '{"n":1}' };

      const [first, second] = [await world.tasks.create(task), await world.tasks.create(task)];

      expect(first).not.toBe(second);
    });

    it.each([
      ['no JSON', 'no JSON'],
      ['no JSON object', '[]'],
      ['4,097 characters', JSON.stringify({ pad: 'x'.repeat(4087) })],
    ])('makes no task of attributes that are %s', async (_what, attributes) => {
      const world = await newWorld();
      const task = { workflowSid: await world.workflowSid(), taskChannel: 'voice', attributes };

      await expect(world.tasks.create(task)).rejects.toMatchObject({
        name: 'PermanentError',
        reason: 'new-task-refused',
      });
    });

    it('finds the tasks whose attributes an expression holds for, and no others', async () => {
      const world = await newWorld();
      const wanted = [await world.newTask('{"review_of":"RE1"}'), await world.newTask('{"review_of":"RE1","n":2}')];
      await world.newTask('{"review_of":"RE2"}');
      await world.newTask('{"other":"RE1"}');

      const found = await world.tasks.findByAttributes('review_of == "RE1"');

      expect([...found].sort()).toEqual([...wanted].sort());
      expect(await world.tasks.findByAttributes('review_of == "RE3"')).toEqual([]);
    });

    it('finds a task that it made, until that is deleted', async () => {
      const world = await newWorld();
      const attributes = '{"review_of":"RE1"}';
      const taskSid = await world.tasks.create({
        workflowSid: await world.workflowSid(),
        taskChannel: 'voice',
        attributes,
      });

      expect(await world.tasks.findByAttributes('review_of == "RE1"')).toEqual([taskSid]);
      await world.remove(taskSid);

      expect(await world.tasks.findByAttributes('review_of == "RE1"')).toEqual([]);
    });

    it('finds more tasks than a page of fifty holds', async () => {
      const world = await newWorld();
      const made: TaskSid[] = [];
      for (let count = 0; count < 53; count += 1) made.push(await world.newTask('{"review_of":"RE1"}'));

      const found = await world.tasks.findByAttributes('review_of == "RE1"');

      expect([...found].sort()).toEqual([...made].sort());
    });
  });
}
