import type { Checked } from '../../../support/openapi/checked-twilio.ts';
import { officialClient } from '../../../support/twilio/official-client.ts';
import { account } from '../../../support/twilio/twilio-account.ts';

/** All that the simulated TaskRouter serves. */
export function officialTaskRouterRequests({ checked }: Checked): void {
  const taskRouter = () => officialClient(checked().url).taskrouter.v1;
  const workspace = () => taskRouter().workspaces(account.workspaceSid);

  describe('to TaskRouter', () => {
    it('make, change and take away a workspace', async () => {
      const { workspaces } = taskRouter();
      const { sid } = await workspaces.create({ friendlyName: 'Night shift', multiTaskEnabled: true });

      expect((await workspaces(sid).update({ friendlyName: 'Day shift' })).friendlyName).toBe('Day shift');
      expect((await workspaces(sid).fetch()).multiTaskEnabled).toBe(true);
      expect((await workspaces.list({ friendlyName: 'Day shift' })).map((one) => one.sid)).toEqual([sid]);
      expect(await workspaces(sid).remove()).toBe(true);
    });

    it('make, change and take away activities and channels', async () => {
      const { activities, taskChannels } = workspace();
      const break_ = await activities.create({ friendlyName: 'Coffee', available: false });
      const fax = await taskChannels.create({ friendlyName: 'Fax', uniqueName: 'fax' });

      expect((await activities(break_.sid).update({ friendlyName: 'Tea' })).friendlyName).toBe('Tea');
      expect((await activities(break_.sid).fetch()).available).toBe(false);
      expect((await activities.list({ friendlyName: 'Tea' })).map(({ sid }) => sid)).toEqual([break_.sid]);
      expect((await taskChannels(fax.sid).update({ channelOptimizedRouting: true })).channelOptimizedRouting).toBe(
        true,
      );
      expect((await taskChannels('fax').fetch()).sid).toBe(fax.sid);
      expect((await taskChannels.list()).map(({ uniqueName }) => uniqueName)).toContain('fax');
      expect(await activities(break_.sid).remove()).toBe(true);
      expect(await taskChannels(fax.sid).remove()).toBe(true);
    });

    it('make, change and take away queues and workflows', async () => {
      const { taskQueues, workflows } = workspace();
      const queue = await taskQueues.create({ friendlyName: 'Sales', targetWorkers: 'skills HAS "sales"' });
      const configuration = JSON.stringify({ task_routing: { filters: [], default_filter: { queue: queue.sid } } });
      const workflow = await workflows.create({ friendlyName: 'Incoming', configuration });

      expect((await taskQueues(queue.sid).update({ maxReservedWorkers: 5 })).maxReservedWorkers).toBe(5);
      expect((await taskQueues(queue.sid).fetch()).targetWorkers).toBe('skills HAS "sales"');
      expect((await taskQueues.list({ friendlyName: 'Sales' })).map(({ sid }) => sid)).toEqual([queue.sid]);
      expect((await workflows(workflow.sid).update({ taskReservationTimeout: 90 })).taskReservationTimeout).toBe(90);
      expect((await workflows(workflow.sid).fetch()).configuration).toBe(configuration);
      expect((await workflows.list({ friendlyName: 'Incoming' })).map(({ sid }) => sid)).toEqual([workflow.sid]);
      expect(await workflows(workflow.sid).remove()).toBe(true);
      expect(await taskQueues(queue.sid).remove()).toBe(true);
    });

    it('make, change and take away workers and tasks', async () => {
      const { workers, tasks } = workspace();
      const workflowSid = checked().twilio.taskRouter.createWorkflow({ name: 'Incoming', queue: 'Everyone' });
      const ada = await workers.create({ friendlyName: 'ada', attributes: '{"full_name":"Ada Example"}' });
      const task = await tasks.create({ workflowSid, attributes: '{"type":"inbound"}', taskChannel: 'voice' });

      expect((await workers(ada.sid).update({ attributes: '{"full_name":"Ada E."}' })).attributes).toContain('Ada E.');
      expect((await workers(ada.sid).fetch()).friendlyName).toBe('ada');
      expect((await workers.list({ friendlyName: 'ada' })).map(({ sid }) => sid)).toEqual([ada.sid]);
      expect((await tasks(task.sid).update({ attributes: '{"type":"late"}', ifMatch: '*' })).attributes).toContain(
        'late',
      );
      expect((await tasks(task.sid).fetch()).taskChannelUniqueName).toBe('voice');
      expect((await tasks.list({ evaluateTaskAttributes: 'type == "late"' })).map(({ sid }) => sid)).toEqual([
        task.sid,
      ]);
      expect((await tasks(task.sid).update({ assignmentStatus: 'canceled', reason: 'a test' })).reason).toBe('a test');
      expect(await tasks(task.sid).remove()).toBe(true);
      expect(await workers(ada.sid).remove()).toBe(true);
    });
  });
}
