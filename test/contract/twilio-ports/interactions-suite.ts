import { interactionSid, interactionChannelSid } from '../../../lambdas/shared/domain/sids.ts';
import type { ConversationSid, TaskSid, WorkerSid } from '../../../lambdas/shared/domain/sids.ts';
import type { ConversationTasks } from '../../../lambdas/shared/ports/conversation-tasks.ts';
import type { Interactions } from '../../../lambdas/shared/ports/interactions.ts';
import type { PhoneWorkers } from '../../../lambdas/shared/ports/phone-workers.ts';
import { sids } from '../../support/example-sids.ts';

/** A Flex account with one agent whose `phone` is `agentNumber`, and the hands that Twilio and agents have on it. */
export interface InteractionsWorld {
  readonly interactions: Interactions;
  readonly conversationTasks: ConversationTasks;
  readonly phoneWorkers: PhoneWorkers;
  readonly workerSid: WorkerSid;
  /** From now on Flex makes an interaction so long after it has accepted it; resolves when it is made, at the latest. */
  readonly takeSeconds: (seconds: number) => Promise<{ readonly over: () => Promise<void> }>;
  readonly refuseNumber: (number: string, code: number) => Promise<void>;
  readonly failNext: (code: number) => Promise<void>;
  readonly accept: (taskSid: TaskSid) => Promise<void>;
  readonly endChat: (taskSid: TaskSid, keepOpen: boolean) => Promise<void>;
  readonly makeUnavailable: () => Promise<void>;
  readonly attributesOf: (taskSid: TaskSid) => Promise<unknown>;
  /** Another worker with this `phone`. */
  readonly newWorker: (phone: string) => Promise<WorkerSid>;
}

export const agentNumber = '+12025550143';
const customerNumber = '+12025550187';
const pair = { address: customerNumber, proxyAddress: agentNumber };
const attributes = { customerName: 'Ada Example', autoAnswer: true };

interface Begun {
  readonly taskSid: TaskSid;
  readonly conversationSid: ConversationSid;
}

/** What the interactions of every account promise. */
export function interactionsSuite(name: string, newWorld: () => Promise<InteractionsWorld>): void {
  const begin = async ({ interactions, workerSid }: InteractionsWorld): Promise<Begun> => {
    const started = await interactions.start({ pair, workerSid, attributes });
    if (started.kind === 'refused' || started.taskSid === undefined || started.conversationSid === undefined)
      throw new Error(`nothing was begun: ${JSON.stringify(started)}`);
    return { taskSid: started.taskSid, conversationSid: started.conversationSid };
  };

  describe(`${name}`, () => {
    it('begin a task with a conversation, and say all of their ids where Flex is fast', async () => {
      const world = await newWorld();

      const started = await world.interactions.start({ pair, workerSid: world.workerSid, attributes });

      expect(started).toEqual({
        kind: 'started',
        interactionSid: expect.stringMatching(/^KD[0-9a-f]{32}$/),
        channelSid: expect.stringMatching(/^UO[0-9a-f]{32}$/),
        taskSid: expect.stringMatching(/^WT[0-9a-f]{32}$/),
        conversationSid: expect.stringMatching(/^CH[0-9a-f]{32}$/),
      });
      if (started.kind === 'refused' || started.taskSid === undefined) throw new Error('nothing was begun');
      expect(await world.attributesOf(started.taskSid)).toMatchObject({
        ...attributes,
        conversationSid: started.conversationSid,
        flexInteractionSid: started.interactionSid,
        flexInteractionChannelSid: started.channelSid,
      });
    });

    it('are accepted before there is anything, and tell of it later', async () => {
      const world = await newWorld();
      const { interactions, workerSid } = world;
      const made = await world.takeSeconds(5);
      const started = await interactions.start({ pair, workerSid, attributes });
      if (started.kind === 'refused' || started.interactionSid === undefined || started.channelSid === undefined)
        throw new Error('nothing was accepted');
      const { interactionSid: interaction, channelSid } = started;

      expect(started.taskSid).toBeUndefined();
      expect(await interactions.invitedTask(interaction, channelSid)).toBeUndefined();
      await made.over();

      expect(await interactions.channel(interaction)).toEqual({ channelSid, isFailed: false });
      expect(await interactions.invitedTask(interaction, channelSid)).toMatch(/^WT[0-9a-f]{32}$/);
    });

    it('go on in the conversation that is named', async () => {
      const world = await newWorld();
      const { taskSid, conversationSid } = await begin(world);
      await world.accept(taskSid);
      await world.endChat(taskSid, true);

      const { workerSid } = world;
      const again = await world.interactions.start({ pair, conversationSid, workerSid, attributes });

      expect(again).toMatchObject({ kind: 'started', conversationSid });
      expect(again).not.toMatchObject({ taskSid });
    });

    it('are refused with Twilio’s code, and then there is nothing', async () => {
      const world = await newWorld();
      await world.refuseNumber(customerNumber, 21_211);

      expect(await world.interactions.start({ pair, workerSid: world.workerSid, attributes })).toEqual({
        ...{ kind: 'refused', status: 400, code: 21_211 },
      });
    });

    it('fail with Twilio’s code after they were accepted', async () => {
      const world = await newWorld();
      await world.failNext(45_361);
      const { interactions, workerSid } = world;

      const started = await interactions.start({ pair, workerSid, attributes });

      if (started.kind === 'refused' || started.interactionSid === undefined) throw new Error('it was refused');
      expect(await interactions.channel(started.interactionSid)).toMatchObject({ isFailed: true, errorCode: 45_361 });
    });

    it('know nothing of one that was never begun', async () => {
      const { interactions } = await newWorld();
      const [interaction, channel] = [
        interactionSid(`KD${'f'.repeat(32)}`),
        interactionChannelSid(`UO${'f'.repeat(32)}`),
      ];

      expect(await interactions.channel(interaction)).toBeUndefined();
      expect(await interactions.invitedTask(interaction, channel)).toBeUndefined();
    });
  });

  describe(`${name}: the tasks of a conversation`, () => {
    it('are those that are offered to somebody, or that somebody has taken', async () => {
      const world = await newWorld();
      const { taskSid, conversationSid } = await begin(world);
      const live = { taskSid, workerSids: [world.workerSid], attributes: expect.objectContaining(attributes) };

      expect(await world.conversationTasks.live(conversationSid)).toEqual([live]);
      await world.accept(taskSid);
      expect(await world.conversationTasks.live(conversationSid)).toEqual([live]);
      await world.endChat(taskSid, true);
      expect(await world.conversationTasks.live(conversationSid)).toEqual([]);
    });

    it('are none of another conversation’s', async () => {
      const world = await newWorld();
      await begin(world);

      expect(await world.conversationTasks.live(sids.conversation(9))).toEqual([]);
    });
  });

  describe(`${name}: the workers of a number`, () => {
    it('are those who have exactly it, and whether they are available', async () => {
      const { phoneWorkers, workerSid, newWorker, makeUnavailable } = await newWorld();
      const other = await newWorker('+12025550199');

      expect(await phoneWorkers.withPhone(agentNumber)).toEqual([
        { workerSid, isAvailable: true, activityName: 'Available' },
      ]);
      expect((await phoneWorkers.withPhone('+12025550199')).map((one) => one.workerSid)).toEqual([other]);
      await makeUnavailable();
      expect(await phoneWorkers.withPhone(agentNumber)).toMatchObject([{ workerSid, isAvailable: false }]);
    });

    it('are several where several have it, and nobody of what is no number', async () => {
      const { phoneWorkers, newWorker } = await newWorld();
      await newWorker(agentNumber);

      expect(await phoneWorkers.withPhone(agentNumber)).toHaveLength(2);
      expect(await phoneWorkers.withPhone('+12025550100')).toEqual([]);
      expect(await phoneWorkers.withPhone('" OR 1==1 OR phone == "')).toEqual([]);
    });
  });
}
