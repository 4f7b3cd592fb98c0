import { sids } from '../../../support/example-sids.ts';
import { fileOf, removeFiles, runOffline } from '../run-offline.ts';

afterAll(removeFiles);

const config = {
  name: 'with-leads',
  defaultCountry: 'US',
  rules: [{ name: 'identity', write: 'customers.external_id', value: 'facts.identity' }],
  identity: { externalId: "task.rd.lead_id ? 'lead-' & task.rd.lead_id" },
};

const call = (n: number, from: string, rd: object = {}, changes: object = {}): object => ({
  EventType: 'task.created',
  AccountSid: sids.account(),
  WorkspaceSid: sids.workspace(),
  TimestampMs: '1795161600000',
  TaskSid: sids.task(n),
  TaskAttributes: JSON.stringify({ call_sid: sids.call(n), direction: 'inbound', from, rd }),
  ...changes,
});

const lines = (...events: readonly object[]): string => `${events.map((event) => JSON.stringify(event)).join('\n')}\n`;

async function judged(text: string, ...options: readonly string[]) {
  const { code, out } = await runOffline(['identity', '--dry-run', '--json', ...options, '-'], { stdin: text });
  const answer: unknown = JSON.parse(out);
  return { code, answer };
}

const [first, second, third] = ['+12025550143', '+12025550144', '+12025550145'];

describe('identity --dry-run', () => {
  it('leaves customers alone whom the configured identity knows by what they are known by today', async () => {
    const { code, answer } = await judged(
      lines(call(1, first), call(2, first), call(3, second)),
      '--config',
      fileOf({ ...config, identity: {} }),
    );

    expect(code).toBe(0);
    expect(answer).toMatchObject({
      config: 'with-leads',
      isConfigured: true,
      tasks: 3,
      customersToday: 2,
      customersProposed: 2,
      split: 0,
      merged: 0,
    });
  });

  it('counts whose history would be split and who would become one', async () => {
    // Lead 1 calls from two numbers: two customers today, one then. A third number is nobody's lead and stays.
    const { code, answer } = await judged(
      lines(call(1, first, { lead_id: 1 }), call(2, second, { lead_id: 1 }), call(3, third)),
      '--config',
      fileOf(config),
    );

    expect(code).toBe(1);
    expect(answer).toMatchObject({ tasks: 3, customersToday: 3, customersProposed: 2, split: 2, merged: 2 });
  });

  it('takes of several events of one task the last', async () => {
    const { answer } = await judged(
      lines(call(1, first), call(1, first, { lead_id: 1 }, { EventType: 'task.updated' })),
      '--config',
      fileOf(config),
    );

    expect(answer).toMatchObject({ tasks: 1, customersToday: 1, customersProposed: 1, split: 1 });
  });

  it('judges what an identity would do where the configuration has none', async () => {
    const answer = await runOffline(['identity', '--dry-run', '-'], { stdin: lines(call(1, first)) });

    expect(answer.code).toBe(0);
    expect(answer.out).toMatch(
      /^config\/enrichment\/minimal\.json has no identity; this is what one would do: external_id, phone, email, from_to, conversation_id; sticky\n/,
    );
  });

  it('tells counts in lines that line up, and no value of a task', async () => {
    const { out } = await runOffline(['identity', '--dry-run', '--config', fileOf(config), '-'], {
      stdin: lines(call(1, first, { lead_id: 4711 })),
    });

    expect(out).toContain('customers today        1\n');
    expect(out).toContain("would be split         1, whose next conversations would be another customer's\n");
    expect(out).not.toMatch(/4711|2025550143/);
  });

  it('counts what is no task and what cannot be read, and the last is no good answer', async () => {
    const { code, answer } = await judged(
      lines(
        call(1, first),
        call(2, first, {}, { EventType: 'reservation.created' }),
        call(3, first, {}, { TaskSid: 'x' }),
      ),
    );

    expect(code).toBe(1);
    expect(answer).toMatchObject({ tasks: 1, withoutTask: 1, unreadable: 1 });
  });

  it('names the lines that cannot be read, and goes by the others', async () => {
    const text = `${lines(call(1, first))}{"EventType":"task.created","TaskSid\n${lines(call(2, second))}`;
    const { code, answer } = await judged(text);

    expect(code).toBe(1);
    expect(answer).toMatchObject({ tasks: 2, unreadable: 1, unreadableWhy: ['line 2: not JSON'] });
    const { out } = await runOffline(['identity', '--dry-run', '-'], { stdin: text });
    expect(out).toContain('events unreadable      1\n');
    expect(out).toMatch(/\n *line 2: not JSON\n/);
  });

  it('names at most ten of them to a person', async () => {
    const { out } = await runOffline(['identity', '--dry-run', '-'], {
      stdin: `${lines(call(1, first))}${'{"EventType"\n'.repeat(12)}`,
    });

    expect(out).toMatch(/ line 11: not JSON\n *and 2 more, which --json names\n/);
    expect(out).not.toContain('line 12');
  });

  it.each([
    [['identity', 'events.ndjson'], 'only the dry run exists'],
    [['identity', '--dry-run'], 'identity wants one file'],
  ])('refuses %j with 2', async (typed, message) => {
    const answer = await runOffline(typed);

    expect(answer).toMatchObject({ code: 2, out: '' });
    expect(answer.err).toContain(message);
  });
});

it.each(['enrich', 'identity'])('the help of %s fits in 80 columns', async (name) => {
  const { code, out } = await runOffline([name, '--help']);

  expect(code).toBe(0);
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(out).toContain(`npm run cli -- ${name} --dry-run`);
});
