import { everythingByName, the } from './everything.ts';
import { apply } from './run-twilio.ts';
import { startWiredAccount } from './wired-account.ts';
import type { WiredAccount } from './wired-account.ts';

/*
 * What Twilio's own library shows how to make, resource by resource, and what the guide to outbound messages wants of a
 * workflow: config/taskrouter.json makes it all. (https://www.twilio.com/docs/libraries/reference/twilio-python,
 * https://github.com/twilio-professional-services/function-flex-outbound-sms, read 2026-11)
 */
describe('the example configuration', () => {
  let account: WiredAccount;
  let all: Awaited<ReturnType<typeof everythingByName>>;
  beforeAll(async () => {
    account = await startWiredAccount();
    await apply(account);
    all = await everythingByName(account);
  });
  afterAll(() => account.stop());

  const one = (name: string) => the(all, name);
  const sid = (name: string) => one(name)['sid'];
  const rulesOf = (workflow: string): unknown => JSON.parse(String(one(`workflow/${workflow}`)['configuration']));

  it('makes the workspace "Customer Support" from the template FIFO', () => {
    expect(one('workspace/Customer Support')).toMatchObject({
      multi_task_enabled: true,
      default_activity_name: 'Offline',
      timeout_activity_name: 'Offline',
    });
    // Only that template brings a queue.
    expect(one('task-queue/Sample Queue')).toBeDefined();
  });

  it('makes a workflow with the filter "Gold Tickets" of priority "2", word for word', () => {
    expect(rulesOf('Incoming Call Flow')).toEqual({
      task_routing: {
        filters: [
          {
            friendly_name: 'Gold Tickets',
            expression: "customer_value == 'Gold' AND type == 'ticket'",
            targets: [{ task_queue_sid: sid('task-queue/Gold'), priority: '2' }],
          },
        ],
        default_filter: { task_queue_sid: sid('task-queue/Everyone') },
      },
    });
    // Nobody answers at the URLs that are shown there, and where nobody answers no task is routed.
    expect(one('workflow/Incoming Call Flow')).toMatchObject({
      assignment_callback_url: null,
      fallback_assignment_callback_url: null,
    });
  });

  it('makes an activity "Coffee Break" in which nobody is available', () => {
    expect(one('activity/Coffee Break')).toMatchObject({ available: false });
  });

  it('makes a worker "Jamie" with a phone and two languages', () => {
    expect(JSON.parse(String(one('worker/Jamie')['attributes']))).toEqual({
      phone: '+12025550143',
      languages: ['EN', 'ES'],
    });
  });

  it('makes a queue "Sales" with an activity for reservations and one for assignments', () => {
    expect(one('task-queue/Sales')).toMatchObject({
      reservation_activity_sid: sid('activity/Reserved'),
      assignment_activity_sid: sid('activity/Busy'),
    });
    expect(sid('activity/Reserved')).not.toBe(sid('activity/Busy'));
  });

  it('makes the workflow "Match Worker", by which a task goes to the worker of its number', () => {
    expect(rulesOf('Match Worker')).toEqual({
      task_routing: {
        filters: [
          {
            friendly_name: 'Target Worker Phone',
            expression: 'targetWorkerPhone != null',
            targets: [
              { task_queue_sid: sid('task-queue/Everyone'), expression: 'task.targetWorkerPhone == worker.phone' },
            ],
          },
        ],
        default_filter: { task_queue_sid: sid('task-queue/Everyone') },
      },
    });
  });
});
