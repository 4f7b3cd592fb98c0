import exampleConfig from '../../../config/taskrouter.json' with { type: 'json' };
import { taskSid } from '../../../lambdas/shared/domain/sids.ts';
import { call, everythingByName, the } from '../../e2e/twilio/everything.ts';
import { actionsOf, apply, plan, runTwilio } from '../../e2e/twilio/run-twilio.ts';
import type { Ran } from '../../e2e/twilio/run-twilio.ts';
import type { WiredAccount } from '../../e2e/twilio/wired-account.ts';
import type { CheckedTwilio } from '../../support/openapi/checked-twilio.ts';
import { fileOf, removeFiles } from '../../unit/cli/run-offline.ts';

/** The operators' commands do to an account all that they ever do. */
export function commandRequests({ checked }: { checked(): WiredAccount & CheckedTwilio }): void {
  const account = (): WiredAccount => {
    const { url, ...under } = checked();
    return { ...under, twilio: { ...under.twilio, url } };
  };

  describe('of twilio plan, apply and export', () => {
    it('make an account as it is configured, and find nothing to do', async () => {
      expect((await plan(account())).code).toBe(2);
      expect((await apply(account())).json.applied).toBe(true);
      expect((await plan(account())).json.changes).toEqual([]);
    });

    it('put right what was changed by hand, and take away what is named', async () => {
      await apply(account());
      const all = await everythingByName(checked());
      const workspace = `/v1/Workspaces/${String(the(all, 'workspace/Customer Support')['sid'])}`;
      const activity = `${workspace}/Activities/${String(the(all, 'activity/Offline')['sid'])}`;
      const changes = [
        [workspace, { PrioritizeQueueOrder: 'LIFO' }],
        [`${workspace}/Activities`, { FriendlyName: 'Coffee' }],
        [`${workspace}/TaskQueues`, { FriendlyName: 'Old queue' }],
        [activity, { FriendlyName: 'Away' }],
      ] as const;
      for (const [path, form] of changes) expect((await call(checked(), 'POST', path, form)).status).toBeLessThan(300);

      const applied = await apply(account(), '--prune', 'activity/Coffee,task-queue/Old queue');

      expect(actionsOf(applied.json.changes)).toEqual(
        expect.arrayContaining(['delete activity/Coffee', 'delete task-queue/Old queue']),
      );
      expect((await plan(account())).json.changes).toEqual([]);
    });

    it('bring events by every way there is, and other events', async () => {
      const wired = (events: object): Promise<Ran> =>
        apply(account(), '--config', fileOf({ ...exampleConfig, workers: [], events }));
      const features = ['voice'];

      const applied = await wired({ transport: 'both', features, flexRecordingWebhook: true });
      const others = await wired({
        transport: 'event-streams',
        features: ['worker-attributes'],
        flexRecordingWebhook: true,
      });

      expect(actionsOf(applied.json.changes).map((action) => action.split('/')[0])).toEqual(
        expect.arrayContaining(['create sink', 'create subscription', 'create flex-recording-webhook']),
      );
      expect([others.code, others.json.changes.map(({ kind }) => kind)]).toEqual([0, ['subscription']]);
      removeFiles();
    });

    it('write the configuration of an account', async () => {
      await apply(account());

      expect((await typed('export', '--with-workers')).code).toBe(0);
    });
  });

  describe('of twilio task', () => {
    it('make a task and cancel it, and complete one that somebody took', async () => {
      const { taskRouter } = checked().twilio;
      await apply(account());
      const make = async (): Promise<string> => {
        const { out } = await typed('task', 'create', '--workflow', 'Sales Calls', '--json');
        return /"sid":"(WT[0-9a-f]{32})"/.exec(out)?.[1] ?? out;
      };
      const taken = taskSid(await make());
      taskRouter.accept(taskRouter.reserve(taken, taskRouter.createWorker({ name: 'Ada', attributes: {} })));

      expect((await typed('task', 'cancel', await make(), '--reason', 'a test', '--yes')).code).toBe(0);
      expect((await typed('task', 'complete', taken, '--reason', 'a test', '--yes')).code).toBe(0);
    });
  });

  const typed = (...words: readonly string[]): Promise<Ran> => runTwilio(account(), words);
}
