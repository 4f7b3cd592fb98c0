import { enrichTask, readEnrichTaskMessage } from '../../lambdas/enrich-task/handler.ts';
import { twilioTasks } from '../../lambdas/shared/adapters/twilio/tasks.ts';
import { twilioClient } from '../../lambdas/shared/adapters/twilio/twilio-client.ts';
import type { TaskSid } from '../../lambdas/shared/domain/sids.ts';
import type { Tasks } from '../../lambdas/shared/ports/tasks.ts';
import { Secret } from '../../lambdas/shared/runtime/secret.ts';
import type { TwilioSimulator } from '../../local/twilio/simulator.ts';
import { seededRandom } from '../../local/twilio/seeded-random.ts';
import { account, startAccount } from '../support/twilio/twilio-account.ts';
import { contextOf, envelope, startWorld } from '../unit/handlers/world.ts';

const races = 1_000;
const wanted = { language: 'spanish' };

/** A plug-in that adds a key of its own to what it reads, and asks for the revision it has read. */
function politeWrite({ taskRouter }: TwilioSimulator, taskSid: TaskSid, key: string): void {
  const { attributes, etag } = taskRouter.readAttributes(taskSid);
  const written = taskRouter.writeAttributes(taskSid, { ...attributes, [key]: key }, { by: 'plug-in', ifMatch: etag });
  if (written !== 'updated') throw new Error(`the plug-in's write of ${key} was ${written}`);
}

describe('writers of one task’s attributes at the same time', () => {
  let twilio: TwilioSimulator;
  let stop: () => Promise<void>;
  beforeEach(async () => {
    const started = await startAccount();
    twilio = started.twilio;
    stop = async () => {
      await twilio.stop();
      started.clock.stop();
    };
  });
  afterEach(() => stop());

  const overRest = (): Tasks => {
    const secret = new Secret({ apiKeySid: account.apiKeySid, apiKeySecret: account.apiKeySecret });
    const apiKey = { current: async () => secret, fresh: async () => secret };
    return twilioTasks(twilioClient({ apiKey, baseUrl: twilio.url }), account.workspaceSid);
  };

  it(`lose nothing in ${races} races, whether they ask for the revision they read or not`, async () => {
    const random = seededRandom(20261120);
    const tasks = overRest();
    let afterFetch = (): void => undefined;
    const raced: Tasks = {
      ...tasks,
      async fetch(taskSid) {
        const fetched = await tasks.fetch(taskSid);
        afterFetch();
        return fetched;
      },
    };
    const world = { ...startWorld(), tasks: raced, accountSid: account.accountSid, workspaceSid: account.workspaceSid };
    const handle = (body: string) => enrichTask(world)(readEnrichTaskMessage(body), contextOf());
    const tell = (taskSid: TaskSid, eventType: string, n: number) =>
      handle(
        envelope(
          'twilio/task-events',
          new URLSearchParams({
            Sid: `EV${String(n).padStart(32, '0')}`,
            EventType: eventType,
            AccountSid: account.accountSid,
            WorkspaceSid: account.workspaceSid,
            TimestampMs: String(Date.UTC(2026, 10, 20, 8) + n),
            TaskSid: taskSid,
            TaskAttributes: JSON.stringify(twilio.taskRouter.readAttributes(taskSid).attributes),
          }).toString(),
        ),
      );
    const work = async (): Promise<void> => {
      for (const { message } of world.queues.takeSent())
        if (message.route === 'internal/enrich-task') await handle(JSON.stringify(message));
    };
    let lostRaces = 0;
    let overwrites = 0;

    for (let race = 0; race < races; race += 1) {
      const taskSid = twilio.taskRouter.createTask({
        attributes: { rd: { spoken_language_required: 'spanish' } },
        channel: 'voice',
        queue: 'Sales',
        workflow: 'Incoming',
      });
      const keys: string[] = [];
      let turns = Math.floor(random() * 4);
      const stale = random() < 0.5 ? twilio.taskRouter.readAttributes(taskSid).attributes : undefined;
      afterFetch = () => {
        if (turns === 0) return;
        turns -= 1;
        lostRaces += 1;
        keys.push(`polite_${keys.length}`);
        politeWrite(twilio, taskSid, `polite_${keys.length - 1}`);
      };
      await tell(taskSid, 'task.updated', race * 2);
      await work();
      if (stale !== undefined && keys.length === 0) {
        // A copy from before our write takes our attribute with it; the event that follows brings it back.
        overwrites += 1;
        keys.push('rude');
        twilio.taskRouter.writeAttributes(taskSid, { ...stale, rude: 'rude' }, { by: 'plug-in' });
        await tell(taskSid, 'task.updated', race * 2 + 1);
        await work();
      }

      expect(twilio.taskRouter.readAttributes(taskSid).attributes).toEqual({
        rd: { spoken_language_required: 'spanish' },
        ...Object.fromEntries(keys.map((key) => [key, key])),
        conversations: wanted,
      });
    }

    expect(lostRaces).toBeGreaterThan(races);
    expect(overwrites).toBeGreaterThan(races / 20);
  });
});
