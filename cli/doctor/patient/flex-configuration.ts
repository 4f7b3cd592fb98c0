import * as z from 'zod/mini';
import type { TwilioRest } from '../../twilio/twilio-rest.ts';

/** What of Flex's own settings the pipeline depends on; twilio_flex_v1.json of @twilio/cli-core (read 2026-11). */
export interface FlexConfiguration {
  readonly recordsCalls: boolean;
  /** The URL that Flex tells of its own recordings. */
  readonly recordingWebhook: string | undefined;
  readonly workspaceSid: string | undefined;
}

const configuration = z.object({
  call_recording_enabled: z.nullish(z.boolean()),
  call_recording_webhook_url: z.nullish(z.string()),
  taskrouter_workspace_sid: z.nullish(z.string()),
});

export const flexConfigurationUrl = 'https://flex-api.twilio.com/v1/Configuration';

/** @throws {TwilioSaidNoError} for an account without Flex. */
export async function readFlexConfiguration(twilio: TwilioRest): Promise<FlexConfiguration> {
  const said = configuration.parse((await twilio.fetch(flexConfigurationUrl))?.resource ?? {});
  return {
    recordsCalls: said.call_recording_enabled === true,
    recordingWebhook: said.call_recording_webhook_url || undefined,
    workspaceSid: said.taskrouter_workspace_sid ?? undefined,
  };
}
