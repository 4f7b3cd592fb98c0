import { join } from 'node:path';
import { sids } from '../../../support/example-sids.ts';
import { fileOf, removeFiles, runOffline } from '../run-offline.ts';

const fixture = (name: string): string => join(import.meta.dirname, '..', '..', '..', 'fixtures', 'tasks', name);
afterAll(removeFiles);

/** One rule for each way in which a rule may end. */
const config = {
  name: 'example',
  defaultCountry: 'US',
  rules: [
    { name: 'language', write: 'conversations.language', value: 'task.rd.spoken_language_required' },
    { name: 'outcome', write: 'conversations.outcome', value: "'done'" },
    { name: 'agent', write: 'conversations.conversation_attribute_1', value: 'worker.fullName' },
    { name: 'crm', write: 'conversations.conversation_attribute_2', value: 'customer.segment' },
    { name: 'hang-up', write: 'conversations.hang_up_by', value: 'ending.hangUpBy' },
    { name: 'root', write: 'conversations.conversation_id', value: 'facts.conversationId' },
    { name: 'chat-only', write: 'conversations.case', value: "'chat'", when: "task.medium = 'chat'" },
    { name: 'at-the-end', write: 'conversations.content', value: "'end'", on: ['task.wrapup'] },
    { name: 'nonsense', write: 'conversations.initiative', value: '1 + task.name' },
  ],
};

const event = (changes: object = {}, attributes: object = {}): object => ({
  EventType: 'task.created',
  AccountSid: sids.account(),
  WorkspaceSid: sids.workspace(),
  TimestampMs: '1795161600000',
  TaskSid: sids.task(),
  TaskChannelUniqueName: 'voice',
  TaskAttributes: JSON.stringify({
    call_sid: sids.call(),
    name: 'Ada Example',
    rd: { spoken_language_required: 'es', parent_task_sid: sids.task(9) },
    targetWorker: 'client:ada',
    conversations: { outcome: 'appointment' },
    ...attributes,
  }),
  ...changes,
});

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The lines of the answer that begin with this word. */
const linesOf = ({ out }: Answer, word: string): readonly string[] =>
  out
    .split('\n')
    .filter((line) => line.startsWith(`${word} `))
    .map((line) => line.slice(word.length + 1));

const enrich = (content: unknown, ...options: readonly string[]): Promise<Answer> =>
  runOffline(['enrich', '--dry-run', '--config', fileOf(config), ...options, fileOf(content)]);

describe('enrich --dry-run', () => {
  it('writes nothing by a rule that would never leave its own work alone, as the pipeline does not, and says so', async () => {
    const value = '$sum([attributes.conversations.order, 1])';
    const counting = { name: 'count', write: 'conversations.order', value, overwrite: true };
    const restless = { ...config, rules: [counting, config.rules[0]] };

    const answer = await runOffline(['enrich', '--dry-run', '--config', fileOf(restless), fileOf(event())]);

    expect(linesOf(answer, 'rule')).toContain(
      'count → conversations.order: failed: it wants something else as soon as it sees its own work',
    );
    expect(answer.out).not.toContain('write conversations.order');
    expect(answer.code).toBe(1);
  });

  it('shows the task, every rule’s result and the exact difference', async () => {
    const answer = await enrich(event());

    expect(linesOf(answer, 'task')).toEqual(
      expect.arrayContaining([
        'medium = "voice"',
        'rd.spoken_language_required = "es" from rd.spoken_language_required',
        'targetWorkerUri = "client:ada" from targetWorker',
      ]),
    );
    expect(linesOf(answer, 'rule')).toEqual([
      'language → conversations.language: "es"',
      'outcome → conversations.outcome: "done", what is there stays',
      'agent → conversations.conversation_attribute_1: asked at run time: worker',
      'crm → conversations.conversation_attribute_2: asked at run time: customer',
      'hang-up → conversations.hang_up_by: no value',
      'root → conversations.conversation_id: asked at run time: conversationId',
      'chat-only → conversations.case: its condition does not hold',
      'at-the-end → conversations.content: not on this event',
      expect.stringMatching(/^nonsense → conversations\.initiative: failed: /),
    ]);
    expect(linesOf(answer, 'write')).toEqual([
      expect.stringMatching(/^\d+ → \d+ characters of 4096: it fits$/),
      'conversations.language: nothing → "es"',
    ]);
    expect(answer.code).toBe(1);
  });

  it('counts the characters of the whole text before and after', async () => {
    const before = { rd: { spoken_language_required: 'es' } };
    const after = { rd: { spoken_language_required: 'es' }, conversations: { language: 'es', outcome: 'done' } };
    const sizes = [JSON.stringify(before).length, JSON.stringify(after).length];
    const { rules } = config;

    const answer = await runOffline([
      ...['enrich', '--dry-run', '--json', '--config', fileOf({ ...config, rules: rules.slice(0, 2) })],
      fileOf(before),
    ]);

    expect(JSON.parse(answer.out)).toMatchObject({
      events: [{ characters: { before: sizes[0], after: sizes[1], most: 4096 }, isWritten: true }],
    });
  });

  it('replaces what is there in overwrite alone, and writes nothing in observe', async () => {
    const overwritten = await enrich(event(), '--mode', 'overwrite');
    const observed = await enrich(event(), '--mode', 'observe');

    expect(linesOf(overwritten, 'write')).toContain('conversations.outcome: "appointment" → "done"');
    expect(linesOf(observed, 'write')).toContain('nothing: the mode is observe; this is what fill would write');
    expect(linesOf(observed, 'write')).toContain('conversations.language: nothing → "es"');
  });

  it('judges with what --known says instead of asking', async () => {
    const known = {
      worker: { full_name: 'Grace Agent', rd_auth_token: 'open-sesame' },
      customer: { segment: 'Gold' },
      conversationId: sids.task(3),
    };

    const answer = await enrich(event(), '--known', fileOf(known));

    expect(linesOf(answer, 'write').slice(1)).toEqual([
      'conversations.language: nothing → "es"',
      'conversations.conversation_attribute_1: nothing → "Grace Agent"',
      'conversations.conversation_attribute_2: nothing → "Gold"',
      `conversations.conversation_id: nothing → "${sids.task(3)}"`,
    ]);
    expect(linesOf(answer, 'secret')).toEqual(['left out: worker: rd_auth_token']);
    expect(answer.out).not.toContain('open-sesame');
  });

  it('takes null in --known for nobody, so that nothing is left to ask', async () => {
    const answer = await enrich(event(), '--known', fileOf({ worker: null, customer: null, conversationId: null }));

    expect(answer.out).not.toContain('asked at run time');
    expect(linesOf(answer, 'rule')).toContain('agent → conversations.conversation_attribute_1: no value');
  });

  it('reads the worker of the event, and asks how a call ended only when that can be said', async () => {
    const worker = { WorkerSid: sids.worker(), WorkerAttributes: JSON.stringify({ full_name: 'Grace Agent' }) };

    const accepted = await enrich(event({ EventType: 'reservation.accepted', ...worker }));
    const wrapup = await enrich(event({ EventType: 'reservation.wrapup', ...worker }));

    expect(linesOf(accepted, 'write')).toContain('conversations.conversation_attribute_1: nothing → "Grace Agent"');
    expect(linesOf(accepted, 'rule')).toContain('hang-up → conversations.hang_up_by: no value');
    expect(linesOf(wrapup, 'rule')).toContain('hang-up → conversations.hang_up_by: asked at run time: ending');
  });

  it('says what is too late for Insights', async () => {
    const answer = await enrich(event({ EventType: 'task.completed' }));

    expect(linesOf(answer, 'rule')).toContain('language → conversations.language: too late: Insights has read this');
    expect(linesOf(answer, 'write')).toContain('nothing');
  });

  it('says what the attributes have no room for, and that is no good answer', async () => {
    const filler = 'x'.repeat(4096 - JSON.stringify(JSON.parse(String(Object(event()).TaskAttributes))).length - 20);

    const answer = await enrich(event({}, { filler }));

    expect(linesOf(answer, 'write')).toContain('no room for: conversations.language');
    expect(answer.code).toBe(1);
  });

  it('shows of what looks like a secret the path alone, wherever it is', async () => {
    const answers = await Promise.all(
      [[], ['--json']].map((options) =>
        runOffline([
          ...['enrich', '--dry-run', ...options],
          fileOf([
            event({ WorkerAttributes: '{"rd_auth_token":"hush-1"}' }, { rdJson: { rdChatWidgetKey: 'hush-2' } }),
            event({}, { customers: { api_key: 'hush-3', external_id: 'L-1' } }),
          ]),
        ]),
      ),
    );

    for (const { out } of answers) {
      expect(out).toContain('rdJson.rdChatWidgetKey');
      expect(out).toContain('rd_auth_token');
      expect(out).toContain('customers.api_key');
      expect(out).not.toContain('hush');
    }
  });

  it('does not show a secret that a rule would overwrite', async () => {
    const rules = [{ name: 'key', write: 'team.api_key', value: "'none'", overwrite: true }];

    const answer = await runOffline([
      ...['enrich', '--dry-run', '--config', fileOf({ ...config, rules })],
      fileOf(event({}, { team: { api_key: 'hush' } })),
    ]);

    expect(linesOf(answer, 'write')).toContain('team.api_key: "(looks like a secret)" → "(looks like a secret)"');
    expect(answer.out).not.toContain('hush');
  });

  it('lints the attributes as they would be', async () => {
    const rules = [{ name: 'long', write: 'conversations.content', value: "$pad('', 200, 'x')" }];

    const answer = await runOffline([
      ...['enrich', '--dry-run', '--config', fileOf({ ...config, rules })],
      fileOf(event({}, { conversations: { outcomes: 'done' } })),
    ]);

    expect(linesOf(answer, 'lint')).toEqual([expect.stringMatching(/^error unknown-key conversations\.outcomes /)]);
    expect(linesOf(answer, 'write')).toContain('cut to 128 characters: conversations.content');
    expect(answer.code).toBe(1);
  });

  it('says what Insights would not take of what a rule gives', async () => {
    const rules = [{ name: 'typo', write: 'conversations.outcomes', value: "'done'" }];

    const answer = await runOffline([
      ...['enrich', '--dry-run', '--config', fileOf({ ...config, rules })],
      fileOf(event()),
    ]);

    expect(linesOf(answer, 'rule')).toEqual([
      expect.stringMatching(/^typo → conversations\.outcomes: "done", refused \(unknown-key\)$/),
    ]);
    expect(linesOf(answer, 'write')).toContain('refused: conversations.outcomes (unknown-key)');
    expect(answer.code).toBe(1);
  });

  it('says that nothing is written of attributes that had to be put right first', async () => {
    const answer = await runOffline(['enrich', '--dry-run', fixture('outbound-call-curly-quote.txt')]);

    expect(linesOf(answer, 'note')).toContain('repaired-json: targetWorker');
    const json = await runOffline(['enrich', '--dry-run', '--json', fixture('outbound-call-curly-quote.txt')]);
    expect(JSON.parse(json.out)).toMatchObject({ events: [{ isWritten: false }] });
  });

  it('goes by the stage where nothing else is typed: dev, or the one that is named', async () => {
    const dev = await runOffline(['enrich', '--dry-run', fileOf(event())]);
    const prod = await runOffline(['enrich', '--dry-run', '--stage', 'prod', fileOf(event())]);

    expect(dev.out).toMatch(/^by config\/enrichment\/minimal\.json, mode fill\n/);
    expect(prod.out).toMatch(/^by config\/enrichment\/minimal\.json, mode observe\n/);
    expect(dev.code).toBe(0);
  });

  it('takes a configuration by its name, and the event from standard input', async () => {
    const answer = await runOffline(['enrich', '--dry-run', '--config=property-management', '-'], {
      stdin: JSON.stringify(event()),
    });

    expect(answer.out).toMatch(/^by config\/enrichment\/property-management\.json, mode fill\n/);
    expect(answer.out).toContain(`task.created of ${sids.task()}, 2026-11-20T08:00:00.000Z\n`);
  });

  it('tells of each event of a list, and of those that it can make nothing of', async () => {
    const answer = await runOffline([
      'enrich',
      '--dry-run',
      fileOf([event(), event({ EventType: 'reservation.created' }), event({ TaskSid: 'WT1' })]),
    ]);

    expect(answer.out).toContain('nothing to enrich: the pipeline ignores it: event-type-not-handled\n');
    expect(answer.out).toContain('cannot be read: task.created: its task SID is missing or is not a WT SID\n');
    expect(answer.code).toBe(1);
  });

  it('judges the other lines where one is no JSON, which is named and counted', async () => {
    const line = JSON.stringify(event());

    const answer = await runOffline(['enrich', '--dry-run', fileOf(`${line}\n${line.slice(0, 60)}\n${line}\n`)]);

    expect(answer.code).toBe(1);
    expect(answer.out).toContain('\ncannot be read: line 2: not JSON\n');
    expect(answer.out.match(/^task\.created of /gm)).toHaveLength(2);
    expect(answer.out.endsWith('\n1 of 3 events cannot be read\n')).toBe(true);
  });

  it('shows tables that line up to a person at a terminal', async () => {
    const { out } = await runOffline(['enrich', '--dry-run', fileOf(event())], { isTty: true });

    const table = out.slice(out.indexOf('what would be written')).split('\n').slice(2, 5);
    expect(table).toEqual([
      '  path                    before   after',
      '  ──────────────────────  ───────  ─────',
      '  conversations.language  nothing  "es"',
    ]);
  });

  it('shows no control character raw', async () => {
    const { out } = await enrich(event({}, { name: 'a\u001b[2Jb', rd: { spoken_language_required: 'e\u009bs' } }));

    expect(out).not.toMatch(/[\u001b\u009b]/);
  });

  it('gives programs one object with all of it', async () => {
    const { out } = await enrich(event(), '--json');

    expect(JSON.parse(out)).toMatchObject({
      config: 'example',
      mode: 'fill',
      hipaaMode: false,
      events: [
        {
          kind: 'task',
          event: { type: 'task.created', taskSid: sids.task() },
          task: { medium: 'voice', parentTaskSid: sids.task(9) },
          provenance: { 'rd.spoken_language_required': 'rd.spoken_language_required' },
          askedAtRunTime: ['worker', 'customer', 'conversationId'],
          rules: expect.arrayContaining([
            {
              name: 'language',
              write: 'conversations.language',
              deadline: 'segment',
              kind: 'value',
              value: 'es',
            },
          ]),
          changes: [{ path: 'conversations.language', after: 'es' }],
        },
      ],
    });
  });
});

describe('enrich refuses with 2', () => {
  const path = fixture('inbound-call.json');

  it.each([
    [['enrich', path], 'only the dry run exists'],
    [['enrich', '--dry-run'], 'enrich wants one file'],
    [['enrich', '--dry-run', path, path], 'enrich wants one file'],
    [['enrich', '--dry-run', '/nowhere/event.json'], '/nowhere/event.json cannot be read (ENOENT)'],
    [['enrich', '--dry-run', '--mode', 'write', path], '--mode wants one of observe, fill, overwrite, not "write"'],
    [['enrich', '--dry-run', '--config', 'minimall', path], 'did you mean minimal?'],
    [['enrich', '--dry-run', '--stage', 'qa', path], 'qa'],
  ])('%j', async (typed, message) => {
    const answer = await runOffline(typed);

    expect(answer.code).toBe(2);
    expect(answer.err).toContain(message);
    expect(answer.out).toBe('');
  });

  it('a configuration with faults, naming each', async () => {
    const faulty = fileOf({ ...config, rules: [{ name: 'x', write: 'conversations.segment_link', value: '1' }] });

    const answer = await runOffline(['enrich', '--dry-run', '--config', faulty, path]);

    expect(answer.code).toBe(2);
    expect(answer.err).toContain('conversations.segment_link');
  });

  it.each([
    ['no JSON', 'it is no JSON object'],
    ['{"custmer":{}}', 'no key custmer'],
    ['{"worker":"client:ada"}', 'worker'],
  ])('--known with %s', async (text, message) => {
    const answer = await runOffline(['enrich', '--dry-run', '--known', fileOf(text), path]);

    expect(answer.code).toBe(2);
    expect(answer.err).toContain(message.replace('it is ', ''));
  });
});
