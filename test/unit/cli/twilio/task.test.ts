import { Readable } from 'node:stream';
import { taskSid, workspaceSid } from '../../../../lambdas/shared/domain/sids.ts';
import { account, startAccount, startEmptyAccount } from '../../../support/twilio/twilio-account.ts';
import type { TwilioUnderTest } from '../../../support/twilio/twilio-account.ts';
import { fileOf, removeFiles } from '../run-offline.ts';
import { run } from '../run-typed.ts';

const environment = {
  TWILIO_ACCOUNT_SID: account.accountSid,
  TWILIO_API_KEY: account.apiKeySid,
  TWILIO_API_SECRET: account.apiKeySecret,
};

/** Somebody at a terminal who types this when asked. */
const typing = (text: string): Readable => Object.assign(Readable.from([text]), { isTTY: true });

describe('the commands about one task', () => {
  let under: TwilioUnderTest;
  beforeEach(async () => {
    under = await startAccount();
    under.twilio.taskRouter.createWorkflow({ name: 'Review', queue: 'Listening' });
  });
  afterEach(async () => {
    await under.twilio.stop();
    removeFiles();
  });

  const typed = (words: readonly string[], stdin?: Readable) =>
    run([...words, '--twilio-url', under.twilio.url], new Error('these credentials need no pipeline'), {
      environment,
      ...(stdin !== undefined && { stdin }),
    });
  const tasks = () => under.twilio.taskRouter.tasks();
  const waiting = () =>
    under.twilio.taskRouter.createTask({ attributes: {}, channel: 'voice', queue: 'Sales', workflow: 'Review' });
  const taken = () => {
    const task = waiting();
    const ada = under.twilio.taskRouter.createWorker({ name: 'Ada', attributes: {} });
    under.twilio.taskRouter.accept(under.twilio.taskRouter.reserve(task, ada));
    return task;
  };

  describe('twilio task create', () => {
    const create = (...words: readonly string[]) =>
      typed(['twilio', 'task', 'create', '--workflow', 'Review', ...words]);

    it('makes a task of what was typed, and says where it waits', async () => {
      const { code, out } = await create(
        ...['--channel', 'voice', '--attributes', '{ "type": "inbound" }', '--priority', '3', '--timeout', '600'],
      );

      const [task, ...more] = tasks();
      expect([code, more]).toEqual([0, []]);
      expect(task).toMatchObject({
        channel: 'voice',
        queue: 'Listening',
        priority: 3,
        attributes: '{"type":"inbound"}',
      });
      expect(out).toBe(`task ${task?.taskSid} (pending, queue Listening) was made\n`);
    });

    it('makes one of Twilio’s defaults, and gives it as JSON without its attributes', async () => {
      const { code, out } = await create('--json');

      expect(code).toBe(0);
      expect(JSON.parse(out)).toEqual({
        task: {
          sid: tasks()[0]?.taskSid,
          workspaceSid: account.workspaceSid,
          status: 'pending',
          workflow: 'Review',
          queue: 'Listening',
          channel: 'default',
          priority: 0,
          timeoutSeconds: 86_400,
          reason: null,
        },
      });
    });

    it('reads attributes from a file', async () => {
      const file = fileOf({ type: 'inbound', from: '+12025550143' });

      expect((await create('--attributes', `@${file}`)).code).toBe(0);

      expect(tasks()).toMatchObject([{ attributes: '{"type":"inbound","from":"+12025550143"}' }]);
    });

    it('takes a workflow and a workspace by their SIDs too', async () => {
      const sid = under.twilio.taskRouter.createWorkflow({ name: 'Other', queue: 'Support' });

      const { code } = await typed([
        ...['twilio', 'task', 'create', '--workflow', sid, '--workspace', account.workspaceSid],
      ]);

      expect([code, tasks().map(({ queue }) => queue)]).toEqual([0, ['Support']]);
    });

    it.each<[string, readonly string[], string]>([
      [
        'attributes that are no JSON',
        ['--attributes', '{type: inbound}'],
        '--attributes is no JSON: wanted an object such as',
      ],
      ['attributes that are no object', ['--attributes', '[1]'], '--attributes is JSON and no object'],
      [
        'attributes of 4,097 characters',
        ['--attributes', `{"a":"${'x'.repeat(4_089)}"}`],
        '4097 characters: Twilio takes 4096',
      ],
      ['a file that is not there', ['--attributes', '@/nowhere.json'], '/nowhere.json cannot be read'],
      ['a priority that is no number', ['--priority', 'high'], '--priority high: a whole number from 0'],
      ['no time to wait', ['--timeout', '0'], '--timeout 0: a whole number from 1'],
      ['a workspace that is not there', ['--workspace', 'Nowhere'], 'Flex Task Assignment'],
      ['a word that is no option', ['Review'], 'takes options alone'],
    ])('refuses %s, and makes nothing', async (_case, words, why) => {
      const { code, err } = await create(...words);

      expect(err).toContain(why);
      expect([code, tasks()]).toEqual([2, []]);
    });

    it('refuses a workflow that is not there', async () => {
      const { code, err } = await typed(['twilio', 'task', 'create', '--workflow', 'Revue']);

      expect(err).toContain(`--workflow "Revue": the workspace's workflows are "Review"`);
      expect([code, tasks()]).toEqual([2, []]);
    });

    it('keeps every digit of a number', async () => {
      await create('--attributes', '{ "order": 12345678901234567890, "rate": 1.0 }');

      expect(tasks()).toMatchObject([{ attributes: '{"order":12345678901234567890,"rate":1.0}' }]);
    });

    it('tells in Twilio’s words what Twilio does not take', async () => {
      const { code, err } = await create('--channel', 'pigeon');

      expect(err).toContain('400 "TaskChannel names no channel of this workspace", error 20001');
      expect([code, tasks()]).toEqual([1, []]);
    });

    it('asks which of several workspaces is meant, and says where there is none', async () => {
      under.twilio.taskRouter.createTask({
        ...{ attributes: {}, channel: 'voice', queue: 'Sales', workflow: 'Other' },
        workspaceSid: workspaceSid('WS00000000000000000000000000000009'),
      });
      const { code, err } = await create();
      expect([code, err]).toEqual([
        2,
        'the account has 2 workspaces, Flex Task Assignment, Another Workspace: choose one with --workspace\n',
      ]);

      await under.twilio.stop();
      under = await startEmptyAccount();
      expect((await create()).err).toContain('the account has no workspace: npm run cli -- twilio apply makes one');
    });
  });

  describe('twilio task complete', () => {
    it('asks, and completes a task that somebody has', async () => {
      const task = taken();

      const { code, out, err } = await typed(['twilio', 'task', 'complete', task, '--reason', 'done'], typing('y\n'));

      expect([code, out]).toEqual([0, `task ${task} is completed\n`]);
      expect(err).toContain(`Complete task ${task} (assigned, queue Sales)?`);
      expect(under.twilio.taskRouter.task(task)).toMatchObject({ status: 'completed', reason: 'done' });
    });

    it('leaves the task when the answer is no', async () => {
      const task = taken();

      expect((await typed(['twilio', 'task', 'complete', task], typing('n\n'))).code).toBe(1);
      expect(under.twilio.taskRouter.task(task)?.status).toBe('assigned');
    });

    it('does it without asking when told to, once, and then has nothing to do', async () => {
      const task = taken();
      const complete = () => typed(['twilio', 'task', 'complete', task, '--yes', '--json']);

      const [first, second] = [await complete(), await complete()];

      expect([first.code, second.code]).toEqual([0, 0]);
      expect(JSON.parse(first.out)).toMatchObject({
        task: { sid: task, status: 'completed', reason: 'completed by hand' },
      });
      expect(JSON.parse(second.out)).toEqual(JSON.parse(first.out));
    });

    it('says that nobody has the task yet, and what ends it', async () => {
      const task = waiting();

      const { code, out } = await typed(['twilio', 'task', 'complete', task, '--yes']);

      expect([code, out]).toEqual([
        1,
        `task ${task} (pending, queue Sales) cannot be completed: only one that is assigned or wrapping can; nobody has accepted it, so twilio task cancel ends it\n`,
      ]);
    });

    it('says that the task is gone, five minutes after its end and when there never was one', async () => {
      const task = taken();
      under.twilio.taskRouter.completeTask(task, 'done');
      under.clock.advance(5 * 60_000);

      for (const sid of [task, taskSid(`WT${'0'.repeat(32)}`)]) {
        const { code, out } = await typed(['twilio', 'task', 'complete', sid, '--yes']);
        expect(code).toBe(1);
        expect(out).toContain(`task ${sid} is not there: Twilio deletes a task five minutes after its end`);
      }
    });

    it.each([
      [[], 'wants one SID'],
      [[`WR${'0'.repeat(32)}`], 'is no task: a SID that begins with WT is wanted'],
      [[`WT${'0'.repeat(32)}`, '--reason', 'two\nlines'], '--reason wants 1 to 500 characters on one line'],
    ])('refuses %j', async (words, why) => {
      const { code, err } = await typed(['twilio', 'task', 'complete', ...words]);

      expect(err).toContain(why);
      expect(code).toBe(2);
    });
  });

  describe('twilio task cancel', () => {
    it('cancels a task that waits, wherever it is in the account', async () => {
      const task = waiting();

      const { code, out } = await typed(['twilio', 'task', 'cancel', task, '--yes']);

      expect([code, out]).toEqual([0, `task ${task} is canceled\n`]);
      expect(under.twilio.taskRouter.task(task)).toMatchObject({ status: 'canceled', reason: 'canceled by hand' });
    });

    it('says that somebody has the task, or that it is over', async () => {
      const task = taken();
      const cancel = () => typed(['twilio', 'task', 'cancel', task, '--yes', '--json']);

      const held = await cancel();
      under.twilio.taskRouter.completeTask(task, 'done');
      const over = await cancel();

      expect([held.code, over.code]).toEqual([1, 1]);
      expect(held.err).toContain('only one that is pending or reserved can; somebody has accepted it');
      expect(over.err).toContain('it is over ("done")');
      expect(JSON.parse(over.out)).toMatchObject({ task: { status: 'completed' } });
    });
  });
});
