import { officialClient } from '../../support/twilio/official-client.ts';
import { startEmptyAccount, account, type TwilioUnderTest } from '../../support/twilio/twilio-account.ts';
import { signTwilioRequest } from '../../../local/twilio/signature.ts';
import { catchWebhooks, type WebhookCatcher } from '../../support/twilio/webhook-catcher.ts';

describe('the callback of a workspace that is set by REST', () => {
  let under: TwilioUnderTest;
  let catcher: WebhookCatcher;
  beforeEach(async () => void ([under, catcher] = await Promise.all([startEmptyAccount(), catchWebhooks()])));
  afterEach(() => Promise.all([under.twilio.stop(), catcher.close()]));

  const workspaces = () => officialClient(under.twilio.url).taskrouter.v1.workspaces;
  const made = (callback: { eventCallbackUrl: string; eventsFilter?: string }) =>
    workspaces().create({ friendlyName: 'Customer Support', template: 'FIFO', ...callback });
  const typesCaught = () => catcher.caught.map(({ body }) => new URLSearchParams(body).get('EventType'));

  it('gets every event of its workspace, as a form that is signed over the URL without its fragment', async () => {
    const url = `${catcher.url}/events?from=twilio`;
    const { sid } = await made({ eventCallbackUrl: `${url}#rc=5&rp=all` });

    await workspaces()(sid).tasks.create({ attributes: '{"a":1}' });
    await under.twilio.settled();

    expect(typesCaught()).toEqual(['task.created', 'workflow.entered', 'task-queue.entered']);
    const [first] = catcher.caught;
    const params = Object.fromEntries(new URLSearchParams(first?.body));
    expect(params).toMatchObject({ WorkspaceSid: sid, WorkspaceName: 'Customer Support', TaskAttributes: '{"a":1}' });
    expect(first?.url).toBe('/events?from=twilio');
    expect(first?.headers['x-twilio-signature']).toBe(
      signTwilioRequest({ url, params, authToken: account.authToken }).signature,
    );
  });

  it('gets what its filter names, and nothing of another workspace', async () => {
    const eventsFilter = 'task.created, task.canceled';
    const { sid } = await made({ eventCallbackUrl: `${catcher.url}/events`, eventsFilter });
    const other = await workspaces().create({ friendlyName: 'Another', template: 'FIFO' });

    const task = await workspaces()(sid).tasks.create({});
    await workspaces()(other.sid).tasks.create({});
    await workspaces()(sid).tasks(task.sid).update({ assignmentStatus: 'canceled', reason: 'test' });
    await under.twilio.settled();

    expect(typesCaught().toSorted()).toEqual(['task.canceled', 'task.created']);
  });

  it.each([
    ['by default not after a 500', '', 500, 1],
    ['with rp=5xx after a 500, as often as rc says', '#rc=2&rp=5xx', 500, 3],
    ['with rp=5xx not after a 403', '#rc=2&rp=5xx', 403, 1],
    ['with rp=all after a 403', '#rc=5&rp=all', 403, 6],
  ])('is tried again %s', async (_case, overrides, status, attempts) => {
    catcher.answerAlways(status);
    const { sid } = await made({ eventCallbackUrl: `${catcher.url}/events${overrides}`, eventsFilter: 'task.created' });

    await workspaces()(sid).tasks.create({});
    for (let second = 0; second < 10; second += 1) {
      await under.twilio.settled();
      under.clock.advance(1_000);
    }

    expect(catcher.caught).toHaveLength(attempts);
  });

  it('is gone when it is set to nothing', async () => {
    const { sid } = await made({ eventCallbackUrl: `${catcher.url}/events` });
    await workspaces()(sid).update({ eventCallbackUrl: '' });

    await workspaces()(sid).tasks.create({});
    await under.twilio.settled();

    expect(catcher.caught).toEqual([]);
  });
});
