import type { JsonObject } from '../json.ts';
import type { Plugin } from '../state/account-records.ts';
import type { World } from '../state/world.ts';
import { notFound } from './answers.ts';
import { isoSeconds } from './iso-seconds.ts';
import { metaPageAnswer } from './paging.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';

const paged = { host: 'https://flex-api.twilio.com', largestPageSize: 1000 };
const base = '/v1/PluginService';

/** Flex's `/v1/PluginService`, reads alone: what is released, and the plug-ins that are in it. */
export function pluginRoutes(world: World): readonly Route[] {
  const configurationSid = world.sids.named('FJ', 'released');
  const plugins = (): readonly Plugin[] => [...world.account.plugins.values()];
  const listed = (path: string, key: string, items: (plugins: readonly Plugin[]) => readonly JsonObject[]): Route => ({
    ...{ method: 'GET', path: new RegExp(`^${base}/${path}$`) },
    handle: (request) => metaPageAnswer(request, key, items(plugins()), paged),
  });
  const one = (path: string, resource: (plugin: Plugin) => JsonObject): Route => ({
    ...{ method: 'GET', path: new RegExp(`^${base}/${path}$`) },
    handle: (request, [name = '']) =>
      answerOf(
        request,
        plugins().find((plugin) => isNamed(plugin, name)),
        resource,
      ),
  });
  return [
    {
      ...{ method: 'GET', path: new RegExp(`^${base}/Releases/(?:Active|${world.sids.named('FK', 'active')})$`) },
      handle: ({ path }) =>
        plugins().length === 0
          ? notFound(path)
          : { kind: 'json', status: 200, json: releaseResource(world, configurationSid) },
    },
    listed(`Configurations/${configurationSid}/Plugins`, 'plugins', (all) =>
      all.map((plugin) => configuredResource(world, configurationSid, plugin)),
    ),
    one(`Configurations/${configurationSid}/Plugins/([^/]+)`, (plugin) =>
      configuredResource(world, configurationSid, plugin),
    ),
    listed('Plugins', 'plugins', (all) => all.map((plugin) => pluginResource(world, plugin))),
    one('Plugins/([^/]+)', (plugin) => pluginResource(world, plugin)),
    {
      ...{ method: 'GET', path: new RegExp(`^${base}/Plugins/([^/]+)/Versions$`) },
      handle(request, [name = '']) {
        const found = plugins().find((plugin) => isNamed(plugin, name));
        if (found === undefined) return notFound(request.path);
        return metaPageAnswer(request, 'plugin_versions', [versionResource(world, found)], paged);
      },
    },
    one('Plugins/([^/]+)/Versions/[^/]+', (plugin) => versionResource(world, plugin)),
  ];
}

/** By SID or by unique name, as Twilio has it. */
const isNamed = ({ sid, uniqueName }: Plugin, name: string): boolean => [sid, uniqueName].includes(name);

function answerOf({ path }: RestRequest, plugin: Plugin | undefined, resource: (plugin: Plugin) => JsonObject) {
  return plugin === undefined ? notFound(path) : ({ kind: 'json', status: 200, json: resource(plugin) } as const);
}

function releaseResource(world: World, configurationSid: string): JsonObject {
  const sid = world.sids.named('FK', 'active');
  return {
    sid,
    account_sid: world.accountSid,
    configuration_sid: configurationSid,
    date_created: isoSeconds(Math.max(...[...world.account.plugins.values()].map((plugin) => plugin.createdAtMs))),
    url: `${paged.host}${base}/Releases/${sid}`,
  };
}

function configuredResource(world: World, configurationSid: string, plugin: Plugin): JsonObject {
  return {
    account_sid: world.accountSid,
    configuration_sid: configurationSid,
    plugin_sid: plugin.sid,
    plugin_version_sid: plugin.versionSid,
    phase: 3,
    plugin_url: plugin.url,
    unique_name: plugin.uniqueName,
    friendly_name: plugin.friendlyName,
    description: plugin.description,
    plugin_archived: false,
    version: plugin.version,
    changelog: plugin.changelog,
    plugin_version_archived: false,
    private: false,
    date_created: isoSeconds(plugin.createdAtMs),
    url: `${paged.host}${base}/Configurations/${configurationSid}/Plugins/${plugin.sid}`,
  };
}

function pluginResource(world: World, plugin: Plugin): JsonObject {
  const url = `${paged.host}${base}/Plugins/${plugin.sid}`;
  return {
    sid: plugin.sid,
    account_sid: world.accountSid,
    unique_name: plugin.uniqueName,
    friendly_name: plugin.friendlyName,
    description: plugin.description,
    archived: false,
    date_created: isoSeconds(plugin.createdAtMs),
    date_updated: isoSeconds(plugin.createdAtMs),
    url,
    links: { plugin_versions: `${url}/Versions` },
  };
}

function versionResource(world: World, plugin: Plugin): JsonObject {
  return {
    sid: plugin.versionSid,
    account_sid: world.accountSid,
    plugin_sid: plugin.sid,
    version: plugin.version,
    plugin_url: plugin.url,
    changelog: plugin.changelog,
    private: false,
    archived: false,
    validated: false,
    date_created: isoSeconds(plugin.createdAtMs),
    url: `${paged.host}${base}/Plugins/${plugin.sid}/Versions/${plugin.versionSid}`,
  };
}
