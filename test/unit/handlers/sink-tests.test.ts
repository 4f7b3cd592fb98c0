import { enrichTask, readEnrichTaskMessage } from '../../../lambdas/enrich-task/handler.ts';
import { ignored } from '../../../lambdas/shared/domain/outcome.ts';
import type { Outcome } from '../../../lambdas/shared/domain/outcome.ts';
import type { SaveResult } from '../../../lambdas/shared/ports/ledger.ts';
import { contextOf, envelope, startWorld } from './world.ts';
import type { World } from './world.ts';

const type = 'com.twilio.eventstreams.test-event';

function deliver(
  world: World,
  testIds: readonly unknown[],
  request: { readonly signature?: string; readonly contentType?: string } = {},
): Promise<Outcome> {
  const body = JSON.stringify(testIds.map((test_id) => ({ specversion: '1.0', type, data: { test_id } })));
  const text = envelope('twilio/event-streams', body, { contentType: 'application/json', ...request });
  return enrichTask(world)(readEnrichTaskMessage(text), contextOf());
}

const idsOf = async (world: World) => (await world.ledger.readSinkTests())?.tests.map(({ testId }) => testId);

describe('a test event of Event Streams', () => {
  it('is ignored by name, and its id is kept with the content type that it came with', async () => {
    const world = startWorld();

    expect(await deliver(world, ['TI-é😀'], { contentType: 'application/json; charset=utf-8' })).toEqual(
      ignored('test-event'),
    );

    expect(await world.ledger.readSinkTests()).toEqual({
      version: 1,
      tests: [{ testId: 'TI-é😀', receivedAt: expect.any(Date), contentType: 'application/json; charset=utf-8' }],
    });
    expect(world.queues.sent).toEqual([]);
  });

  it('is not kept when its sender is not proved', async () => {
    const world = startWorld();

    await expect(deliver(world, ['TI1'], { signature: 'forged' })).rejects.toMatchObject({
      name: 'UnprovedSenderError',
    });

    expect(await idsOf(world)).toBeUndefined();
  });

  it('is kept once when it is delivered twice', async () => {
    const world = startWorld();

    await deliver(world, ['TI1']);
    expect(await deliver(world, ['TI1'])).toEqual(ignored('test-event'));

    expect(await world.ledger.readSinkTests()).toMatchObject({ version: 1, tests: [{ testId: 'TI1' }] });
  });

  it('is one of the last twenty, whatever came before', async () => {
    const world = startWorld();
    const ids = Array.from({ length: 23 }, (_, index) => `TI${index}`);

    await deliver(world, ids);

    expect(await idsOf(world)).toEqual(ids.slice(3));
  });

  it('cuts a content type that somebody made long', async () => {
    const world = startWorld();

    await deliver(world, ['TI1'], { contentType: `text/${'x'.repeat(500)}` });

    expect((await world.ledger.readSinkTests())?.tests[0]?.contentType).toBe(`text/${'x'.repeat(95)}`);
  });

  it('is written again when another was first, and lost is neither', async () => {
    const world = startWorld();
    let isFirst = true;
    const saveSinkTests: typeof world.ledger.saveSinkTests = async (tests) => {
      if (isFirst) {
        isFirst = false;
        await world.ledger.saveSinkTests({ version: 0, tests: [{ ...sinkTest, testId: 'TI-other' }] });
      }
      return world.ledger.saveSinkTests(tests);
    };

    await deliver({ ...world, controls: { ...world.ledger, saveSinkTests } }, ['TI1']);

    expect(await idsOf(world)).toEqual(['TI-other', 'TI1']);
  });

  it('comes again when it could not be written five times', async () => {
    const world = startWorld();
    let tries = 0;
    const saveSinkTests = async (): Promise<SaveResult> => {
      tries += 1;
      return 'conflict';
    };

    await expect(deliver({ ...world, controls: { ...world.ledger, saveSinkTests } }, ['TI1'])).rejects.toMatchObject({
      name: 'RetryableError',
      reason: 'ledger-contended',
    });
    expect(tries).toBe(5);
  });
});

const sinkTest = { receivedAt: new Date('2026-03-02T10:00:00Z'), contentType: 'application/json' };
