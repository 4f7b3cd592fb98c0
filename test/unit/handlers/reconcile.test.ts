import { reconcile } from '../../../lambdas/reconcile/handler.ts';
import { resendDue } from '../../../lambdas/reconcile/resend-due.ts';
import { newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import { newTask } from '../../../lambdas/shared/domain/task-life.ts';
import { parseParkedMessage } from '../../../lambdas/shared/messages/parked-message.ts';
import type { QueueReader, QueuedMessage } from '../../../lambdas/shared/ports/queue-reader.ts';
import { sids } from '../../support/example-sids.ts';
import { collectingWorkQueues } from '../../support/fakes/collecting-work-queues.ts';
import { reconcileNeeds, settledWorld } from './reconcile-world.ts';
import { at } from './world.ts';
import type { World } from './world.ts';

type Messages = readonly Pick<QueuedMessage, 'messageId' | 'sentAt'>[];

/** A queue of messages put aside, which shows at most ten at once and again what was not removed. */
function queueOf(messages: Messages, queueName = 'enrich-task-dead-letters') {
  const held: QueuedMessage[] = messages.map((message) => ({
    ...message,
    receiptHandle: `handle-${message.messageId}`,
    body: `body of ${message.messageId}`,
    receiveCount: 1,
    attributes: { FailureReason: 'unreadable-message' },
  }));
  const removed: string[] = [];
  const reader: QueueReader = {
    queueName,
    async receive() {
      return held.splice(0, 10).map((message) => {
        held.push(message);
        return message;
      });
    },
    async remove({ messageId }) {
      removed.push(messageId);
      held.splice(
        held.findIndex((message) => message.messageId === messageId),
        1,
      );
    },
  };
  return { reader, removed, held };
}

function run(world: World, putAside: readonly QueueReader[] = [], deadlineAt = at('10:05:00')) {
  return reconcile(reconcileNeeds(world, putAside))({ startedAt: world.now(), deadlineAt });
}

async function saveTask(world: World, n: number, dueAt: Date | undefined): Promise<void> {
  const of = { taskSid: sids.task(n), accountSid: sids.account(), workspaceSid: sids.workspace() };
  const { dueAt: _own, ...task } = newTask(of, at('09:00:00'));
  await world.ledger.saveTask({ ...task, ...(dueAt !== undefined && { dueAt }) });
}

async function saveRecording(world: World, n: number, dueAt: Date | undefined): Promise<void> {
  const of = { recordingSid: sids.recording(n), accountSid: sids.account(), foundBy: 'list' } as const;
  const { dueAt: _own, ...recording } = newRecording(of, at('09:00:00'));
  await world.ledger.saveRecording({ ...recording, ...(dueAt !== undefined && { dueAt }) });
}

describe('work that is due', () => {
  it('is sent again, a recording to archive-recording and a task to enrich-task, and nothing else is', async () => {
    const world = settledWorld();
    await saveRecording(world, 1, at('10:00:00'));
    await saveRecording(world, 2, at('10:00:00.001'));
    await saveRecording(world, 3, undefined);
    await saveTask(world, 1, at('09:59:59'));
    await saveTask(world, 2, at('10:00:01'));
    await saveTask(world, 3, undefined);

    const counted = await run(world);

    const cause = 'reconcile@2026-03-02T10:00:00.000Z';
    expect(world.queues.sent.map(({ message }) => message)).toEqual([
      { v: 1, route: 'internal/discover-recordings', taskSid: sids.task(1), cause },
      { v: 1, route: 'internal/archive-recording', recordingSid: sids.recording(1), foundBy: 'reconcile', cause },
    ]);
    expect(counted).toMatchObject({ recordingsResent: 1, tasksResent: 1, statusesResent: 0, movedToParked: 0 });
  });

  it('is an erasure only when this run hides no message any more that the erasure must see', async () => {
    const queues = collectingWorkQueues();
    const due = async () => [{ erasureId: 'er-1', dueAt: at('09:00:00') }];

    await resendDue({ ledger: { due }, queues }, at('10:00:00'), () => true);

    // A message is hidden for 15 s by the look through the put-aside queues, which comes next.
    expect(queues.sent).toMatchObject([{ message: { route: 'internal/erase-subject' }, delaySeconds: 60 }]);
  });

  it('waits for the next run when this one’s time is up', async () => {
    const world = settledWorld();
    await saveTask(world, 1, at('09:59:59'));

    expect(await run(world, [], at('10:00:05'))).toMatchObject({ tasksResent: 0 });
    expect(world.queues.sent).toEqual([]);
  });
});

describe('a message that was put aside', () => {
  const threeDaysAgo = new Date('2026-02-27T10:00:00Z');
  const younger = new Date(threeDaysAgo.getTime() + 1);

  it('is moved to the archive when it is three days old, unchanged and with its reason', async () => {
    const world = settledWorld();
    const { reader, removed } = queueOf([{ messageId: 'old', sentAt: threeDaysAgo }]);

    expect(await run(world, [reader])).toMatchObject({ movedToParked: 1 });

    const key = 'parked/enrich-task-dead-letters/old.json';
    expect(world.archive.keys()).toEqual([key]);
    expect(parseParkedMessage(world.archive.textOf(key) ?? '')).toEqual({
      v: 1,
      queueName: 'enrich-task-dead-letters',
      messageId: 'old',
      sentAt: '2026-02-27T10:00:00.000Z',
      attributes: { FailureReason: 'unreadable-message' },
      body: 'body of old',
    });
    expect(removed).toEqual(['old']);
  });

  it('stays on its queue while it is younger', async () => {
    const world = settledWorld();
    const { reader, removed, held } = queueOf([{ messageId: 'young', sentAt: younger }]);

    expect(await run(world, [reader])).toMatchObject({ movedToParked: 0 });
    expect(world.archive.keys()).toEqual([]);
    expect(removed).toEqual([]);
    expect(held).toHaveLength(1);
  });

  it('is moved once, of however many, from every queue', async () => {
    const world = settledWorld();
    const many = Array.from({ length: 25 }, (_, n) => ({
      messageId: `m${n}`,
      sentAt: n % 5 === 0 ? younger : threeDaysAgo,
    }));
    const dead = queueOf(many);
    const quarantine = queueOf([{ messageId: 'q', sentAt: threeDaysAgo }], 'quarantine');

    expect(await run(world, [dead.reader, quarantine.reader])).toMatchObject({ movedToParked: 21 });

    expect([...dead.removed].sort()).toEqual(
      many
        .filter(({ sentAt }) => sentAt === threeDaysAgo)
        .map(({ messageId }) => messageId)
        .sort(),
    );
    expect(world.archive.keys()).toHaveLength(21);
    expect(world.archive.keys()).toContain('parked/quarantine/q.json');
  });

  it('is on its queue still when it could not be written, and in both places when it could not be removed', async () => {
    const world = settledWorld();
    const { reader, removed, held } = queueOf([{ messageId: 'old', sentAt: threeDaysAgo }]);
    world.archive.failNext('putParked', new Error('S3 is away'));

    await expect(run(world, [reader])).rejects.toThrow('S3 is away');
    expect(removed).toEqual([]);
    expect(held).toHaveLength(1);

    const stubborn = { ...reader, remove: () => Promise.reject(new Error('SQS is away')) };
    await expect(run(world, [stubborn])).rejects.toThrow('SQS is away');
    expect(world.archive.keys()).toHaveLength(1);
    expect(held).toHaveLength(1);
  });
});
