import { enrichTask, readEnrichTaskMessage } from '../../../lambdas/enrich-task/handler.ts';
import { exampleConfig } from '../../support/enriching.ts';
import { sids } from '../../support/example-sids.ts';
import { at, contextOf, startWorld, taskCallback } from './world.ts';
import type { TaskCallback, World } from './world.ts';

const tell = (world: World, callback: TaskCallback) =>
  enrichTask(world)(readEnrichTaskMessage(taskCallback(callback)), contextOf());

const inbound = { type: 'inbound', direction: 'inbound', from: '(202) 555-0143', to: '+12025550100' };

describe('whom a task is about', () => {
  it('is found by every key that the task tells, under hashes, whether or not an identity is configured', async () => {
    const world = startWorld();

    await tell(world, {
      type: 'task.created',
      attributes: {
        ...inbound,
        customers: { email: 'Ada@Example.com', external_id: 'crm-7', phone: '+1 202 555 0144' },
        rd: { client_id: 195, consent: 'given' },
      },
    });

    expect(Object.fromEntries(world.subjectIndex.all())).toEqual({
      'hash(phone:+12025550143)': [sids.task()],
      'hash(phone:+12025550144)': [sids.task()],
      'hash(email:ada@example.com)': [sids.task()],
      'hash(external_id:crm-7)': [sids.task()],
    });
    expect(await world.ledger.readTask(sids.task())).toMatchObject({
      subjectHashes: [
        'hash(email:ada@example.com)',
        'hash(external_id:crm-7)',
        'hash(phone:+12025550143)',
        'hash(phone:+12025550144)',
      ],
      keeping: { clientId: '195', direction: 'inbound', consent: 'given' },
    });
  });

  it('is the called one of an outbound task, never our own number', async () => {
    const world = startWorld();

    await tell(world, {
      type: 'task.created',
      attributes: { direction: 'outbound', from: '+12025550100', to: '+12025550145' },
    });

    expect([...world.subjectIndex.all().keys()]).toEqual(['hash(phone:+12025550145)']);
  });

  it('is also found by the id that the configuration’s expression gives', async () => {
    const world = {
      ...startWorld(),
      config: exampleConfig({ identity: { order: ['phone'], sticky: true, externalId: '$string(task.rd.lead_id)' } }),
    };

    await tell(world, { type: 'task.created', attributes: { ...inbound, rd: { lead_id: 12345 } } });

    expect([...world.subjectIndex.all().keys()].toSorted()).toEqual([
      'hash(external_id:12345)',
      'hash(phone:+12025550143)',
    ]);
  });

  it('is nobody where the number is withheld', async () => {
    const world = startWorld();

    await tell(world, { type: 'task.created', attributes: { ...inbound, from: '+266696687' } });

    expect(world.subjectIndex.all().size).toBe(0);
  });

  it('is in the index before the record says so, and written again by a delivery that comes again', async () => {
    const world = startWorld();
    const add = () => Promise.reject(new Error('throttled'));
    const refusing: World = { ...world, subjectIndex: { ...world.subjectIndex, add } };

    await expect(tell(refusing, { type: 'task.created', attributes: inbound })).rejects.toThrow('throttled');
    expect((await world.ledger.readTask(sids.task()))?.subjectHashes).toBeUndefined();

    await tell(world, { type: 'task.created', attributes: inbound });

    expect(world.subjectIndex.all().get('hash(phone:+12025550143)')).toEqual([sids.task()]);
  });

  it('costs nothing the second time', async () => {
    const world = startWorld();
    await tell(world, { type: 'task.created', attributes: inbound });
    const adds: string[] = [];
    const counting: World = {
      ...world,
      subjectIndex: { ...world.subjectIndex, add: async (hash) => void adds.push(hash) },
    };

    await tell(counting, { type: 'task.updated', attributes: inbound, Sid: sids.event(2) });

    expect(adds).toEqual([]);
  });

  it.each([
    ['before', '11:00:00', 'open'],
    ['after', '09:00:00', 'finished'],
  ])('has an erasure taken up again that was asked for when the task began %s it', async (_when, time, state) => {
    const world = startWorld();
    await saveFinishedErasure(world, at(time));

    await tell(world, { type: 'task.created', attributes: inbound });

    expect((await world.erasures.read('er-1'))?.state).toBe(state);
    expect(world.subjectIndex.all().get('hash(phone:+12025550143)')).toEqual([sids.task()]);
  });

  it('has an erasure taken up again when all that is told of the task, hours later, is its end before that', async () => {
    const world = startWorld();
    await saveFinishedErasure(world, at('11:00:00'));
    world.setClock('13:00:00');

    await tell(world, { type: 'task.completed', time: '10:30:00', attributes: inbound });

    expect((await world.erasures.read('er-1'))?.state).toBe('open');
  });
});

async function saveFinishedErasure(world: World, requestedAt: Date): Promise<void> {
  const asked = { erasureId: 'er-1', requestedAt };
  await world.erasures.save({
    ...{ ...asked, version: 0, requestedBy: 'operator:grace', why: 'DSR-17', taskSids: [], taskHashes: [], items: [] },
    ...{ subjectHashes: ['hash(phone:+12025550143)'], messagesRemoved: 0, messagesKept: [], calabrio: [] },
    ...{ state: 'finished', finishedAt: requestedAt },
  });
  await world.subjectIndex.addErasure('hash(phone:+12025550143)', asked);
}
