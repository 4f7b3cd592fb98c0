import { furnishSmsDesk, smsFromNumber } from '../../../local/sms-desk.ts';
import { askForSms } from '../../support/e2e/ask-for-sms.ts';
import { startPipelineRun } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';
import { putSmsCallers } from '../../support/e2e/put-secrets.ts';
import { wholeLedger } from '../../support/e2e/whole-ledger.ts';

/** What must not be found again: each is unlike anything else that is written. */
const person = { toNumber: '+12025550187', toName: 'Canary Example', message: 'canary-said-in-confidence' };
const key = 'canary-order-4711';
const strangersToken = 'canary-token-that-nobody-has-had-before';
const warehousesToken = 'canary-token-of-a-caller-of-another-stage';

/** The canaries in a text, however it was encoded into JSON or a URL. */
const found = (canaries: readonly string[], text: string): readonly string[] =>
  canaries.filter((canary) =>
    [canary, JSON.stringify(canary).slice(1, -1), encodeURIComponent(canary)].some((spelled) => text.includes(spelled)),
  );

describe('after messages that were sent, refused, broken off and asked for by strangers', () => {
  let run: PipelineRun;
  let canaries: readonly string[] = [];

  beforeAll(async () => {
    run = await startPipelineRun();
    furnishSmsDesk(run.twilio);
    const { smsToken, authToken, apiKeySecret, apiKeySid } = run.secrets;
    canaries = [
      ...[person.toNumber, person.toNumber.slice(1), person.toName, person.message, smsFromNumber, 'canary'],
      ...[key, strangersToken, warehousesToken, smsToken, authToken, apiKeySecret, apiKeySid],
    ];
    await ask(run);
    await run.quiet();
    await run.seconds(60);
    await run.quiet();
  }, 120_000);
  afterAll(() => run.close());

  it('messages were sent, and some were not', () => {
    const statuses = run.log.of('send-sms').flatMap((line) => /"status":(\d+)/.exec(line)?.[1] ?? []);

    expect(new Set(statuses)).toEqual(new Set(['200', '400', '409', '415', '422', '503']));
    expect(run.log.of('authorize-caller').join()).toMatch(/unknown-token.*unknown-caller/s);
    expect(run.twilio.taskRouter.tasks().length).toBeGreaterThan(0);
  });

  it('no line and no metric of a function, and none of the gateway’s, holds any of it', () => {
    const lines = [...run.cloud.functionNames, 'gateway'].flatMap((name) => run.log.of(name));

    expect(lines.length).toBeGreaterThan(10);
    expect(found(canaries, lines.join('\n'))).toEqual([]);
  });

  it('nothing in the ledger holds any of it, though it remembers what was asked for', async () => {
    const items = await wholeLedger(run);

    expect(items.filter(({ pk }) => pk?.S?.startsWith('SMS#') === true).length).toBeGreaterThan(1);
    expect(found(canaries, JSON.stringify(items))).toEqual([]);
  });

  it('no message that was put aside is about it', () => {
    const aside = run.cloud.queues
      .filter(({ name }) => name === 'quarantine' || name.endsWith('-dead-letters'))
      .flatMap(({ arn }) => run.aws.sqs.messages(arn));

    expect(aside).toEqual([]);
  });
});

/** In every way that ends differently, with canaries wherever a request can have them. */
async function ask(run: PipelineRun): Promise<void> {
  const body = { fromNumber: smsFromNumber, ...person };
  const personal = JSON.stringify(person);
  const headers = { 'user-agent': personal, 'x-forwarded-for': person.toNumber };
  const { chat, faults } = run.twilio;
  const one = async (asking: Parameters<typeof askForSms>[1]): Promise<void> => {
    await askForSms(run, { ...asking, headers: { ...headers, ...asking?.headers } });
    await run.seconds(1);
  };
  await one({ body, headers: { 'idempotency-key': key } });
  await one({ body, headers: { 'idempotency-key': key } });
  await one({ body: { ...body, message: 'another' }, headers: { 'idempotency-key': key } });
  await one({ body: { ...body, toNumber: personal, [personal]: person.message } });
  await one({ body: personal.slice(1) });
  await one({ body, headers: { 'content-type': `text/plain; ${encodeURIComponent(person.message)}` } });
  await one({ body: { ...body, fromNumber: person.toNumber, toNumber: smsFromNumber } });
  chat.refuseNumber('+12025550173', 21_211);
  await one({ body: { ...body, toNumber: '+12025550173', agent: false } });
  faults.next(50, {}, { kind: 'answer', status: 503 });
  await one({ body: { ...body, toNumber: '+12025550174' }, headers: { 'idempotency-key': `${key}-2` } });
  faults.clear();
  const giveBack = run.cloud.deny('send-sms', 'dynamodb:PutItem');
  await one({ body, headers: { 'idempotency-key': `${key}-3` } });
  giveBack();
  await strangers(run, one);
}

async function strangers(
  run: PipelineRun,
  one: (asking: Parameters<typeof askForSms>[1]) => Promise<void>,
): Promise<void> {
  await one({ token: strangersToken, body: { fromNumber: smsFromNumber, ...person } });
  await one({ token: `${run.secrets.smsToken} ${person.message}` });
  putSmsCallers(run, { crm: { current: run.secrets.smsToken }, warehouse: { current: warehousesToken } });
  await run.seconds(61);
  await one({ token: warehousesToken });
  putSmsCallers(run, { crm: { current: 'canary' } });
  await run.seconds(61);
  run.cloud.killFunction('authorize-caller');
  await one({ token: strangersToken });
  const url = `${run.cloud.apiUrl}/messages/sms?token=${strangersToken}&to=${encodeURIComponent(person.toNumber)}`;
  await fetch(url, { method: 'POST', body: JSON.stringify(person) });
}
