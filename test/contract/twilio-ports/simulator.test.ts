import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import { account, startAccount } from '../../support/twilio/twilio-account.ts';
import { callsSuite } from './calls-suite.ts';
import { conferencesSuite } from './conferences-suite.ts';
import { conversationsSuite } from './conversations-suite.ts';
import { recordingListSuite } from './recording-list-suite.ts';
import { recordingsSuite } from './recordings-suite.ts';
import * as rest from './rest-worlds.ts';
import { tasksSuite } from './tasks-suite.ts';
import { workersSuite } from './workers-suite.ts';

describe('against the simulator', () => {
  let world: rest.RestWorld;
  beforeEach(async () => {
    const { twilio, clock } = await startAccount();
    world = { twilio, clock, client: twilioClient({ apiKey: memorySecret(account), baseUrl: twilio.url }) };
  });
  afterEach(() => world.twilio.stop());

  tasksSuite('tasks over REST', () => rest.restTasks(world));
  workersSuite('workers over REST', () => rest.restWorkers(world));
  recordingsSuite('recordings over REST', () => rest.restRecordings(world));
  conferencesSuite('conferences over REST', () => rest.restConferences(world));
  callsSuite('calls over REST', () => rest.restCalls(world));
  conversationsSuite('conversations over REST', () => rest.restConversations(world));
  recordingListSuite('the list of recordings over REST', () => rest.restRecordingList(world));

  it('forgets a recording that was deleted 40 days ago, and not before', async () => {
    const { list, newDeleted, accountSid } = await rest.restRecordingList(world);
    await newDeleted(new Date('2026-11-17T10:00:00Z'));
    const listed = async () => {
      const of = { from: new Date('2026-11-17T00:00:00Z'), to: new Date('2026-11-18T00:00:00Z'), alsoDeleted: true };
      return (await list.page(accountSid, of)).recordings.length;
    };
    const dayMs = 86_400_000;

    world.clock.advance(40 * dayMs - 1);
    expect(await listed()).toBe(1);
    world.clock.advance(1);
    expect(await listed()).toBe(0);
  });
});
