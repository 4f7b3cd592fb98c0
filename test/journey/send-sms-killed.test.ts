import { conversationSid } from '../../lambdas/shared/domain/sids.ts';
import { agentNumber, customerNumber, order, startSmsWorld } from '../support/twilio/sms-world.ts';
import type { Answered, SmsWorld } from '../support/twilio/sms-world.ts';
import type { KillAt } from '../support/journey/killable.ts';

interface Story {
  readonly name: string;
  readonly body: object;
  readonly longLived: boolean;
  /** What there is before the request. */
  readonly before: (world: SmsWorld) => Promise<void>;
  readonly effects: readonly string[];
}

const pair = { address: customerNumber, proxyAddress: agentNumber };
const nothing = async (): Promise<void> => undefined;
const leftOpen = async (world: SmsWorld): Promise<void> => {
  world.twilio.chat.join(world.twilio.chat.start(), pair);
};
const inactive = async (world: SmsWorld): Promise<void> => {
  const sid = world.twilio.chat.start();
  world.twilio.chat.join(sid, pair);
  world.twilio.chat.setState(sid, 'inactive');
};

const stories: readonly Story[] = [
  { name: 'a task', body: order, longLived: true, before: nothing, effects: ['save', 'start'] },
  {
    name: 'a task with a message',
    body: { ...order, message: 'Hello' },
    ...{ longLived: true, before: nothing, effects: ['save', 'start', 'say'] },
  },
  {
    name: 'a task in a conversation that was left open',
    body: { ...order, message: 'Hello' },
    ...{ longLived: true, before: inactive, effects: ['save', 'reopen', 'start', 'say'] },
  },
  {
    name: 'a task instead of a conversation that was left open',
    body: order,
    ...{ longLived: false, before: leftOpen, effects: ['save', 'close', 'start'] },
  },
  {
    name: 'the message alone',
    body: { ...order, message: 'Hello', agent: false },
    ...{ longLived: true, before: nothing, effects: ['save', 'forOneMessage', 'bind', 'say', 'close'] },
  },
  {
    name: 'the message alone, in a conversation that was left open',
    body: { ...order, message: 'Hello', agent: false },
    ...{ longLived: true, before: leftOpen, effects: ['save', 'say'] },
  },
];

/** As a caller does who gets no answer: the same again, until there is one, or ten times. */
async function sendUntilAnswered(world: SmsWorld, body: object, pauseMs: number): Promise<Answered> {
  const answered = await world.keyed('k-1', body);
  if (answered.status === 200 || world.sentCount() >= 10) return answered;
  world.killer.revive();
  world.clock.advance(pauseMs);
  return sendUntilAnswered(world, body, pauseMs);
}

async function play({ body, longLived, before }: Story, killAt: KillAt | undefined, pauseMs: number) {
  const world = await startSmsWorld({ longLived, killAt });
  await before(world);
  const { status, json } = await sendUntilAnswered(world, body, pauseMs);
  const repeated = await world.keyed('k-1', body);
  await world.stop();
  const { chat, taskRouter } = world.twilio;
  const sid = json['conversationSid'];
  const conversation = conversationSid.is(sid) ? chat.conversation(sid) : undefined;
  const end = {
    status,
    reused: json['reused'],
    hasTask: taskRouter.tasks().map(({ taskSid }) => taskSid === json['taskSid']),
    interactions: world.posts(/^\/v1\/Interactions$/),
    messages: conversation?.messages.map((said) => said.body),
    state: conversation?.state,
    participants: conversation?.participants.map(({ address }) => address),
    isRepeatTheSame: JSON.stringify(repeated.json) === JSON.stringify(json),
  };
  return { end, effects: world.killer.effects, hasKilled: world.killer.hasKilled };
}

describe.each(stories)('a request for $name', (story) => {
  // A caller who repeats every five seconds, and one who comes back after a minute.
  it.each([5_000, 60_000])(
    'ends as if nothing had happened, whichever effect it was killed before or after, repeated every %i ms',
    async (pauseMs) => {
      const undisturbed = await play(story, undefined, pauseMs);
      const differences: unknown[] = [];

      for (const [effect, name] of undisturbed.effects.entries()) {
        for (const when of ['before', 'after'] as const) {
          const { end, hasKilled } = await play(story, { effect, when }, pauseMs);
          if (!hasKilled || JSON.stringify(end) !== JSON.stringify(undisturbed.end))
            differences.push({ killed: `${when} ${name} (${effect})`, end });
        }
      }

      expect([...new Set(undisturbed.effects)].toSorted()).toEqual([...story.effects].toSorted());
      expect(undisturbed.end).toMatchObject({ status: 200, isRepeatTheSame: true });
      expect(undisturbed.end.hasTask.every(Boolean)).toBe(true);
      expect(undisturbed.end.interactions).toBe('agent' in story.body ? 0 : 1);
      expect(undisturbed.end.messages ?? []).toHaveLength('message' in story.body ? 1 : 0);
      expect(differences).toEqual([]);
    },
  );
});
