// Long because each fate of a wanted attribute is shown here once, from the event to the write.
import { enrichTask, readEnrichTaskMessage } from '../../../lambdas/enrich-task/handler.ts';
import type { EnrichTaskNeeds } from '../../../lambdas/enrich-task/handler.ts';
import type { IdentitySettings, Rule } from '../../../lambdas/shared/domain/enrichment/enrichment-config.ts';
import { done, ignored } from '../../../lambdas/shared/domain/outcome.ts';
import type { Outcome } from '../../../lambdas/shared/domain/outcome.ts';
import { newTask } from '../../../lambdas/shared/domain/task-life.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import type { WorkMessage } from '../../../lambdas/shared/messages/work-message.ts';
import { exampleConfig } from '../../support/enriching.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import { inMemoryCustomerLookup } from '../../support/fakes/in-memory-customer-lookup.ts';
import { at, attributesAtTwilio, contextOf, envelope, putTask, startWorld, taskCallback, twilioUrl } from './world.ts';
import type { TaskCallback, World } from './world.ts';

type Settings = Partial<
  Pick<EnrichTaskNeeds, 'enrichmentMode' | 'config' | 'hipaaMode' | 'customerLookup' | 'reviewTasks'>
>;

const worldWith = (settings: Settings = {}) => ({ ...startWorld(), ...settings });

/** A world in which these are the only rules. */
const ruledBy = (rules: readonly Rule[], settings: Settings = {}) =>
  worldWith({ config: exampleConfig({ rules }), ...settings });

function handle(world: World, body: string): Promise<Outcome> {
  return enrichTask(world)(readEnrichTaskMessage(body), contextOf());
}

const event = (world: World, callback: TaskCallback) => handle(world, taskCallback(callback));

/** Handles what was sent to enrich-task itself since the last time, in order. */
async function work(world: World): Promise<readonly Outcome[]> {
  const own = world.queues.takeSent().map(({ message }) => message);
  const outcomes: Outcome[] = [];
  for (const message of own.filter(({ route }) => route === 'internal/enrich-task'))
    outcomes.push(await handle(world, JSON.stringify(message)));
  return outcomes;
}

function parts(world: World): readonly (string | undefined)[] {
  return world.queues.sent.map(({ message }) => (message.route === 'internal/enrich-task' ? message.part : undefined));
}

/** Of one metric, the outcomes with their sums. */
function counted(world: World, metric: string): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { name, outcome, value } of world.measures)
    if (name === metric) sums[outcome] = (sums[outcome] ?? 0) + value;
  return sums;
}

async function saveTask(world: World, facts: Partial<TaskRecord>, n = 1): Promise<void> {
  const of = { taskSid: sids.task(n), accountSid: sids.account(), workspaceSid: sids.workspace() };
  await world.ledger.saveTask({ ...newTask(of, at('10:00:00')), ...facts });
}

const child = { rd: { parent_task_sid: sids.task(2), spoken_language_required: 'de' } };
const call = { call_sid: sids.call(1), direction: 'inbound', from: '+12025550143' };

describe('what the rules want', () => {
  it('is a message with what the rules saw of the event, when the attributes lack it', async () => {
    const world = worldWith();

    await event(world, { type: 'task.created', attributes: child });

    expect(world.queues.sent).toEqual([
      {
        message: {
          v: 1,
          route: 'internal/enrich-task',
          taskSid: sids.task(),
          deadlines: ['identity', 'segment'],
          event: {
            type: 'task.created',
            occurredAt: '2026-03-02T10:00:00.000Z',
            taskSid: sids.task(),
            channel: 'voice',
          },
          part: 'task',
          cause: sids.event(),
        } satisfies WorkMessage,
        delaySeconds: 0,
      },
    ]);
  });

  it('is nothing when the attributes have it, so that our own write is not answered by another', async () => {
    const world = worldWith();
    const conversations = { conversation_id: sids.task(2), language: 'de' };

    await event(world, { type: 'task.updated', attributes: { ...child, conversations } });

    expect(world.queues.sent).toEqual([]);
  });

  it('is written where nothing is, beside what is there', async () => {
    const world = worldWith();
    putTask(world, { ...child, conversations: { language: 'fr', campaign: 'spring' } });
    await event(world, { type: 'task.created', attributes: child });

    expect(await work(world)).toEqual([done]);

    expect(attributesAtTwilio(world)).toEqual({
      ...child,
      conversations: { language: 'fr', campaign: 'spring', conversation_id: sids.task(2) },
    });
    expect(await world.task()).toMatchObject({
      conversationId: sids.task(2),
      enrichment: { mode: 'fill', paths: ['conversations.conversation_id'] },
    });
    expect(counted(world, 'attributes')).toEqual({ written: 1 });
  });

  it('with `overwrite` is written over what differs', async () => {
    const world = worldWith({ enrichmentMode: 'overwrite' });
    const attributes = { ...child, conversations: { language: 'fr', conversation_id: 'mine' } };
    putTask(world, attributes);
    await event(world, { type: 'task.created', attributes });

    await work(world);

    expect(attributesAtTwilio(world)).toEqual({
      ...child,
      conversations: { language: 'de', conversation_id: sids.task(2) },
    });
  });

  it('with `observe` is what `fill` would have written, noted once by its paths, and nothing is written', async () => {
    const world = worldWith({ enrichmentMode: 'observe' });
    putTask(world, child);

    await event(world, { type: 'task.created', attributes: child });
    expect(await work(world)).toEqual([done]);
    await event(world, { type: 'task.updated', time: '10:00:09', attributes: child });

    expect(world.queues.sent).toEqual([]);
    expect(world.tasks.writes).toEqual([]);
    expect((await world.task()).enrichment).toEqual({
      mode: 'observe',
      paths: ['conversations.conversation_id', 'conversations.language'],
      at: at('10:00:00'),
    });
    expect(counted(world, 'attributes')).toEqual({ observed: 2 });
  });

  it('that was observed is written once the stage fills', async () => {
    const world = ruledBy([{ name: 'language', write: 'conversations.language', value: "'de'" }]);
    const observing = { ...world, enrichmentMode: 'observe' as const };
    putTask(world, call);
    await event(observing, { type: 'task.created', attributes: call });
    await work(observing);

    await event(world, { type: 'task.updated', time: '10:00:05', attributes: call });
    await work(world);

    expect(attributesAtTwilio(world)).toEqual({ ...call, conversations: { language: 'de' } });
  });

  it.each<readonly [string, readonly Rule[]]>([
    [
      'two rules that undo each other',
      [
        {
          name: 'to',
          write: 'conversations.outcome',
          value: "'b'",
          when: "$not(attributes.conversations.outcome = 'b')",
        },
        { name: 'fro', write: 'conversations.outcome', value: "'a'", when: "attributes.conversations.outcome = 'b'" },
      ],
    ],
    [
      'a rule that counts on from what it wrote',
      [{ name: 'count', write: 'conversations.order', value: '$sum([attributes.conversations.order, 1])' }],
    ],
  ])('leaves out and names what would never rest, and writes the rest: %s', async (_what, restless) => {
    const rules = [
      ...restless.map((rule) => ({ ...rule, overwrite: true })),
      { name: 'language', write: 'conversations.language', value: "'de'" },
      { name: 'after-it', write: 'conversations.source', value: 'attributes.conversations.language' },
    ];
    const world = ruledBy(rules);
    putTask(world, call);
    await event(world, { type: 'task.updated', attributes: call });
    const [sent] = world.queues.takeSent();
    const context = contextOf();

    await enrichTask(world)(readEnrichTaskMessage(JSON.stringify(sent?.message)), context);

    expect(attributesAtTwilio(world)).toEqual({ ...call, conversations: { language: 'de' } });
    expect(context.remarks).toEqual(
      restless.map(({ name }) => ({
        what: 'rule-failed',
        of: name,
        why: 'it wants something else as soon as it sees its own work',
      })),
    );
    expect(counted(world, 'rules')).toEqual({ failed: restless.length });
  });

  it('of a rule that follows what another replaces comes to rest, and is written', async () => {
    const world = ruledBy([
      { name: 'follower', write: 'conversations.source', value: 'attributes.conversations.outcome', overwrite: true },
      { name: 'leader', write: 'conversations.outcome', value: "'b'", overwrite: true },
    ]);
    const attributes = { ...call, conversations: { outcome: 'a', source: 'x' } };
    putTask(world, attributes);

    await event(world, { type: 'task.updated', attributes });
    await work(world);
    const once: object = JSON.parse(world.tasks.attributesOf(sids.task()) ?? '{}');
    await event(world, { type: 'task.updated', time: '10:00:01', attributes: once });
    await work(world);

    expect(attributesAtTwilio(world)).toEqual({ ...call, conversations: { outcome: 'b', source: 'b' } });
    expect(counted(world, 'rules')).toEqual({});
  });

  it('is parked by name after 100 writes to one task that another program undoes each time', async () => {
    const world = ruledBy([{ name: 'language', write: 'conversations.language', value: "'de'" }]);
    const undoing = async (): Promise<void> => {
      for (let write = 0; write < 1000; write += 1) {
        putTask(world, call);
        await event(world, { type: 'task.updated', attributes: call });
        await work(world);
      }
    };

    expect(await failureOf(undoing())).toMatchObject({ name: 'PermanentError', reason: 'attributes-never-settle' });
    expect((await world.task()).enrichment?.writes).toBe(100);
    expect(counted(world, 'attributes')).toEqual({ written: 100 });
  });

  it('is not written when the task has it meanwhile', async () => {
    const world = worldWith();
    putTask(world, { ...child, conversations: { conversation_id: sids.task(2), language: 'de' } });
    await event(world, { type: 'task.created', attributes: child });

    expect(await work(world)).toEqual([done]);
    expect(world.tasks.writes).toEqual([]);
  });

  it('is not written to a task that is gone', async () => {
    const world = worldWith();
    await event(world, { type: 'task.created', attributes: child });

    expect(await work(world)).toEqual([ignored('task-gone')]);
  });

  it('leaves out from the end what would not leave others 600 of 4,096 characters, and counts it', async () => {
    const world = ruledBy([
      { name: 'campaign', write: 'conversations.campaign', value: '"spring"' },
      { name: 'case', write: 'conversations.case', value: '"renewal of the lease"' },
    ]);
    // {"pad":"…","conversations":{"campaign":"spring"}} has 48 characters beside the padding.
    const attributes = { pad: 'x'.repeat(4096 - 600 - 48) };
    putTask(world, attributes);
    await event(world, { type: 'task.created', attributes });

    expect(await work(world)).toEqual([done]);

    expect(attributesAtTwilio(world)).toEqual({ ...attributes, conversations: { campaign: 'spring' } });
    expect(counted(world, 'attributes')).toEqual({ written: 1, 'no-room': 1 });
  });

  it('is cut at 128 code points, and counted', async () => {
    const world = ruledBy([{ name: 'long', write: 'conversations.content', value: '$pad("", 129, "😀")' }]);
    putTask(world, {});
    await event(world, { type: 'task.created', attributes: {} });

    await work(world);

    expect(attributesAtTwilio(world)).toEqual({ conversations: { content: '😀'.repeat(128) } });
    expect(counted(world, 'attributes')).toEqual({ written: 1, cut: 1 });
  });

  it('keeps a number that JavaScript cannot hold as it was spelt', async () => {
    const world = worldWith();
    const text = '{"rd":{"parent_task_sid":"' + sids.task(2) + '","crm_id":12345678901234567890}}';
    world.tasks.put({ ...taskOf(), attributes: text });
    await event(world, { type: 'task.created', attributes: child });

    await work(world);

    expect(world.tasks.writes[0]?.attributes).toContain('"crm_id":12345678901234567890');
  });
});

function taskOf() {
  return {
    taskSid: sids.task(),
    accountSid: sids.account(),
    workspaceSid: sids.workspace(),
    assignmentStatus: 'pending',
    createdAt: at('10:00:00'),
  };
}

describe('a task whose attributes are nearly full', () => {
  it('may still have a value replaced that makes them no longer', async () => {
    const world = ruledBy([
      { name: 'hang up', write: 'conversations.hang_up_by', value: '"Agent"', overwrite: true },
      { name: 'campaign', write: 'conversations.campaign', value: '"spring"' },
    ]);
    const attributes = { pad: 'x'.repeat(4000), conversations: { hang_up_by: 'Customer' } };
    putTask(world, attributes);
    await event(world, { type: 'task.updated', attributes });

    await work(world);

    expect(attributesAtTwilio(world)).toEqual({ ...attributes, conversations: { hang_up_by: 'Agent' } });
  });
});

describe('an event that is no longer true when it is handled', () => {
  const rules: readonly Rule[] = [
    { name: 'until-known', write: 'conversations.hang_up_by', value: '"Customer"', on: ['task.created'] },
    { name: 'language', write: 'conversations.language', value: '"en"' },
  ];

  it('is a creation that comes when an agent is at work: only what holds at any time is written', async () => {
    const world = ruledBy(rules);
    putTask(world, call);
    await event(world, { type: 'reservation.accepted', attributes: call, ReservationSid: sids.reservation() });
    world.queues.takeSent();
    await event(world, { type: 'task.created', time: '09:59:50', attributes: call });

    await work(world);

    expect(attributesAtTwilio(world)).toEqual({ ...call, conversations: { language: 'en' } });
  });

  it('is one from before every part was completed: nothing of it is written', async () => {
    const world = ruledBy(rules);
    putTask(world, call);
    const leg = { attributes: call, ReservationSid: sids.reservation() };
    await event(world, { type: 'reservation.accepted', ...leg });
    await event(world, { type: 'reservation.completed', time: '10:05:00', ...leg });
    world.queues.takeSent();
    await event(world, { type: 'task.updated', time: '10:04:00', attributes: call });

    await work(world);

    expect(world.tasks.writes).toEqual([]);
    expect(counted(world, 'attributes')).toEqual({ late: 1 });
  });

  it('is any event of a task that Twilio says is over, though nobody has told of its end', async () => {
    const world = ruledBy(rules);
    world.tasks.put({ ...taskOf(), assignmentStatus: 'completed', attributes: JSON.stringify(call) });
    await event(world, { type: 'task.updated', attributes: call });

    await work(world);

    expect(world.tasks.writes).toEqual([]);
    expect(counted(world, 'attributes')).toEqual({ late: 1 });
  });
});

describe('what Insights has read already', () => {
  it('is counted once and not written: the rest of a leg when its reservation completes', async () => {
    const world = worldWith();

    await event(world, { type: 'reservation.completed', attributes: child, ReservationSid: sids.reservation() });
    await event(world, { type: 'task.completed', time: '10:00:02', attributes: child });

    expect(world.queues.sent.filter(({ message }) => message.route === 'internal/enrich-task')).toEqual([]);
    expect(counted(world, 'attributes')).toEqual({ late: 1 });
    expect((await world.task()).enrichment?.latePaths).toEqual(['conversations.language']);
  });

  it('is what a message finds after the task’s end', async () => {
    const world = worldWith();
    putTask(world, child);
    await event(world, { type: 'task.created', attributes: child });
    const messages = world.queues.takeSent();
    await event(world, { type: 'task.completed', time: '10:01:25', attributes: child });

    const [message] = messages;
    expect(await handle(world, JSON.stringify(message?.message))).toEqual(ignored('task-closed'));

    expect(world.tasks.writes).toEqual([]);
    expect((await world.task()).enrichment?.latePaths).toEqual([
      'conversations.conversation_id',
      'conversations.language',
    ]);
    expect(counted(world, 'attributes')).toEqual({ late: 2 });
  });

  it('is the identity once an agent has accepted', async () => {
    const world = worldWith();
    putTask(world, child);
    await event(world, { type: 'task.created', attributes: child });
    const [message] = world.queues.takeSent();
    await event(world, {
      type: 'reservation.accepted',
      time: '10:00:05',
      attributes: child,
      ReservationSid: sids.reservation(),
    });

    await handle(world, JSON.stringify(message?.message));

    expect(attributesAtTwilio(world)).toEqual({ ...child, conversations: { language: 'de' } });
    expect(counted(world, 'attributes')).toEqual({ written: 1, late: 1 });
  });

  it('is the outcome by the reason that comes with the task’s end', async () => {
    const world = ruledBy([{ name: 'outcome', write: 'conversations.outcome', value: 'event.reason' }]);

    await event(world, { type: 'task.completed', attributes: {}, TaskCompletedReason: 'appointment set' });

    expect(counted(world, 'attributes')).toEqual({ late: 1 });
  });
});

describe('a task’s conversation', () => {
  it('is the root of a chain of three, of which one is in the ledger and one only at Twilio', async () => {
    const world = worldWith();
    putTask(world, child);
    await saveTask(world, { parentTaskSid: sids.task(3) }, 2);
    putTask(world, { name: 'Ada Example' }, 3);
    await event(world, { type: 'task.created', attributes: child });

    await work(world);

    expect(attributesAtTwilio(world)).toMatchObject({ conversations: { conversation_id: sids.task(3) } });
  });

  it('is an ancestor’s own where somebody put it into one', async () => {
    const world = worldWith();
    putTask(world, child);
    putTask(world, { parent_task_sid: sids.task(3), conversations: { conversation_id: 'case-7' } }, 2);
    await event(world, { type: 'task.created', attributes: child });

    await work(world);

    expect(attributesAtTwilio(world)).toMatchObject({ conversations: { conversation_id: 'case-7' } });
  });

  it('ends at the last ancestor that anybody knows, and does not go round in circles', async () => {
    const world = worldWith();
    putTask(world, child);
    putTask(world, { parent_task_sid: sids.task(1) }, 2);
    await event(world, { type: 'task.created', attributes: child });

    expect(await work(world)).toEqual([done]);
  });

  it('is the one that somebody put it into', async () => {
    const world = worldWith();
    const attributes = { ...child, conversations: { conversation_id: 'case-7' } };
    putTask(world, attributes);
    await event(world, { type: 'task.created', attributes });

    await work(world);

    expect(attributesAtTwilio(world)).toMatchObject({ conversations: { conversation_id: 'case-7', language: 'de' } });
    expect((await world.task()).conversationId).toBe('case-7');
  });
});

describe('how a call ended', () => {
  const hangUp: Rule = {
    name: 'hang up',
    write: 'conversations.hang_up_by',
    value: 'ending.hangUpBy',
    on: ['reservation.wrapup', 'task.wrapup'],
    overwrite: true,
  };
  const attributes = {
    ...call,
    conference: { sid: sids.conference(), participants: { customer: sids.call(1), worker: sids.call(2) } },
  };

  it('is asked of the conference at wrap-up, once, and written', async () => {
    const world = ruledBy([hangUp]);
    putTask(world, attributes);
    world.conferences.put({
      conferenceSid: sids.conference(),
      status: 'completed',
      reasonEnded: 'participant-with-end-conference-on-exit-left',
      callSidEnding: sids.call(1),
    });
    await event(world, { type: 'reservation.accepted', attributes, ReservationSid: sids.reservation() });
    expect(world.queues.sent.filter(({ message }) => message.route === 'internal/enrich-task')).toEqual([]);
    await event(world, {
      type: 'reservation.wrapup',
      time: '10:02:00',
      attributes,
      ReservationSid: sids.reservation(),
    });

    await work(world);

    expect(attributesAtTwilio(world)).toMatchObject({ conversations: { hang_up_by: 'Customer' } });
    expect(world.conferences.asked).toEqual([sids.conference()]);
  });

  it('of the first agent does not come back to the second one’s attributes by a message that is late', async () => {
    const world = ruledBy([hangUp]);
    putTask(world, attributes);
    world.conferences.put({
      conferenceSid: sids.conference(),
      status: 'completed',
      reasonEnded: 'participant-with-end-conference-on-exit-left',
      callSidEnding: sids.call(1),
    });
    const first = { attributes, ReservationSid: sids.reservation() };
    await event(world, { type: 'reservation.accepted', ...first });
    await event(world, { type: 'reservation.wrapup', time: '10:02:00', ...first });
    const late = world.queues.takeSent().filter(({ message }) => message.route === 'internal/enrich-task');
    await event(world, { type: 'reservation.completed', time: '10:02:05', ...first });
    await event(world, {
      type: 'reservation.accepted',
      time: '10:02:06',
      attributes,
      ReservationSid: sids.reservation(2),
    });

    for (const { message } of late) await handle(world, JSON.stringify(message));

    expect(late).toHaveLength(1);
    expect(world.tasks.writes).toEqual([]);
  });

  it('is looked at again when the conference tells of who left after the wrap-up was told', async () => {
    const world = ruledBy([hangUp]);
    putTask(world, attributes);
    world.conferences.put({ conferenceSid: sids.conference(), status: 'in-progress' });
    const leg = { attributes, ReservationSid: sids.reservation(), WorkerSid: sids.worker() };
    await event(world, { type: 'reservation.accepted', ...leg });
    await event(world, { type: 'reservation.wrapup', time: '10:02:00', ...leg });
    await work(world);
    expect(world.tasks.writes).toEqual([]);

    const tells = (kind: string, call: string, label: string, sequence: number): Promise<Outcome> =>
      handle(
        world,
        envelope(
          'twilio/conference-events',
          new URLSearchParams({
            AccountSid: sids.account(),
            ConferenceSid: sids.conference(),
            StatusCallbackEvent: kind,
            CallSid: call,
            ParticipantLabel: label,
            SequenceNumber: String(sequence),
            Timestamp: 'Mon, 02 Mar 2026 10:02:00 +0000',
          }).toString(),
        ),
      );
    await tells('participant-join', sids.call(1), 'customer', 1);
    await tells('participant-join', sids.call(2), 'worker', 2);
    expect(world.queues.sent).toEqual([]);
    await tells('participant-leave', sids.call(2), 'worker', 3);
    await work(world);

    expect(attributesAtTwilio(world)).toMatchObject({ conversations: { hang_up_by: 'Agent' } });

    await event(world, { type: 'reservation.completed', time: '10:02:09', ...leg });
    world.queues.takeSent();
    await tells('conference-end', sids.call(1), 'customer', 4);
    expect(world.queues.sent).toEqual([]);
  });

  it('that is looked at again is judged where the task is, as TaskRouter’s own event is', async () => {
    const queue: Rule = {
      name: 'queue',
      write: 'conversations.outcome',
      value: "event.queueName = 'Sales' and event.channel = 'voice' ? 'sold' : 'helped'",
      overwrite: true,
    };
    const world = ruledBy([hangUp, queue]);
    putTask(world, attributes);
    const leg = { attributes, ReservationSid: sids.reservation(), WorkerSid: sids.worker() };
    const place = { TaskQueueSid: sids.queue(), TaskQueueName: 'Sales' };
    await event(world, { type: 'reservation.accepted', ...leg, ...place });
    await event(world, { type: 'reservation.wrapup', time: '10:02:00', ...leg, ...place });
    await work(world);
    const form = new URLSearchParams({
      AccountSid: sids.account(),
      ConferenceSid: sids.conference(),
      StatusCallbackEvent: 'participant-leave',
      CallSid: sids.call(2),
      Timestamp: 'Mon, 02 Mar 2026 10:02:00 +0000',
    });

    await handle(world, envelope('twilio/conference-events', form.toString()));
    await work(world);

    expect(attributesAtTwilio(world)).toMatchObject({ conversations: { outcome: 'sold' } });
  });

  it('is not claimed while the conference still runs', async () => {
    const world = ruledBy([hangUp]);
    putTask(world, attributes);
    world.conferences.put({ conferenceSid: sids.conference(), status: 'in-progress' });
    await event(world, { type: 'reservation.accepted', attributes, ReservationSid: sids.reservation() });
    await event(world, {
      type: 'reservation.wrapup',
      time: '10:02:00',
      attributes,
      ReservationSid: sids.reservation(),
    });

    await work(world);

    expect(world.tasks.writes).toEqual([]);
  });
});

describe('what only the team’s own customer data knows', () => {
  const rules: readonly Rule[] = [
    { name: 'segment', write: 'customers.market_segment', value: 'customer.segment', on: ['task.created'] },
    { name: 'language', write: 'conversations.language', value: '"en"' },
  ];

  it('goes in a message of its own, after the rest', async () => {
    const customerLookup = inMemoryCustomerLookup();
    customerLookup.put('+12025550143', { segment: 'Fourth Street' });
    const world = ruledBy(rules, { customerLookup });
    putTask(world, call);
    await event(world, { type: 'task.created', attributes: call });

    expect(parts(world)).toEqual(['task', 'customer']);
    await work(world);

    expect(attributesAtTwilio(world)).toEqual({
      ...call,
      conversations: { language: 'en' },
      customers: { market_segment: 'Fourth Street' },
    });
    expect(counted(world, 'customerLookups')).toEqual({ found: 1 });
  });

  it('that is away costs its own attributes and nothing else', async () => {
    const customerLookup = inMemoryCustomerLookup();
    customerLookup.goAway('no answer within 800 ms');
    const world = ruledBy(rules, { customerLookup });
    putTask(world, call);
    await event(world, { type: 'task.created', attributes: call });

    const [, customers] = world.queues.takeSent();
    const context = contextOf();
    await enrichTask(world)(readEnrichTaskMessage(JSON.stringify(customers?.message)), context);

    expect(context.remarks).toEqual([{ what: 'customer-lookup-unavailable', why: 'no answer within 800 ms' }]);
    expect(attributesAtTwilio(world)).toEqual({ ...call, conversations: { language: 'en' } });
    expect(counted(world, 'customerLookups')).toEqual({ unavailable: 1 });
  });

  it('is asked of nobody where the stage has no lookup', async () => {
    const world = ruledBy(rules);

    await event(world, { type: 'task.created', attributes: call });

    expect(parts(world)).toEqual(['task']);
  });
});

describe('the agent whom a task is meant for', () => {
  it('is known before any reservation, by the contact URI', async () => {
    const world = ruledBy([
      { name: 'manager', write: 'conversations.conversation_attribute_1', value: 'worker.manager' },
    ]);
    const attributes = { direction: 'outbound', to: '+12025550143', targetWorker: 'client:ada' };
    putTask(world, attributes);
    world.workers.put({
      workerSid: sids.worker(),
      friendlyName: 'ada',
      activityName: 'Available',
      attributes: JSON.stringify({ contact_uri: 'client:ada', manager: 'Grace Example' }),
    });
    await event(world, { type: 'task.created', attributes });

    await work(world);

    expect(attributesAtTwilio(world)).toMatchObject({
      conversations: { conversation_attribute_1: 'Grace Example' },
    });
  });

  it('is the event’s own worker where it names one, without what looks like a secret', async () => {
    const world = ruledBy([
      { name: 'manager', write: 'conversations.conversation_attribute_1', value: 'worker.manager' },
    ]);
    putTask(world, call);
    const worker = { manager: 'Grace Example', rd_auth_token: 'f00dfeedf00dfeed' };
    await event(world, {
      type: 'reservation.accepted',
      attributes: call,
      ReservationSid: sids.reservation(),
      WorkerSid: sids.worker(),
      WorkerAttributes: JSON.stringify(worker),
    });

    expect(JSON.stringify(world.queues.sent)).not.toContain('f00dfeed');
    await work(world);

    expect(attributesAtTwilio(world)).toMatchObject({ conversations: { conversation_attribute_1: 'Grace Example' } });
    expect(counted(world, 'secretsInAttributes')).toEqual({ worker: 1 });
  });
});

describe('the agent’s attributes of an event', () => {
  const accepted = { type: 'reservation.accepted', ReservationSid: sids.reservation(), WorkerSid: sids.worker() };

  it('go into no message where no rule reads them', async () => {
    const world = ruledBy([{ name: 'language', write: 'conversations.language', value: "'de'" }]);

    await event(world, { ...accepted, attributes: call, WorkerAttributes: '{"email":"ada@example.com"}' });

    expect(parts(world)).toEqual(['task']);
    expect(JSON.stringify(world.queues.sent)).not.toContain('ada@example.com');
  });

  it('keep a number that JavaScript cannot hold to its last digit, also over the queue', async () => {
    const write = 'conversations.conversation_label_1';
    const world = ruledBy([{ name: 'agent', write, value: 'worker.userId' }]);
    putTask(world, call);
    await event(world, { ...accepted, attributes: call, WorkerAttributes: '{"user_id":9007199254740993}' });

    await work(world);

    expect(attributesAtTwilio(world)).toMatchObject({ conversations: { conversation_label_1: '9007199254740993' } });
  });
});

describe('a fault of ours in judging an event', () => {
  it('comes after what its recording needs: link and copy are queued, and the event is kept', async () => {
    const compile = (): never => {
      throw new TypeError('a fault of ours');
    };
    const world = { ...startWorld(), expressions: { compile } };
    const attributes = { ...call, conversations: { segment_link: twilioUrl() } };

    await expect(event(world, { type: 'task.updated', attributes })).rejects.toThrow('a fault of ours');

    expect(world.queues.sent.map(({ message }) => message.route)).toEqual([
      'internal/link-recording',
      'internal/archive-recording',
    ]);
    expect(await world.task()).toMatchObject({ taskSid: sids.task(), callSids: [sids.call(1)] });
  });
});

describe('a rule that fails', () => {
  it('stops no other, is counted, and is named in the message’s line without a value of the task', async () => {
    const world = ruledBy([
      { name: 'broken', write: 'conversations.case', value: '$number(task.name)' },
      { name: 'language', write: 'conversations.language', value: '"en"' },
    ]);
    putTask(world, { name: 'Ada Example' });
    await event(world, { type: 'task.created', attributes: { name: 'Ada Example' } });
    const [sent] = world.queues.takeSent();
    const context = contextOf();

    await enrichTask(world)(readEnrichTaskMessage(JSON.stringify(sent?.message)), context);

    expect(attributesAtTwilio(world)).toMatchObject({ conversations: { language: 'en' } });
    expect(counted(world, 'rules')).toEqual({ failed: 1 });
    expect(context.remarks).toMatchObject([{ what: 'rule-failed', of: 'broken' }]);
    expect(JSON.stringify(context.remarks)).not.toContain('Ada');
  });
});

describe('what is wanted in vain', () => {
  it('is counted and named at the event itself where no message follows', async () => {
    const world = ruledBy([
      { name: 'broken', write: 'conversations.outcome', value: "'x' + 1" },
      { name: 'list', write: 'conversations.language', value: '[1, 2]' },
      { name: 'long', write: 'note', value: '$pad("x", 4000, "x")' },
    ]);
    const attributes = { ...call, filler: 'x'.repeat(200) };
    const context = contextOf();
    const form = new URLSearchParams({
      Sid: sids.event(),
      EventType: 'task.created',
      AccountSid: sids.account(),
      WorkspaceSid: sids.workspace(),
      TimestampMs: String(at('10:00:00').getTime()),
      TaskSid: sids.task(),
      TaskAttributes: JSON.stringify(attributes),
    });

    await enrichTask(world)(readEnrichTaskMessage(envelope('twilio/task-events', form.toString())), context);

    expect(world.queues.sent).toEqual([]);
    expect(counted(world, 'rules')).toEqual({ failed: 1 });
    expect(counted(world, 'attributes')).toEqual({ refused: 1, 'no-room': 1 });
    expect(context.remarks).toEqual([
      { what: 'rule-failed', of: 'broken', why: 'value: the left side of an operator is no number at position 5' },
    ]);
  });
});

describe('a customer’s identity', () => {
  const rule: Rule = { name: 'identity', write: 'customers.external_id', value: 'facts.identity' };
  const identity = {
    order: ['external_id', 'phone', 'email', 'from_to', 'conversation_id'],
    sticky: true,
    externalId: 'task.rd.lead_id',
  } as const;

  it('stays the first that the customer’s phone number ever had', async () => {
    const world = worldWith({ config: exampleConfig({ rules: [rule], identity }) });
    putTask(world, call);
    await event(world, { type: 'task.created', attributes: call });
    await work(world);
    expect(attributesAtTwilio(world)).toMatchObject({ customers: { external_id: '+12025550143' } });

    const known = { ...call, rd: { lead_id: 3245621 } };
    putTask(world, known);
    await event(world, { type: 'task.created', attributes: known });
    await work(world);

    expect(attributesAtTwilio(world)).toMatchObject({ customers: { external_id: '+12025550143' } });
  });

  it('is nobody’s where the caller’s number is withheld, and nobody gets that of the last who withheld theirs', async () => {
    const settings: IdentitySettings = {
      order: ['external_id', 'from_to'],
      sticky: true,
      externalId: 'attributes.crm',
    };
    const world = worldWith({ config: exampleConfig({ rules: [rule], identity: settings }) });
    const withheld = { call_sid: sids.call(1), direction: 'inbound', from: '+266696687' };
    putTask(world, { ...withheld, crm: 'ada' });
    await event(world, { type: 'task.created', attributes: { ...withheld, crm: 'ada' } });
    await work(world);
    expect(attributesAtTwilio(world)).toMatchObject({ customers: { external_id: 'ada' } });

    putTask(world, withheld);
    await event(world, { type: 'task.created', attributes: withheld });
    await work(world);

    expect(attributesAtTwilio(world)).toEqual(withheld);
  });

  it('is one when two tasks meet a customer for the first time at once', async () => {
    const settings: IdentitySettings = { order: ['external_id', 'phone'], sticky: true, externalId: 'attributes.crm' };
    const world = worldWith({ config: exampleConfig({ rules: [rule], identity: settings }) });
    const phone = await world.subjectHash.of('phone', '+12025550143');
    const { identityMap } = world;
    // The other task, which has no id of the team's own, writes between our read and our write.
    const racing = {
      ...world,
      identityMap: {
        ...identityMap,
        async remember(...[hash, own, when]: Parameters<typeof identityMap.remember>) {
          await identityMap.remember(phone, '+12025550143', when);
          return identityMap.remember(hash, own, when);
        },
      },
    };
    const attributes = { ...call, crm: 'ada' };
    putTask(world, attributes);
    await event(racing, { type: 'task.created', attributes });

    await work(racing);

    expect(attributesAtTwilio(world)).toMatchObject({ customers: { external_id: '+12025550143' } });
    expect(await identityMap.read(await world.subjectHash.of('external_id', 'ada'))).toBe('+12025550143');
  });

  it('is remembered by nobody where no rule reads it', async () => {
    const world = worldWith({
      config: exampleConfig({
        rules: [{ name: 'language', write: 'conversations.language', value: "'de'" }],
        identity,
      }),
    });
    putTask(world, call);
    await event(world, { type: 'task.created', attributes: call });

    expect(await work(world)).toEqual([done]);

    expect(await world.identityMap.read(await world.subjectHash.of('phone', '+12025550143'))).toBeUndefined();
  });

  it('is remembered by nobody in `observe`', async () => {
    const world = worldWith({ config: exampleConfig({ rules: [rule], identity }), enrichmentMode: 'observe' });
    putTask(world, call);
    await event(world, { type: 'task.created', attributes: call });
    await work(world);

    expect(world.identityMap.all().size).toBe(0);
    expect((await world.task()).enrichment?.paths).toEqual(['customers.external_id']);
  });
});

describe('under HIPAA', () => {
  it('nothing that is not on the allow-list is written, and each refusal is counted', async () => {
    const world = ruledBy(
      [
        { name: 'name', write: 'customers.name', value: '"Ada Example"' },
        { name: 'segment', write: 'customers.market_segment', value: '"Fourth Street"' },
      ],
      { hipaaMode: true },
    );
    putTask(world, {});
    await event(world, { type: 'task.created', attributes: {} });

    await work(world);

    expect(attributesAtTwilio(world)).toEqual({ customers: { market_segment: 'Fourth Street' } });
    expect(counted(world, 'attributes')).toEqual({ written: 1, refused: 1 });
  });
});

describe('a community’s call that nobody dealt with', () => {
  const past = {
    direction: 'inbound',
    rd: { origin: 'community', assigned_to: 'contact-center', call_detail_id: 2132424, lead_id: 3245621 },
  };
  const reviews = (world: World): readonly WorkMessage[] =>
    world.queues.sent.map(({ message }) => message).filter(({ route }) => route === 'internal/create-review-task');

  it('asks for a review task at its end, with the ids that Twilio will have forgotten', async () => {
    const world = worldWith({ reviewTasks: true });

    await event(world, { type: 'task.created', attributes: past });
    expect(reviews(world)).toEqual([]);
    await event(world, { type: 'task.canceled', attributes: past });

    expect(reviews(world)).toEqual([
      {
        v: 1,
        route: 'internal/create-review-task',
        taskSid: sids.task(),
        rd: { call_detail_id: 2132424, lead_id: 3245621 },
        cause: sids.event(),
      },
    ]);
  });

  it('asks for none when an agent took the call', async () => {
    const world = worldWith({ reviewTasks: true });

    await event(world, { type: 'reservation.accepted', attributes: past, ReservationSid: sids.reservation() });
    await event(world, { type: 'task.completed', time: '10:05:00', attributes: past });

    expect(reviews(world)).toEqual([]);
  });

  it('asks for none when the task was completed, though the acceptance is not heard of', async () => {
    const world = worldWith({ reviewTasks: true });

    await event(world, { type: 'task.completed', time: '10:05:00', attributes: past });

    expect(reviews(world)).toEqual([]);
  });

  it('asks for none where the stage makes none, nor for a task that is a review itself', async () => {
    const off = worldWith();
    await event(off, { type: 'task.canceled', attributes: past });
    expect(reviews(off)).toEqual([]);

    const world = worldWith({ reviewTasks: true });
    await event(world, {
      type: 'task.canceled',
      attributes: { ...past, review_of_recording_sid: sids.recording() },
    });
    expect(reviews(world)).toEqual([]);
  });
});
