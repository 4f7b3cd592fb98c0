import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { twilioConfigSchema } from '../../../../cli/twilio/config/config-schema.ts';
import { lintTwilioConfig } from '../../../../cli/twilio/config/lint-config.ts';
import { readTwilioConfig } from '../../../../cli/twilio/config/read-config.ts';
import { rosterWorkers } from '../../../../cli/twilio/config/roster-workers.ts';

const folder = path.resolve(import.meta.dirname, '../../../../config');
const fileText = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
const noRoster = async (): Promise<never> => {
  throw new Error('no roster is named');
};
const read = (file: object) => readTwilioConfig(JSON.stringify({ workspace: { name: 'Support' }, ...file }), noRoster);
const faultsOf = async (text: string): Promise<readonly string[]> =>
  readTwilioConfig(text, noRoster).then(
    () => [],
    (error: unknown) => (error instanceof Error ? error.message : String(error)).split('\n').slice(1),
  );
const faults = (file: object) => faultsOf(JSON.stringify({ workspace: { name: 'Support' }, ...file }));
const workflow = (filters: readonly object[], more: object = { default_filter: { task_queue: 'Gold' } }) => ({
  taskQueues: [{ name: 'Gold' }],
  workflows: [{ name: 'Calls', configuration: { task_routing: { filters, ...more } } }],
});

describe('a configuration of Twilio’s side', () => {
  it('is described to editors by the schema that reads it', () => {
    // After a change of the schema: write what is received here to config/taskrouter.schema.json, and format it.
    expect(JSON.parse(fileText('taskrouter.schema.json'))).toEqual(z.toJSONSchema(twilioConfigSchema, { io: 'input' }));
  });

  it('may say nothing but the workspace’s name', async () => {
    expect(await read({})).toEqual({ workspace: { name: 'Support' } });
  });

  it('is refused with every fault of its shape: where, what was meant, and what is allowed', async () => {
    const found = await faultsOf(
      JSON.stringify({
        workspace: { nam: 'Support', prioritizeQueueOrder: 'fifo' },
        activities: [{ name: 'Lunch', availble: false }],
        taskQueues: [{ name: 'Gold', maxReservedWorkers: 51 }],
        workflows: [
          {
            name: 'Calls',
            assignmentCallbackUrl: 'assign.example.com',
            taskReservationTimeoutSeconds: 0,
            configuration: { task_routing: { filters: [{ targets: [{ priority: 'high' }] }] } },
          },
        ],
        workers: [{ name: 'Jamie', attributes: [] }],
        massaging: {},
      }),
    );

    expect(found).toEqual([
      '- workspace.name: missing; allowed is a text; add it',
      '- workspace.prioritizeQueueOrder is "fifo"; allowed is one of "FIFO", "LIFO"; choose one',
      '- workspace.nam: no key of this file (did you mean name?); allowed are those of taskrouter.schema.json; rename it or take it away',
      '- activities[0].availble: no key of this file (did you mean available?); allowed are those of taskrouter.schema.json; rename it or take it away',
      '- taskQueues[0].maxReservedWorkers is 51; allowed is a whole number from 1 to 50; correct it',
      '- workflows[0].assignmentCallbackUrl is "assign.example.com"; allowed is a URL of http or https, or null for none; correct it',
      '- workflows[0].taskReservationTimeoutSeconds is 0; allowed is a whole number from 1 to 86400; correct it',
      '- workflows[0].configuration.task_routing.filters[0].targets[0].priority is "high"; allowed is a whole number, also as a text; correct it',
      '- workers[0].attributes is []; allowed is an object; correct it',
      '- massaging: no key of this file (did you mean messaging?); allowed are those of taskrouter.schema.json; rename it or take it away',
    ]);
  });

  it('is refused as a whole where it is no JSON', async () => {
    expect(await faultsOf('{"workspace": {,}}')).toEqual([
      '- the file: no JSON; look for a missing or superfluous comma',
    ]);
  });

  it('is refused with every name that is there twice, and every name that nothing has', async () => {
    const found = await faults({
      workspace: { name: 'Support', defaultActivity: 'Ofline', timeoutActivity: 'Lunch' },
      activities: [{ name: 'Offline' }, { name: 'Offline' }],
      taskChannels: [{ uniqueName: 'voice' }, { uniqueName: 'voice' }],
      taskQueues: [{ name: 'Gold', reservationActivity: 'Resting' }],
      workflows: [
        {
          name: 'Calls',
          configuration: {
            task_routing: {
              filters: [
                { targets: [{ task_queue: 'Gould' }, { queue: 'Silver' }, { task_queue: 'Gold', queue: 'Gold' }] },
              ],
              default_filter: { queue: `WQ${'0'.repeat(32)}` },
            },
          },
        },
      ],
    });

    expect(found).toEqual([
      '- activities[1].name is "Offline"; allowed is a name that nothing else of activities has; rename one of the two, or take it away',
      '- taskChannels[1].uniqueName is "voice"; allowed is a uniqueName that nothing else of taskChannels has; rename one of the two, or take it away',
      '- workspace.defaultActivity is "Ofline"; allowed is a name of activities (did you mean Offline?): Offline, Offline; correct it, or add it there',
      '- workspace.timeoutActivity is "Lunch"; allowed is a name of activities: Offline, Offline; correct it, or add it there',
      '- taskQueues[0].reservationActivity is "Resting"; allowed is a name of activities: Offline, Offline; correct it, or add it there',
      '- workflows[0].configuration.task_routing.filters[0].targets[0].task_queue is "Gould"; allowed is a name of taskQueues (did you mean Gold?): Gold; correct it, or add it there',
      '- workflows[0].configuration.task_routing.filters[0].targets[1].queue is "Silver"; allowed is a name of taskQueues: Gold; correct it, or add it there',
      '- workflows[0].configuration.task_routing.filters[0].targets[2]: names its queue more than once; leave one of task_queue, queue, task_queue_sid',
    ]);
  });

  it('is refused where a worker’s attributes are more than TaskRouter takes', async () => {
    // {"notes":"…"} is 12 characters and the notes.
    const worker = (length: number) => ({ workers: [{ name: 'Jamie', attributes: { notes: 'n'.repeat(length) } }] });

    expect(await faults(worker(4084))).toEqual([]);
    expect(await faults(worker(4085))).toEqual([
      '- workers[0].attributes: have 4097 characters as JSON, and TaskRouter allows 4096; shorten them',
    ]);
  });

  it('has its workers from a roster where it names one', async () => {
    const text = JSON.stringify({ workspace: { name: 'Support' }, workers: { roster: 'agents.csv' } });
    const csv = 'worker,phone,team_id\nJamie,+12025550143,T1\nAda Example,,T2\n';

    const { workers } = await readTwilioConfig(text, async (file) => rosterWorkers(file, csv));

    expect(workers).toEqual([
      { name: 'Jamie', attributes: { phone: '+12025550143', team_id: 'T1' } },
      { name: 'Ada Example', attributes: { team_id: 'T2' } },
    ]);
    expect(() => rosterWorkers('agents.csv', 'email,team_id\nada@example.com,T1\n')).toThrow(
      'agents.csv: a column worker is wanted, because workers are known by their names',
    );
  });
});

describe('what is doubtful in a configuration', () => {
  const lint = async (file: object) => lintTwilioConfig(await read(file));

  it('is nothing in the file of the repository', async () => {
    expect(lintTwilioConfig(await readTwilioConfig(fileText('taskrouter.json'), noRoster))).toEqual([]);
  });

  it('is an assignment callback: where nothing answers, nobody gets a task', async () => {
    const workflows = [
      { name: 'Calls', assignmentCallbackUrl: 'https://assign.example.com', fallbackAssignmentCallbackUrl: null },
    ];
    expect(await lint({ workflows })).toEqual([
      expect.stringMatching(/^workflows\["Calls"\]\.assignmentCallbackUrl: /),
    ]);
  });

  it('is a queue that no workflow leads to', async () => {
    const file = { ...workflow([]), taskQueues: [{ name: 'Gold' }, { name: 'Silver' }] };
    expect(await lint(file)).toEqual(['taskQueues["Silver"]: no workflow of this file leads to it']);
  });

  it.each(['1==1', ' 1 == 1 ', 'true', ''])(
    'is a filter after one that takes every task by "%s"',
    async (expression) => {
      const targets = [{ task_queue: 'Gold' }];
      const filters = [
        { filter_friendly_name: 'All', expression, targets },
        { filter_friendly_name: 'Late', expression: 'a == 1', targets },
      ];
      expect(await lint(workflow(filters))).toEqual([
        expect.stringMatching(
          /^workflows\["Calls"\]\.filters\["Late"\]: nothing comes here, because filter 1 of 2 takes/,
        ),
      ]);
    },
  );

  it('is a target that nothing comes to, and one that is none', async () => {
    const target = { task_queue: 'Gold' };
    expect(await lint(workflow([{ expression: 'a == 1', targets: [{ ...target, timeout: 30 }, target] }]))).toEqual([]);
    expect(await lint(workflow([{ expression: 'a == 1', targets: [target, target] }]))).toEqual([
      expect.stringMatching(/filters\[0\]\.targets\[1\]: nothing comes here/),
    ]);
    expect(await lint(workflow([{ expression: 'a == 1', targets: [] }]))).toEqual([
      expect.stringMatching(/filters\[0\]: it has no target/),
    ]);
  });

  it('is a workflow without a default, a slip of a key, and a hyphen in a channel’s name', async () => {
    expect(await lint(workflow([{ targets: [{ task_queue: 'Gold', prioritty: 1 }] }], {}))).toEqual([
      expect.stringMatching(/^workflows\["Calls"\]: without default_filter/),
      expect.stringMatching(/targets\[0\]\.prioritty: .*did you mean priority\?/),
    ]);
    expect(await lint({ taskChannels: [{ uniqueName: 'follow-up' }] })).toEqual([
      expect.stringMatching(/^taskChannels\["follow-up"\]: Twilio warns of hyphens/),
    ]);
  });

  it('is a secret among a worker’s attributes, and two workers with one number', async () => {
    const found = await lint({
      workers: [
        { name: 'Jamie', attributes: { phone: '+12025550143', api_secret: 'hush-hush' } },
        { name: 'Ada', attributes: { phone: '+1 (202) 555-0143' } },
      ],
    });
    expect(found).toEqual([
      expect.stringMatching(/^workers: Jamie\.api_secret: This looks like a credential/),
      expect.stringMatching(/^workers: Jamie\.phone: Ada has the same number/),
      expect.stringMatching(/^workers: Ada\.phone: Jamie has the same number/),
    ]);
    expect(JSON.stringify(found)).not.toContain('hush-hush');
  });
});
