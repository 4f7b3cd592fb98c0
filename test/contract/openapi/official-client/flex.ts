import { account } from '../../../support/twilio/twilio-account.ts';
import type { Checked } from '../../../support/openapi/checked-twilio.ts';
import { officialClient } from '../../../support/twilio/official-client.ts';

/** All that the simulated Flex serves. */
export function officialFlexRequests({ checked }: Checked): void {
  const flex = () => officialClient(checked().url).flexApi.v1;

  describe('to Flex', () => {
    // It cannot change it: whatever it is given, it sends {"body": …} (twilio 6.2.0).
    it('read the configuration', async () => {
      const url = 'https://calls.example.com/recordings';
      checked().twilio.account.setFlexConfiguration({ call_recording_webhook_url: url });

      expect((await flex().configuration().fetch()).callRecordingWebhookUrl).toBe(url);
    });

    it('read plug-ins, as they are deployed and as they are released', async () => {
      const sid = checked().twilio.account.addPlugin({
        ...{ uniqueName: 'recorder', url: 'https://plugins.example.com/recorder.js', version: '2.0.0' },
      });
      const { plugins, pluginReleases, pluginConfigurations } = flex();
      const { configurationSid } = await pluginReleases('Active').fetch();
      const configured = pluginConfigurations(configurationSid).plugins;
      const [version] = await plugins(sid).pluginVersions.list();

      expect((await configured.list()).map(({ pluginSid }) => pluginSid)).toEqual([sid]);
      expect((await configured(sid).fetch()).version).toBe('2.0.0');
      expect((await plugins.list()).map((one) => one.sid)).toEqual([sid]);
      expect((await plugins(sid).fetch()).uniqueName).toBe('recorder');
      expect(
        (
          await plugins(sid)
            .pluginVersions(version?.sid ?? '')
            .fetch()
        ).version,
      ).toBe('2.0.0');
    });

    it('begin an interaction, look at it, and end its channel', async () => {
      const { taskRouter } = checked().twilio;
      const queueSid = taskRouter.createQueue({ name: 'Everyone' });
      const workflowSid = taskRouter.createWorkflow({ name: 'Match Worker', queue: 'Everyone' });
      const workerSid = taskRouter.createWorker({ name: 'Jamie', attributes: { phone: '+12025550143' } });
      const { interaction } = flex();
      const { sid } = await interaction.create({
        channel: {
          ...{ type: 'sms', initiated_by: 'agent' },
          participants: [{ address: '+12025550187', proxy_address: '+12025550143' }],
        },
        routing: {
          properties: {
            ...{
              workspace_sid: account.workspaceSid,
              workflow_sid: workflowSid,
              queue_sid: queueSid,
              worker_sid: workerSid,
            },
            ...{ task_channel_unique_name: 'sms', attributes: { customers: {} } },
          },
        },
      });
      const [channel] = await interaction(sid).channels.list();
      const one = interaction(sid).channels(channel?.sid ?? '');

      expect((await interaction(sid).fetch()).sid).toBe(sid);
      expect((await one.fetch()).interactionSid).toBe(sid);
      expect(await one.invites.list()).toHaveLength(1);
      expect((await one.participants.list()).map(({ type }) => type)).toContain('customer');
      expect((await one.update({ status: 'closed' })).status).toBe('closed');
    });
  });
}
