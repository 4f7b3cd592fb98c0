import { exportEvents } from '../../../../cli/twilio/events/export.ts';
import type { EventsSettings } from '../../../../cli/twilio/events/events-settings.ts';
import { restCalls } from '../../../support/twilio/rest-calls.ts';
import { account } from '../../../support/twilio/twilio-account.ts';
import { apply, planOf, startWired } from './wired-account.ts';
import type { WiredAccount } from './wired-account.ts';

describe('the events of an account that are written down', () => {
  let wired: WiredAccount;
  beforeEach(async () => {
    wired = await startWired();
  });
  afterEach(() => wired.stop());

  const exported = () => exportEvents(wired.needs(undefined));

  it.each<EventsSettings>([
    { transport: 'event-streams', features: ['voice', 'digital'], flexRecordingWebhook: false },
    { transport: 'workspace-callback', features: ['agent-states'], flexRecordingWebhook: true },
    { transport: 'both', features: ['worker-attributes', 'agent-states'], flexRecordingWebhook: false },
    {
      transport: 'both',
      features: ['voice', 'digital', 'worker-attributes', 'agent-states'],
      flexRecordingWebhook: true,
    },
  ])('are those that were made: %j', async (settings) => {
    await apply(wired.events(settings));

    expect(await exported()).toEqual({ settings, warnings: [] });
  });

  it('are none where none comes to the pipeline', async () => {
    await restCalls(wired.under).post(`/v1/Workspaces/${account.workspaceSid}`, {
      EventCallbackUrl: 'https://insights.example.com/events',
    });

    expect(await exported()).toEqual({ settings: undefined, warnings: [] });
  });

  it('are left out where nobody knows the public URL', async () => {
    const { settings, warnings } = await exportEvents(wired.needs(undefined, { publicUrl: null }));

    expect(settings).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining('name --stage or --data, or give --public-url')]);
  });

  it('are said not to be the whole truth where they are those of no features', async () => {
    await apply(wired.events({ transport: 'event-streams', features: ['agent-states'], flexRecordingWebhook: false }));
    const sid = wired.twilio.account.sinks()[0]?.subscription?.sid;
    await restCalls(wired.under).post(`/v1/Subscriptions/${sid}/SubscribedEvents`, {
      Type: 'com.twilio.taskrouter.task.created',
      SchemaVersion: '4',
    });

    const { settings, warnings } = await exported();

    expect(settings?.features).toEqual(['agent-states']);
    expect(warnings).toEqual([expect.stringContaining('twilio plan names them')]);
    expect((await planOf(wired.events(settings))).changes).toMatchObject([
      { action: 'update', differences: [{ field: 'com.twilio.taskrouter.task.created', from: 'schema version 4' }] },
    ]);
  });
});
