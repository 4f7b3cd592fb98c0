import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileOf, removeFiles, runOffline } from './run-offline.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');
const repository = join(import.meta.dirname, '..', '..', '..');

afterAll(removeFiles);

const lint = (typed: readonly string[], has?: Parameters<typeof runOffline>[1]) => runOffline(['lint', ...typed], has);

/** What it took the file for, and rule and path of each finding. */
async function judged(content: unknown, ...options: readonly string[]) {
  const { code, out } = await lint([fileOf(content), '--json', ...options]);
  const answer: unknown = JSON.parse(out);
  return { code, answer };
}

const wrong = { customers: { custom_attr_1: true } };
const unknownKey = {
  level: 'error',
  rule: 'unknown-key',
  path: 'customers.custom_attr_1',
  value: true,
  message: 'Insights ignores custom_attr_1 without a word. Did you mean customer_attribute_1?',
  source: 'https://www.twilio.com/docs/flex/developer/insights/enhance-integration (read 2026-11)',
};
const oneError = (is: string) => ({ is, errors: 1, warnings: 0, notes: 0, findings: [unknownKey] });

describe('lint', () => {
  it('shows path, value, rule, what to do and source on one line where nobody reads a table', async () => {
    const file = fileOf(wrong);

    expect(await lint([file])).toEqual({
      code: 1,
      err: '',
      out:
        `${file}: a task's attributes, 1 error, 0 warnings, 0 notes\n` +
        'error unknown-key customers.custom_attr_1 is true: Insights ignores custom_attr_1 without a word. ' +
        'Did you mean customer_attribute_1? ' +
        '[https://www.twilio.com/docs/flex/developer/insights/enhance-integration (read 2026-11)]\n',
    });
  });

  it('shows a table that lines up on a terminal, the heaviest first and nothing wider than 80 but what is one word', async () => {
    const { out } = await lint([fileOf({ customers: { phone: '2025550143', custom_attr_1: 'a'.repeat(50) } })], {
      isTty: true,
    });

    expect(out.split('\n').slice(1)).toEqual([
      'Level    Path                     Rule            Value',
      '───────  ───────────────────────  ──────────────  ──────────────────────────────',
      'error    customers.custom_attr_1  unknown-key     "aaaaaaaaaaaaaaaaaaaaaaaaaaaa…',
      '  Insights ignores custom_attr_1 without a word. Did you mean',
      '  customer_attribute_1?',
      '  https://www.twilio.com/docs/flex/developer/insights/enhance-integration',
      '  (read 2026-11)',
      'warning  customers.phone          phone-not-e164  "2025550143"',
      '  Insights takes this for who the customer is, and Twilio writes numbers as',
      '  E.164: the same person becomes two. Write + and the country code, such as',
      '  "+12025550143".',
      '  https://www.twilio.com/docs/flex/developer/insights/enhance-integration',
      '  (read 2026-11)',
      '',
    ]);
  });

  it('exits 0 for warnings and notes, and 1 with --strict', async () => {
    const file = fileOf({ customers: { phone: '2025550143' }, conversations: { abandoned: 'maybe' } });

    expect((await lint([file])).code).toBe(0);
    expect((await lint([file, '--strict'])).code).toBe(1);
    expect((await lint([fileOf({ conversations: { abandoned: 'maybe' } }), '--strict'])).code).toBe(0);
  });

  it('prints no control character of a value or key', async () => {
    const { out } = await lint([fileOf({ conversations: { outcome: ['\u009b2J'], '\u001b[2Jx': 1 } })]);

    expect(out).toContain('\\x1b[2Jx');
    expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('shows no value of what looks like a credential', async () => {
    const { out } = await lint([fileOf({ conversations: { api_key: 'hush', outcome: { password: 'hush' } } })]);

    expect(out).toContain('error secret-in-attributes conversations.api_key:');
    expect(out).toContain('error secret-in-attributes conversations.outcome.password:');
    expect(out).toContain('error wrong-type conversations.outcome:');
    expect(out).not.toContain('hush');
  });

  it('finds the credential of a worker', async () => {
    const { code, out } = await lint([join(fixtures, 'tasks/worker.json')]);

    expect(code).toBe(1);
    expect(out).toContain("a worker's attributes, 1 error, 1 warning, 2 notes");
    expect(out).not.toContain('not-a-real-token');
  });

  it.each(['documented-task', 'documented-customer', 'documented-worker'])(
    "finds nothing in Twilio's own example %s",
    async (name) => {
      const { code, out } = await lint([join(fixtures, `insights/${name}.json`), '--strict']);

      expect({ code, counts: out.includes('0 errors, 0 warnings, 0 notes') }).toEqual({ code: 0, counts: true });
    },
  );
});

describe('lint of a file that an editor saved in another encoding', () => {
  const text = JSON.stringify(wrong);
  const littleEndian = Buffer.from(`\uFEFF${text}`, 'utf16le');

  it.each([
    ['little', littleEndian],
    ['big', Buffer.from(littleEndian).swap16()],
  ])('says that it is UTF-16 of %s-endian order, and that UTF-8 is wanted', async (_order, bytes) => {
    const file = fileOf(bytes);

    expect(await lint([file])).toMatchObject({ code: 2, out: '', err: expect.stringContaining(`${file} is UTF-16: `) });
    expect((await lint([file])).err).toContain('save it as UTF-8');
    expect((await lint(['-'], { stdin: bytes })).err).toContain('- is UTF-16: ');
  });

  it('takes UTF-8 with a byte order mark', async () => {
    const bytes = Buffer.from(`\uFEFF${text}`, 'utf8');

    expect(await lint([fileOf(bytes), '--json'])).toMatchObject({ code: 1, err: '' });
    expect(await lint(['-', '--json'], { stdin: bytes })).toMatchObject({ code: 1, err: '' });
  });
});

describe('lint sees by its content that a file is', () => {
  const text = JSON.stringify(wrong);

  it.each([
    ["a task's attributes", wrong],
    ['the body that creates a task', { taskChannel: 'email', timeout: null, attributes: wrong }],
    ['the body that creates a task', { timeout: 60, attributes: text }],
    ['a task', { sid: `WT${'0'.repeat(32)}`, attributes: text }],
    [
      "a captured callback with a task's attributes",
      { EventType: 'task.created', TaskAttributes: text, WorkerAttributes: '{}' },
    ],
    [
      "a captured CloudEvent with a task's attributes",
      { type: 'com.twilio.taskrouter.task.created', data: { payload: { task_attributes: text } } },
    ],
    [
      "a captured CloudEvent with a task's attributes",
      { type: 'com.twilio.taskrouter.task.created', data: JSON.stringify({ payload: { task_attributes: wrong } }) },
    ],
  ])('%s: %j', async (is, content) => {
    expect(await judged(content)).toEqual({ code: 1, answer: oneError(is) });
  });

  it.each([
    ["a worker's attributes", { team_name: 'Sales' }],
    ['a worker', { sid: `WK${'0'.repeat(32)}`, attributes: '{"team_name":"Sales"}' }],
    [
      "a captured callback with a worker's attributes",
      { EventType: 'worker.attributes.update', WorkerAttributes: '{"team_name":"Sales"}' },
    ],
  ])('%s: %j', async (is, content) => {
    expect(await judged(content)).toMatchObject({
      code: 1,
      answer: { is, errors: 1, findings: [{ rule: 'team-id-missing', path: 'team_name' }] },
    });
  });

  it("a worker's attributes that look like nobody's, when told so", async () => {
    expect((await judged({ role: ['admin'] })).code).toBe(0);
    expect(await judged({ role: ['admin'] }, '--worker')).toMatchObject({
      code: 1,
      answer: { is: "a worker's attributes", findings: [{ rule: 'wrong-type', path: 'role' }] },
    });
  });

  it('a list of events, each with its place', async () => {
    const event = { data: { payload: { task_attributes: text } } };

    expect(await judged([{ data: { payload: { task_attributes: '{"a":1}' } } }, event])).toMatchObject({
      code: 1,
      answer: { is: 'captured events', errors: 1, findings: [{ path: '[1] customers.custom_attr_1' }] },
    });
  });

  it('an enrichment file, with its rules and expressions', async () => {
    const minimal: unknown = JSON.parse(readFileSync(join(repository, 'config/enrichment/minimal.json'), 'utf8'));
    const rule = { name: 'wrong', write: 'conversations.conversation_attribute_1', value: 'task.(' };
    const id = { ...rule, name: 'id', write: 'conversations.conversation_attribute_2', value: 'task.rd.lead_id' };
    const config = { name: 'example', defaultCountry: 'US', rules: [rule, id] };

    expect(await judged(minimal)).toMatchObject({ code: 0, answer: { is: 'an enrichment file', findings: [] } });
    expect(await judged(config)).toMatchObject({
      code: 1,
      answer: {
        is: 'an enrichment file',
        findings: [
          { level: 'error', rule: 'faulty-expression', path: 'rules[0].value', value: 'task.(' },
          { level: 'warning', rule: 'high-cardinality', path: 'rules[1].value' },
        ],
      },
    });
    expect(await judged({ rules: [{ ...rule, wirte: 1 }] })).toMatchObject({
      code: 1,
      answer: {
        findings: [
          { rule: 'enrichment-file', path: 'name' },
          { rule: 'enrichment-file', path: 'defaultCountry' },
          { rule: 'enrichment-file', path: 'rules[0].wirte' },
        ],
      },
    });
  });

  it('attributes that lack a comma: read, and told', async () => {
    const { code, answer } = await judged('{"customers": {"custom_attr_1": true "category": "VIP"}}');

    expect(code).toBe(1);
    expect(answer).toMatchObject({ errors: 2, findings: [{ rule: 'repaired-json' }, unknownKey] });
  });
});

describe('lint reads', () => {
  it('standard input for -', async () => {
    const { code, out } = await lint(['-', '--json'], { stdin: JSON.stringify(wrong) });

    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual(oneError("a task's attributes"));
  });

  it('for HIPAA with --hipaa', async () => {
    expect((await lint([fileOf({ customers: { name: 'Ada Example' } })])).code).toBe(0);
    expect((await lint([fileOf({ customers: { name: 'Ada Example' } }), '--hipaa'])).code).toBe(1);
  });

  it('a file that begins with a byte order mark', async () => {
    expect((await lint([fileOf(`\uFEFF${JSON.stringify({ conversations: {} })}`)])).code).toBe(0);
  });

  it.each([
    [[], 'lint wants one file: npm run cli -- lint <file>, or - for standard input\n'],
    [['a', 'b'], 'lint wants one file: npm run cli -- lint <file>, or - for standard input\n'],
    [['no-such-file.json'], 'no-such-file.json cannot be read (ENOENT): name a file, or - for standard input\n'],
    [['--stirct'], '--stirct is no option here; did you mean --strict?\n'],
  ])('nothing for %j, and says what to type', async (typed, said) => {
    expect(await lint(typed)).toEqual({ code: 2, out: '', err: said });
  });

  it.each(['', 'hello', '5', '[]', '[1]', '{"TaskAttributes":"hello"}'])('nothing of %j', async (content) => {
    const { code, out, err } = await lint([fileOf(content)]);

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/typed\.json: .+\n$/);
  });
});
