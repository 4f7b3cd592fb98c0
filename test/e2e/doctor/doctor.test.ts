import * as z from 'zod/mini';
import { startPipelineRun } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';
import { putAuthToken } from '../../support/e2e/put-secrets.ts';
import { playCall } from '../../support/e2e/recorded-call.ts';
import { runCli } from '../../support/e2e/run-cli.ts';

/** All but Calabrio, which this run does not have. */
const areas = 'twilio,pipeline,gateway,events,recordings,insights,archive,playback';
const contentTypes = [
  'application/x-www-form-urlencoded',
  'application/json',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'text/json',
];

const text = z.string();
const answered = z.object({
  findings: z.array(z.object({ name: text, kind: text, seen: z.optional(text), why: z.optional(text) })),
});

async function examine(run: PipelineRun, only: string) {
  const { exitCode, answer, stderr } = await runCli(run, ['doctor', '--only', only]);
  const { findings } = answered.parse(answer);
  const of = (kind: string): readonly string[] => findings.filter((one) => one.kind === kind).map(({ name }) => name);
  const seen = (name: string): string => {
    const said = findings.find((one) => one.name === name);
    return `${said?.kind}: ${said?.seen ?? said?.why}`;
  };
  return { exitCode, stderr, of, seen };
}

describe('doctor on a pipeline that runs', () => {
  let run: PipelineRun;
  beforeAll(async () => {
    run = await startPipelineRun();
    await playCall(run, 'segment-link');
    await run.quiet();
    await run.seconds(200);
    await run.cloud.invoke('reconcile', {});
    await run.quiet();
  }, 180_000);
  afterAll(() => run.close());

  it('finds that no event would come, and is content once the plan is applied', async () => {
    const before = await examine(run, 'events');
    const applied = await runCli(run, ['twilio', 'apply', '--only', 'events', '--yes']);
    const after = await examine(run, 'events');

    expect(before.exitCode).toBe(1);
    expect(before.of('failed')).toEqual(['event sink', 'event subscription']);
    expect(applied.exitCode).toBe(0);
    expect(after.of('ok')).toEqual(['event sink', 'event subscription', 'workspace callback', 'sink test']);
    expect(after.exitCode).toBe(0);
  }, 120_000);

  it('finds the rest well: é😀 goes through every content type, a call was linked and archived', async () => {
    const { exitCode, of, seen } = await examine(run, areas);

    expect({ exitCode, failed: of('failed') }).toEqual({ exitCode: 0, failed: [] });
    expect(of('ok')).toEqual(expect.arrayContaining(contentTypes.map((type) => `probe as ${type}`)));
    expect(of('ok')).toEqual(
      expect.arrayContaining(['API key', 'auth tokens', 'signed probe', 'sink test', 'links in time', 'data key']),
    );
    expect(of('warning')).toEqual(['dual channel', 'single sign-on', 'Flex token']);
    expect(seen('quarantine')).toBe('ok: it is empty');
  }, 120_000);

  it('plays a recording with a Flex token', async () => {
    const token = run.twilio.flex.mintToken({ identity: 'ada', roles: ['supervisor'] });

    const { exitCode, answer } = await runCli(run, ['doctor', '--only', 'playback', '--flex-token', '-'], token);

    expect(exitCode).toBe(0);
    expect(JSON.stringify(answer)).toMatch(/RE[0-9a-f]{32} plays with it/);
  }, 120_000);

  it('says that the secret has another token than Twilio signs with', async () => {
    putAuthToken(run, 'a-token-of-long-ago');
    // A function reads the secret afresh at most once a minute.
    await run.seconds(301);

    const { exitCode, seen, of } = await examine(run, 'twilio,gateway,events');

    expect(exitCode).toBe(1);
    expect(of('failed')).toEqual(['auth tokens', 'sink test']);
    expect(seen('sink test')).toContain(
      'came and lies in quarantine: the secret has another token than Twilio signs with',
    );
    // What our own token signs, our own functions prove.
    expect(seen('signed probe')).toBe('ok: what the token of the secret signs comes out proved');
  }, 120_000);

  it('says that somebody deleted the sink', async () => {
    putAuthToken(run, run.secrets.authToken);
    run.twilio.account.sinks().forEach(({ sid }) => run.twilio.account.deleteSink(sid));
    await run.seconds(301);

    const { exitCode, of, seen } = await examine(run, 'events');

    expect(exitCode).toBe(1);
    expect(of('failed')).toEqual(['event sink', 'event subscription']);
    expect(seen('event sink')).toContain(`no sink leads to ${run.cloud.publicUrl}/twilio/event-streams`);
  }, 120_000);
});

describe('doctor on a pipeline whose functions believe that they are elsewhere', () => {
  let run: PipelineRun;
  beforeAll(async () => {
    run = await startPipelineRun({
      overrides: (_name, environment) => ({
        ...environment,
        ...(environment['PUBLIC_URL'] !== undefined && { PUBLIC_URL: 'https://old.example.com' }),
      }),
    });
  }, 180_000);
  afterAll(() => run.close());

  it('says that its signature is not proved over the public URL, and puts one probe into quarantine', async () => {
    const { exitCode, of, seen } = await examine(run, 'gateway');

    expect(exitCode).toBe(1);
    expect(of('failed')).toEqual(['signed probe']);
    expect(seen('signed probe')).toContain(
      `lies in quarantine: over ${run.cloud.publicUrl} its signature is not proved`,
    );
    expect(of('skipped')).toEqual([...contentTypes.map((type) => `probe as ${type}`), 'form probe']);
    expect(run.aws.sqs.messages(run.cloud.queue('quarantine').arn)).toHaveLength(1);
  }, 120_000);
});
