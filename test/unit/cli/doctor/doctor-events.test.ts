import { sinksUrl } from '../../../../cli/twilio/events/sinks.ts';
import { subscriptionsUrl } from '../../../../cli/twilio/events/subscriptions.ts';
import { goodSecret, account, openWard } from './examined.ts';
import type { Ward } from './examined.ts';

describe('doctor on the events', () => {
  let ward: Ward;
  beforeEach(async () => {
    ward = await openWard();
    ward.twilio.account.letSinksBegin('active');
  });
  afterEach(() => ward.close());

  async function makeSink(destination = `${ward.farEnd.url}/twilio/event-streams`): Promise<string> {
    const sink = await ward.patient().twilio.create(sinksUrl, {
      form: {
        Description: 'a sink',
        SinkType: 'webhook',
        SinkConfiguration: JSON.stringify({ destination, method: 'POST', batch_events: false }),
      },
    });
    return String(sink['sid']);
  }

  async function setCallback(url: string): Promise<void> {
    const { twilio, stage } = ward.patient();
    await twilio.update(`https://taskrouter.twilio.com/v1/Workspaces/${stage.twilio.workspaceSid}`, {
      form: { EventCallbackUrl: url },
    });
  }

  it('finds the sink that leads to the pipeline', async () => {
    const sid = await makeSink();

    expect(await ward.diagnose('event sink')).toBe(
      `ok event sink: ${sid} is active and leads to ${ward.farEnd.url}/twilio/event-streams`,
    );
  });

  it('goes by the sink that the plan goes by: the one that is subscribed', async () => {
    await makeSink();
    const second = await makeSink();
    await ward.patient().twilio.create(subscriptionsUrl, {
      form: { Description: 'By hand', SinkSid: second, Types: '{"type":"com.twilio.taskrouter.task.created"}' },
    });

    expect(await ward.diagnose('event sink')).toContain(`ok event sink: ${second} is active`);
  });

  it('says that the sink was deleted, and no event comes', async () => {
    ward.twilio.account.deleteSink(await makeSink());
    await makeSink('https://somebody.example.com/events');

    const answer = await ward.diagnose('event sink');

    expect(answer).toContain(`failed event sink: no sink leads to ${ward.farEnd.url}/twilio/event-streams`);
    expect(answer).toContain('→ npm run cli -- twilio apply --only events');
  });

  it('says that the sink is not active', async () => {
    ward.twilio.account.letSinksBegin('initialized');
    const sid = await makeSink();

    expect(await ward.diagnose('event sink')).toContain(
      `failed event sink: ${sid} is initialized: Twilio sends it nothing`,
    );
  });

  it('is content with a workspace that calls back', async () => {
    await setCallback(`${ward.farEnd.url}/twilio/task-events#rc=5&rp=all`);

    expect(await ward.diagnose('event sink')).toBe('ok event sink: there is none; the workspace calls back instead');
    expect(await ward.diagnose('workspace callback')).toBe(
      'ok workspace callback: ours, with five more attempts whatever failed',
    );
  });

  it.each([
    [(): string => '', 'ok workspace callback: the workspace has none; Event Streams brings the events'],
    [
      (): string => 'https://other.example.com/x?secret=1',
      'ok workspace callback: it leads to somebody else, and is left alone: other.example.com',
    ],
    [(): string => `${ward.farEnd.url}/twilio/task-events`, 'warning workspace callback: ours, without #rc=5&rp=all'],
  ])('says whose the workspace callback is (%#)', async (url, text) => {
    if (url() !== '') await setCallback(url());

    const answer = await ward.diagnose('workspace callback');

    expect(answer).toContain(text);
    expect(answer).not.toContain('secret=1');
  });

  it('reads the subscription as the plan does', async () => {
    const without = await ward.diagnose('event subscription');
    const { twilio, plannedEvents } = ward.patient();
    const sink = await makeSink();
    const [change] = (await plannedEvents()).changes.filter(({ kind }) => kind === 'subscription');
    const types = change?.differences.find(({ field }) => field === 'types')?.to?.split(', ') ?? [];
    const subscription = await twilio.create('https://events.twilio.com/v1/Subscriptions', {
      form: {
        Description: 'all',
        SinkSid: sink,
        Types: types.map((type) => JSON.stringify({ type: `com.twilio.taskrouter.${type}`, schema_version: 4 })),
      },
    });
    const whole = await ward.diagnose('event subscription');
    await twilio.remove(
      `https://events.twilio.com/v1/Subscriptions/${String(subscription['sid'])}/SubscribedEvents/com.twilio.taskrouter.${types[0]}`,
    );
    const less = await ward.diagnose('event subscription');

    expect(without).toContain('failed event subscription: no subscription brings the events of config/taskrouter.json');
    expect(whole).toBe('ok event subscription: as config/taskrouter.json says');
    expect(less).toContain('warning event subscription: not as config/taskrouter.json says: update subscription (');
    expect(less).toContain('→ npm run cli -- twilio plan --only events shows it');
  });

  it('sees Twilio’s own test event come out proved', async () => {
    await makeSink();

    expect(await ward.diagnose('sink test')).toMatch(
      /^ok sink test: Twilio's own test event came out proved after \d+ s$/,
    );
  });

  it('says that the secret has another token than Twilio signs with', async () => {
    await makeSink();
    const secret = { ...goodSecret, authTokens: { [account]: { current: 'a-token-of-long-ago' } } };
    ward.farEnd.faults.token = 'a-token-of-long-ago';

    const answer = await ward.diagnose('sink test', { secret });

    expect(answer).toMatch(
      /^failed sink test: the test event of DG[0-9a-f]{32} came and lies in quarantine: the secret has another token/,
    );
    expect(answer).toContain('→ put the primary auth token of the Console into the secret');
  });

  it('says that Twilio’s test event did not come', async () => {
    await makeSink();
    ward.farEnd.faults.stuck = true;

    const answer = await ward.diagnose('sink test');

    expect(answer).toMatch(
      /^failed sink test: Twilio has sent the test event of DG[0-9a-f]{32}, and none came within a minute/,
    );
    expect(answer).toContain('Monitor, Errors, says what it met');
  });

  it('takes no probe of its own for Twilio’s test event', async () => {
    await makeSink();
    const known = {
      testId: 'doctor-0123456789abcdef-é😀',
      receivedAt: new Date('2026-11-20T12:00:00Z'),
      contentType: '',
    };
    ward.farEnd.faults.stuck = true;
    const looked = ward.diagnose('sink test');
    await ward.ledger.saveSinkTests({ version: 0, tests: [known] });

    expect(await looked).toContain('failed sink test');
  });

  it('skips the test where there is no sink', async () => {
    expect(await ward.diagnose('sink test')).toBe('skipped sink test: there is no sink of ours');
  });
});
