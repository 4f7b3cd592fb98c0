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
    const err: string[] = [];
    const screen = { isTty: false, columns: 80, write: (text: string) => void out.push(text) };
    const code = await runCli({
      typed: [
        ...['twilio', verb, '--only', 'events,messaging', '--workspace', account.workspaceSid],
        ...['--twilio-url', wired.twilio.url, '--public-url', wired.publicUrl, ...more],
      ],
      stdout: screen,
      stderr: { ...screen, write: (text) => void err.push(text) },
      noColor: '1',
      environment,
      now: () => new Date('2026-11-20T08:00:00Z'),
      pause: () => wired.twilio.settled(),
      connect: async () => {
        throw new Error('no pipeline was to be looked for');
      },
    });
    return {
      code,
      out: out.join(''),
      err: err.join(''),
      json: (): unknown => JSON.parse(out.join('').trim().split('\n').at(-1) ?? ''),
    };
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

  it('are wrong where --prune or --take-over names nothing, and say what there is', async () => {
    await cli('apply', '--yes');
    const { json: made } = await restCalls(wired.under).post('/v1/Configuration/Addresses', {
      ...{ Type: 'sms', Address: '+12025550144', 'AutoCreation.Enabled': 'false' },
    });
    const wrong: readonly (readonly string[])[] = [
      ['plan', '--prune', 'address/+12025550145'],
      ['apply', '--yes', '--prune', 'address/+12025550145'],
      ['plan', '--prune', 'address/+12025550143'],
      ['plan', '--prune', `address/${String(made['sid'])},sink/DG00000000000000000000000000000000`],
      ['plan', '--take-over', 'https://insights.example.com/events'],
      ['plan', '--prune', 'flex-recording-webhook/https://insights.example.com/events'],
      ['apply', '--yes', '--prune', 'subscription/DF00112233445566778899aabbccddee01'],
    ];
    const ran = [];
    for (const [verb = '', ...more] of wrong) ran.push(await cli(verb, ...more));

    const [sink] = wired.twilio.account.sinks();
    expect(ran.map(({ code, out }) => [code, out])).toEqual(wrong.map(() => [1, '']));
    expect(ran.map(({ err }) => err.trim().split('\n').at(-1))).toEqual([
      '--prune address/+12025550145: there is none (any more) that the configuration does not have; did you mean address/+12025550144?',
      '--prune address/+12025550145: there is none (any more) that the configuration does not have; did you mean address/+12025550144?',
      '--prune address/+12025550143: there is none (any more) that the configuration does not have; did you mean address/+12025550144?',
      `--prune sink/DG00000000000000000000000000000000: there is none (any more) that the configuration does not have; there is ${sink?.sid}`,
      "--take-over https://insights.example.com/events: no URL of another's that is where the pipeline's shall be; there is none (any more)",
      '--prune flex-recording-webhook/https://insights.example.com/events: there is none (any more) that the configuration does not have; no other is there',
      '--prune subscription/DF00112233445566778899aabbccddee01: a subscription goes with the sink that it is of; name that, as sink/DG…',
    ]);
  });

  it('go on past what an earlier apply has deleted already, and say so', async () => {
    await cli('apply', '--yes');

    const { code, json } = await cli('apply', '--yes', '--json', '--prune', 'sink/DG00000000000000000000000000000000');

    expect(code).toBe(0);
    expect(json()).toMatchObject({
      applied: true,
      warnings: [expect.stringContaining('--prune sink/DG00000000000000000000000000000000: there is none (any more)')],
    });
  });

  it('say which section Twilio does not show, and how to do without', async () => {
    wired.twilio.faults.next(1, { method: 'GET', path: /Sinks$/ }, { kind: 'answer', status: 404 });

    const { code, err } = await cli('plan');

    expect(code).toBe(1);
    expect(err).toContain('the events of the account cannot be read: Twilio answered GET /v1/Sinks with 404');
    expect(err.trim()).toMatch(/; --only messaging does without$/);
  });
});
