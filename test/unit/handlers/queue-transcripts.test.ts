import { enrichTask, readEnrichTaskMessage } from '../../../lambdas/enrich-task/handler.ts';
import { sids } from '../../support/example-sids.ts';
import { at, contextOf, startWorld, taskCallback } from './world.ts';
import type { World } from './world.ts';

const chat = { channelSid: sids.conversation(), channelType: 'web' };

function digitalWorld(): World {
  return { ...startWorld(), products: 'voice-and-digital' };
}

async function event(world: World, type: string, attributes: object = chat): Promise<void> {
  const callback = taskCallback({ type, attributes, TaskChannelUniqueName: 'chat' });
  await enrichTask(world)(readEnrichTaskMessage(callback), contextOf());
}

const queued = (world: World) =>
  world.queues.sent.map(({ message }) => message).filter(({ route }) => route === 'internal/archive-transcript');

const transcript = (cause: string) => ({
  v: 1,
  route: 'internal/archive-transcript',
  conversationSid: sids.conversation(),
  taskSid: sids.task(),
  cause,
});

describe('enrich-task has what was written archived', () => {
  it.each(['task.wrapup', 'task.completed', 'task.canceled', 'task.deleted', 'task.system-deleted'])(
    'at %s',
    async (type) => {
      const world = digitalWorld();

      await event(world, type);

      expect(queued(world)).toEqual([transcript(sids.event())]);
    },
  );

  it.each(['task.created', 'task.updated', 'reservation.accepted', 'reservation.completed'])(
    'and not yet at %s',
    async (type) => {
      const world = digitalWorld();

      await event(world, type);

      expect(queued(world)).toEqual([]);
    },
  );

  it('of every conversation that the task ever named', async () => {
    const world = digitalWorld();
    await event(world, 'task.created', { ...chat, conversationSid: sids.conversation(2) });

    await event(world, 'task.completed', chat);

    expect(queued(world)).toEqual([
      transcript(sids.event()),
      { ...transcript(sids.event()), conversationSid: sids.conversation(2) },
    ]);
  });

  it('once more when the task is settled, and then also of a task whose end was never told', async () => {
    const world = digitalWorld();
    await event(world, 'task.created');
    world.setClock('11:00:00');

    await enrichTask(world)(
      { v: 1, route: 'internal/discover-recordings', taskSid: sids.task(), cause: 'reconcile' },
      contextOf(),
    );

    expect(queued(world)).toEqual([transcript('reconcile')]);
    expect((await world.task()).settledAt).toEqual(at('11:00:00'));
  });

  it('never where the stage archives calls alone', async () => {
    const world = startWorld();

    await event(world, 'task.wrapup');
    await event(world, 'task.completed');

    expect(queued(world)).toEqual([]);
  });

  it('never of a call without a conversation', async () => {
    const world = digitalWorld();

    await event(world, 'task.completed', { call_sid: sids.call() });

    expect(queued(world)).toEqual([]);
  });
});
