import type { Patient } from './patient.ts';
import { CannotLookError } from '../finding.ts';
import type { CommandNeeds } from '../../command.ts';
import { chosenTwilioConfig } from '../../twilio/config/chosen-config.ts';
import { eventsSection } from '../../twilio/events/section.ts';
import type { SectionPlan } from '../../twilio/section.ts';

/** What `twilio plan --only events` says of the installation, by config/taskrouter.json. */
export async function plannedEvents(
  patient: Patient,
  { typed, readTyped, pause }: Pick<CommandNeeds, 'typed' | 'readTyped' | 'pause'>,
): Promise<SectionPlan> {
  const { connection, accountSid, twilio, twilioClient, stage, publicUrl } = patient;
  const { events } = await chosenTwilioConfig({ typed, readTyped });
  const section = eventsSection({
    account: {
      ...{ accountSid, rest: twilio, client: twilioClient, pipeline: connection, publicUrl: publicUrl() },
      ...{ credentials: 'api-key', credentialsFrom: `the secret of ${connection.name}` },
    },
    ...{ settings: events, typed, pause, prune: [], now: connection.now, tell: () => undefined },
    async workspace() {
      const url = `https://taskrouter.twilio.com/v1/Workspaces/${stage.twilio.workspaceSid}`;
      return (await twilio.fetch(url))?.resource;
    },
  });
  if (section.kind === 'left-out') throw new CannotLookError(section.why);
  return section.plan();
}
