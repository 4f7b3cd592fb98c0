import type { EventsSettings } from '../../../../cli/twilio/events/events-settings.ts';
import { eventsSection } from '../../../../cli/twilio/events/section.ts';
import { makeChanges } from '../../../../cli/twilio/make-changes.ts';
import type { Section } from '../../../../cli/twilio/section.ts';
import { progressOn } from '../../../../local/terminal/progress.ts';
import { restCalls } from '../../../support/twilio/rest-calls.ts';
import { account } from '../../../support/twilio/twilio-account.ts';
import { actionsOf, apply, planOf, startWired } from './wired-account.ts';
import type { WiredAccount } from './wired-account.ts';

const streamed: EventsSettings = {
  transport: 'event-streams',
  features: ['worker-attributes', 'agent-states'],
  flexRecordingWebhook: false,
};
const called: EventsSettings = { ...streamed, transport: 'workspace-callback' };
const workerUpdate = 'com.twilio.taskrouter.worker.attributes.update';

describe("an apply of an account's events", () => {
  let wired: WiredAccount;
  beforeEach(async () => {
    wired = await startWired();
  });
  afterEach(() => wired.stop());

  const calls = () => restCalls(wired.under);
  const ours = () => `${wired.publicUrl}/twilio/event-streams`;
  const makeSink = async (destination: string, isBatched = false): Promise<string> => {
    const { json } = await calls().post('/v1/Sinks', {
      Description: 'By hand',
      SinkType: 'webhook',
      SinkConfiguration: JSON.stringify({ destination, method: 'POST', batch_events: isBatched }),
    });
    return String(json['sid']);
  };
  const subscribe = async (sink: string): Promise<void> => {
    const types = JSON.stringify({ type: workerUpdate, schema_version: 4 });
    await calls().post('/v1/Subscriptions', { Description: 'By hand', SinkSid: sink, Types: types });
  };
  const setCallback = (url: string) =>
    calls().post(`/v1/Workspaces/${account.workspaceSid}`, { EventCallbackUrl: url });

  /** As `twilio apply` makes them: past those that cannot be made. */
  async function makeAll(section: Section) {
    const screen = { isTty: false, columns: 80, write: () => undefined };
    const { made, failed } = await makeChanges((await planOf(section)).changes, progressOn(screen, { nowMs: () => 0 }));
    const shown = ({ action, kind }: (typeof made)[number]): string => `${action} ${kind}`;
    return { made: made.map(shown), failed: failed.map(({ change }) => shown(change)) };
  }

  it('keeps the sink that is to go where the new one cannot be proved', async () => {
    wired.twilio.account.letSinksBegin('active');
    const old = await makeSink(ours(), true);
    await subscribe(old);
    await wired.breakGateway();

    const { made, failed } = await makeAll(wired.events(streamed, { typed: { prune: `sink/${old}` } }));

    expect(made).toEqual([]);
    expect(failed).toEqual(['create sink', 'create subscription', 'delete sink']);
    expect(wired.twilio.account.sinks().find(({ sid }) => sid === old)?.subscription).toBeDefined();
  });

  it('keeps the sink that is to go where the event callback is another’s and not taken over', async () => {
    await apply(wired.events(streamed));
    await setCallback('https://insights.example.com/events');
    const [sink] = wired.twilio.account.sinks();

    const { made, failed } = await makeAll(wired.events(called, { typed: { prune: `sink/${sink?.sid}` } }));

    expect({ made, failed }).toEqual({ made: [], failed: ['delete sink'] });
    expect(wired.twilio.account.sinks()).toEqual([sink]);
  });

  it('sets the event callback before the sink goes that it takes the place of', async () => {
    await apply(wired.events(streamed));
    const [sink] = wired.twilio.account.sinks();

    const { made } = await makeAll(wired.events(called, { typed: { prune: `sink/${sink?.sid}` } }));

    expect(made).toEqual(['create event-callback', 'delete sink']);
  });

  it('puts a new sink in the place of its own that is named, and deletes that at the end', async () => {
    await apply(wired.events(streamed));
    const [old] = wired.twilio.account.sinks();

    const plan = await apply(wired.events(streamed, { typed: { prune: `sink/${old?.sid}` } }));

    expect(actionsOf(plan)).toEqual(['create sink', 'create subscription', 'delete sink']);
    expect(wired.twilio.account.sinks()).toMatchObject([{ destination: ours(), status: 'active' }]);
    expect(wired.twilio.account.sinks()[0]?.sid).not.toBe(old?.sid);
  });

  it('does not call a sink good that Twilio does not call active', async () => {
    const needs = wired.needs(streamed);
    const { rest } = needs.account;
    const create: typeof rest.create = async (url, sent) =>
      url.endsWith('/Validate') ? { result: 'valid' } : rest.create(url, sent);

    const section = eventsSection({ ...needs, account: { ...needs.account, rest: { ...rest, create } } });

    await expect(apply(section)).rejects.toThrow(/calls it validating all the same: --prune sink\/DG/);
    expect(wired.twilio.account.sinks()[0]?.subscription).toBeUndefined();
  });

  it('takes the sink that is subscribed of several that are active', async () => {
    wired.twilio.account.letSinksBegin('active');
    await makeSink(ours());
    const second = await makeSink(ours());
    await subscribe(second);

    const plan = await planOf(wired.events(streamed));

    expect(actionsOf(plan)).toEqual(['update subscription']);
    expect(plan.warnings[0]).toContain(`${second} is used`);
  });

  it('takes a sink for its own whose URL is spelt otherwise', async () => {
    wired.twilio.account.letSinksBegin('active');
    const sink = await makeSink(`${ours().replace('http:', 'HTTP:')}#rc=5`);
    await subscribe(sink);

    expect(actionsOf(await planOf(wired.events(streamed)))).toEqual(['update subscription']);
  });

  it('takes no callback of a stage whose base lies below its own', async () => {
    await setCallback(`${wired.publicUrl}/dev/twilio/task-events`);

    const { changes } = await planOf(wired.events(called));

    expect(changes).toMatchObject([{ kind: 'event-callback', how: { kind: 'blocked' } }]);
  });
});
