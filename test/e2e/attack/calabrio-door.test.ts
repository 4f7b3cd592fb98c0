import { overlayOf } from '../../../local/policy-overlay.ts';
import { startPipelineRun } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';
import { playCall } from '../../support/e2e/recorded-call.ts';
import type { RecordedCall } from '../../support/e2e/recorded-call.ts';
import { runCli } from '../../support/e2e/run-cli.ts';
import { sendWebhook } from '../../support/e2e/send-webhook.ts';
import type { SentWebhook } from '../../support/e2e/send-webhook.ts';
import { wholeLedger } from '../../support/e2e/whole-ledger.ts';

const route = 'calabrio/contact-status';
/** Unlike anything else that is written: it must be nowhere but where it is kept. */
const reason = 'canary-of-the-failure-reason';
const json = ['Content-Type', 'application/json'] as const;
/** The stage's tenant, and another. */
const [ourTenant, otherTenant] = [1001, 1002];

/** The dev stage with everything in force that lets a source go but Calabrio's word. */
const policy = overlayOf({
  deletion: { enabled: true, dryRun: false, graceSeconds: 0, ingestProof: 0 },
  calabrio: { verify: 'off' },
});

describe('a contact status that Calabrio did not send', () => {
  let run: PipelineRun;
  let call: RecordedCall;

  beforeAll(async () => {
    run = await startPipelineRun({ overrides: (_name, environment) => policy.apply(environment) });
    call = await playCall(run, 'segment-link');
    await run.quiet();
    await run.seconds(400);
    await run.quiet();
  }, 120_000);
  afterAll(() => run.close());

  const statusOf = (said: Readonly<Record<string, unknown>> = {}): string =>
    JSON.stringify({
      ...{ ccrId: 4_700_001, sessionId: call.taskSid, legId: call.reservationSid, tenantId: ourTenant },
      ...{ status: 'COMPLETE', failureReason: reason, ...said },
    });
  const send = (token: string, sent: Partial<SentWebhook> = {}): Promise<number> =>
    sendWebhook(run, { route: `${route}/${token}`, headers: [json], body: statusOf(), ...sent });
  const quarantined = (): number => run.aws.sqs.messages(run.cloud.queue('quarantine').arn).length;
  const deadLetters = (): number => run.aws.sqs.messages(run.cloud.queue('calabrio-status-dead-letters').arn).length;
  const sourceStatus = (): string | undefined => run.twilio.voice.recording(call.recordingSid)?.status;
  const token = (): string => run.secrets.calabrioToken;

  const forged: readonly (readonly [string, () => Promise<number>])[] = [
    ['another token', () => send('a-guess-of-the-right-alphabet')],
    ['the token without its end', () => send(token().slice(0, -1))],
    ['the token and more', () => send(`${token()}x`)],
    ['the token and a slash', () => send(`${token()}%2f`)],
    ['the token and a line break', () => send(`${token()}%0a`)],
    ['the token in capitals', () => send(token().toUpperCase())],
    ['the token in the query', () => send('a-guess', { query: `?token=${token()}` })],
    ['the token in a header', () => send('a-guess', { headers: [json, ['Authorization', `Bearer ${token()}`]] })],
    ['a token in other letters', () => send(encodeURIComponent('пропуск😀'))],
    ['a token that is no UTF-8', () => send('%ff%fe')],
    ['a token of eight thousand characters', () => send('t'.repeat(8_000))],
    ['a claim to be ours', () => send('a-guess', { headers: [json, ['x-contact-status-source', 'archive']] })],
    [
      'a work message of ours',
      () => send('a-guess', { body: JSON.stringify({ v: 1, route: 'internal/match-contact-status', alias: 'a' }) }),
    ],
    [
      'another tenant’s number behind the right token',
      () => send(token(), { body: statusOf({ tenantId: otherTenant }) }),
    ],
  ];

  it('is put aside, whatever it has: no record of the ledger changes, and the source stays', async () => {
    const before = await wholeLedger(run);
    const outcomes: Record<string, number> = {};
    for (const [what, sent] of forged) {
      const aside = quarantined();
      const status = await sent();
      await run.quiet();
      outcomes[what] = status === 204 ? quarantined() - aside : -status;
    }

    expect(outcomes).toEqual(Object.fromEntries(forged.map(([what]) => [what, 1])));
    expect(await wholeLedger(run)).toEqual(before);
    expect(sourceStatus()).toBe('completed');
  }, 60_000);

  it('is put by for a person when nobody can read it, though its token is right', async () => {
    const before = await wholeLedger(run);
    const bodies = [
      statusOf({ failureReason: reason.repeat(300) }),
      statusOf({ ccrId: -1 }),
      statusOf({ ccrId: 1.5 }),
      statusOf({ sessionId: { sid: reason } }),
      statusOf({ tenantId: [ourTenant] }),
      `[${statusOf()}]`,
      '['.repeat(4_000),
      `${statusOf()}${reason}`,
    ];
    for (const body of bodies) expect(await send(token(), { body })).toBe(204);
    await run.quiet();

    expect(deadLetters()).toBe(bodies.length);
    expect(await wholeLedger(run)).toEqual(before);
    expect(sourceStatus()).toBe('completed');
  }, 60_000);

  it('is answered and does nothing when it only looks whether anybody is there', async () => {
    const before = [await wholeLedger(run), quarantined(), deadLetters()];
    const looks = [
      ...(await Promise.all(
        ['GET', 'HEAD'].map(async (method) => (await fetch(`${run.cloud.apiUrl}/${route}/a-guess`, { method })).status),
      )),
      await send('a-guess', { body: '' }),
      await send(token(), { body: ' \r\n' }),
    ];
    await run.quiet();

    expect(looks).toEqual([200, 200, 204, 204]);
    expect([await wholeLedger(run), quarantined(), deadLetters()]).toEqual(before);
  }, 30_000);

  it('differs from a genuine one by its token alone, after which the source goes, and once only', async () => {
    const atTwilio = (): number => run.twilio.requests().filter(({ method }) => method === 'DELETE').length;
    const before = atTwilio();
    expect(await send(token())).toBe(204);
    await run.quiet();
    expect(await send(token())).toBe(204);
    await run.quiet();

    expect([before, sourceStatus(), atTwilio()]).toEqual([0, 'deleted', 1]);
  }, 30_000);

  it('leaves neither a token nor its reason in a log, in what is told of messages put aside, or in an answer', async () => {
    const lines = run.log.of('calabrio-status').join('\n');
    const aside = run.cloud.queues
      .filter(({ name }) => name === 'quarantine' || name.endsWith('-dead-letters'))
      .flatMap(({ arn }) => run.aws.sqs.messages(arn).map(({ messageAttributes }) => messageAttributes));
    const typed = [
      ['status', call.recordingSid],
      ['calabrio', 'correlate'],
    ];
    const answers = await Promise.all(typed.map((words) => runCli(run, words)));
    const told = [lines, JSON.stringify(aside), JSON.stringify(answers)];

    expect(lines).toContain('tenant-mismatch');
    expect(answers.map(({ answer }) => answer)).not.toContain(undefined);
    for (const canary of [reason, token(), 'a-guess']) expect(told.filter((text) => text.includes(canary))).toEqual([]);
    expect(JSON.stringify(await wholeLedger(run))).toContain(reason);
  }, 60_000);
});
