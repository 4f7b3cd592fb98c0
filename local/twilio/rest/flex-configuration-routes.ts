import { readJsonObject, type JsonObject } from '../json.ts';
import { notSettable, setFlexConfiguration } from '../state/flex-configuration.ts';
import type { World } from '../state/world.ts';
import { badRequest, type Answer } from './answers.ts';
import { isoSeconds } from './iso-seconds.ts';
import type { Route } from './route.ts';

/** Flex's `/v1/Configuration`: one for the account, written as JSON, in which the account must name itself. */
export function flexConfigurationRoutes(world: World): readonly Route[] {
  const path = /^\/v1\/Configuration$/;
  return [
    { method: 'GET', path, handle: () => answerOf(world) },
    { method: 'POST', path, contentType: 'application/json', handle: ({ body }) => update(world, body) },
  ];
}

/** Every example on Twilio's pages gives `account_sid` (twilio.com/docs/flex/developer/config/flex-configuration-rest-api, read 2026-11). */
function update(world: World, body: string): Answer {
  const changes = readJsonObject(body);
  if (changes === undefined) return badRequest('The body is not a JSON object');
  if (changes['account_sid'] !== world.accountSid) return badRequest('account_sid must be that of the account');
  const refused = notSettable(changes);
  if (refused.length > 0) return badRequest(`Properties that cannot be set: ${refused.join(', ')}`);
  setFlexConfiguration(world.flexConfiguration, changes, world.clock.now());
  return answerOf(world);
}

const answerOf = (world: World): Answer => ({ kind: 'json', status: 200, json: configurationResource(world) });

function configurationResource(world: World): JsonObject {
  const { sids, accountSid, flexConfiguration } = world;
  return {
    taskrouter_workspace_sid: world.workspaceSid,
    taskrouter_offline_activity_sid: sids.named('WA', 'Offline'),
    runtime_domain: 'https://flex.twilio.com',
    messaging_service_instance_sid: sids.named('MG', 'Flex Messaging Service'),
    chat_service_instance_sid: sids.named('IS', 'Flex Chat Service'),
    flex_service_instance_sid: sids.named('IS', 'Flex Service'),
    flex_instance_sid: sids.named('GO', 'Flex'),
    ...flexConfiguration.settings,
    account_sid: accountSid,
    status: 'ok',
    date_created: isoSeconds(flexConfiguration.createdAtMs),
    date_updated: isoSeconds(flexConfiguration.updatedAtMs),
    url: 'https://flex-api.twilio.com/v1/Configuration',
  };
}
