import * as z from 'zod/mini';
import type { TwilioRest } from '../../twilio/twilio-rest.ts';

export interface ReleasedPlugin {
  readonly name: string;
  readonly version: string;
}

const service = 'https://flex-api.twilio.com/v1/PluginService';

const release = z.object({ configuration_sid: z.string() });
const configured = z.object({ unique_name: z.string(), version: z.nullish(z.string()) });

/**
 * The plug-ins that agents' browsers load: those of the configuration that is released.
 * (https://www.twilio.com/docs/flex/developer/plugins/api/release, read 2026-11)
 */
export async function releasedPlugins(twilio: TwilioRest): Promise<readonly ReleasedPlugin[]> {
  const active = await twilio.fetch(`${service}/Releases/Active`);
  if (active === undefined) return [];
  const { configuration_sid: configuration } = release.parse(active.resource);
  const plugins = await twilio.list(`${service}/Configurations/${configuration}/Plugins`, 'plugins');
  return plugins.map((one) => {
    const { unique_name: name, version } = configured.parse(one);
    return { name, version: version ?? '' };
  });
}
