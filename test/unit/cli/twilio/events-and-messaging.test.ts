import { runCli } from '../../../../cli/run-cli.ts';
import { account } from '../../../support/twilio/twilio-account.ts';
import { restCalls } from '../../../support/twilio/rest-calls.ts';
import { startWired } from './wired-account.ts';
import type { WiredAccount } from './wired-account.ts';

const environment = {
  TWILIO_ACCOUNT_SID: account.accountSid,
  TWILIO_API_KEY: account.apiKeySid,
  TWILIO_API_SECRET: account.apiKeySecret,
};

describe('twilio plan and apply of events and messaging', () => {
  let wired: WiredAccount;
  beforeEach(async () => {
    wired = await startWired();
    wired.twilio.account.letSinksBegin('active');
  });
  afterEach(() => wired.stop());

  /** With the repository's own configuration, and no pipeline. */
  async function cli(verb: string, ...more: readonly string[]) {
    const out: string[] = [];
    const screen = { isTty: false, columns: 80, write: (text: string) => void out.push(text) };
    const code = await runCli({
      typed: [
        ...['twilio', verb, '--only', 'events,messaging', '--workspace', account.workspaceSid],
        ...['--twilio-url', wired.twilio.url, '--public-url', wired.publicUrl, ...more],
      ],
      stdout: screen,
      stderr: { ...screen, write: () => undefined },
      noColor: '1',
      environment,
      now: () => new Date('2026-11-20T08:00:00Z'),
      pause: () => wired.twilio.settled(),
      connect: async () => {
        throw new Error('no pipeline was to be looked for');
      },
    });
    return { code, out: out.join(''), json: (): unknown => JSON.parse(out.join('').trim().split('\n').at(-1) ?? '') };
  }

  it('make what the configuration says, after which there is nothing to do', async () => {
    const planned = await cli('plan', '--json');
    expect(planned.code).toBe(2);
    expect(planned.json()).toMatchObject({
      changes: [
        { action: 'create', kind: 'sink', name: `${wired.publicUrl}/twilio/event-streams` },
        { action: 'create', kind: 'subscription', name: `${wired.publicUrl}/twilio/event-streams` },
        { action: 'create', kind: 'address', name: '+12025550143' },
      ],
      unmanaged: [],
      leftOut: [],
    });

    expect((await cli('apply', '--yes')).code).toBe(0);

    const again = await cli('plan');
    expect(again.code).toBe(0);
    expect(again.out).toContain('Nothing to do.');
    expect(again.out).toContain('RecordingStatusCallback');
  });

  it('show a URL that is not ours, and leave it', async () => {
    await restCalls(wired.under).post(`/v1/Workspaces/${account.workspaceSid}`, {
      EventCallbackUrl: 'https://insights.example.com/events',
    });

    const { json } = await cli('apply', '--yes', '--json');

    expect(json()).toMatchObject({
      unmanaged: [{ kind: 'event-callback', name: 'https://insights.example.com/events' }],
    });
  });

  it('delete a sink that is named by its SID', async () => {
    await cli('apply', '--yes');
    const { json: made } = await restCalls(wired.under).post('/v1/Sinks', {
      Description: 'By hand',
      SinkType: 'webhook',
      SinkConfiguration: '{"destination":"https://warehouse.example.com/events","method":"POST"}',
    });

    const { code, json } = await cli('apply', '--yes', '--json', '--prune', `sink/${String(made['sid'])}`);

    expect(code).toBe(0);
    expect(json()).toMatchObject({ applied: true, changes: [{ action: 'delete', kind: 'sink' }] });
    expect(wired.twilio.account.sinks().map(({ destination }) => destination)).toEqual([
      `${wired.publicUrl}/twilio/event-streams`,
    ]);
  });
});
