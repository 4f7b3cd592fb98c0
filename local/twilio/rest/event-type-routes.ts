import type { JsonObject } from '../json.ts';
import { eventTypes, taskRouterSchema, type EventStreamsType } from '../state/event-types.ts';
import { notFound } from './answers.ts';
import { metaPageAnswer } from './paging.ts';
import type { Route } from './route.ts';

const paged = { host: 'https://events.twilio.com', largestPageSize: 1000 };
/** Of every type and schema; Twilio's own days are of no use to anybody here. */
const dated = '2020-08-13T13:28:20Z';

/** `/v1/Types` and `/v1/Schemas` of Event Streams: TaskRouter's. */
export function eventTypeRoutes(): readonly Route[] {
  const { id, latestVersion } = taskRouterSchema;
  const versions = Array.from({ length: latestVersion }, (_none, place) => versionResource(place + 1));
  const schema = `^/v1/Schemas/${id.replace('.', '\\.')}`;
  return [
    {
      method: 'GET',
      path: /^\/v1\/Types$/,
      handle(request) {
        const schemaId = request.query.get('SchemaId');
        const found = eventTypes.filter((one) => schemaId === null || one.schemaId === schemaId);
        return metaPageAnswer(request, 'types', found.map(typeResource), paged);
      },
    },
    {
      method: 'GET',
      path: /^\/v1\/Types\/([^/]+)$/,
      handle({ path }, [name]) {
        const found = eventTypes.find(({ type }) => type === name);
        return found === undefined ? notFound(path) : { kind: 'json', status: 200, json: typeResource(found) };
      },
    },
    {
      method: 'GET',
      path: new RegExp(`${schema}$`),
      handle: () => ({ kind: 'json', status: 200, json: schemaResource }),
    },
    {
      method: 'GET',
      path: new RegExp(`${schema}/Versions$`),
      handle: (request) => metaPageAnswer(request, 'schema_versions', versions, paged),
    },
    {
      method: 'GET',
      path: new RegExp(`${schema}/Versions/(\\d+)$`),
      handle({ path }, [version]) {
        const found = versions[Number(version) - 1];
        return found === undefined ? notFound(path) : { kind: 'json', status: 200, json: found };
      },
    },
  ];
}

const schemaUrl = `${paged.host}/v1/Schemas/${taskRouterSchema.id}`;

function typeResource({ type, schemaId }: EventStreamsType): JsonObject {
  return {
    type,
    schema_id: schemaId,
    status: 'available',
    description: type,
    documentation_url: null,
    date_created: dated,
    date_updated: dated,
    url: `${paged.host}/v1/Types/${type}`,
    links: { schema: `${schemaUrl}/Versions` },
  };
}

const schemaResource: JsonObject = {
  id: taskRouterSchema.id,
  latest_version: taskRouterSchema.latestVersion,
  latest_version_date_created: dated,
  url: schemaUrl,
  links: { versions: `${schemaUrl}/Versions` },
};

const versionResource = (version: number): JsonObject => ({
  id: taskRouterSchema.id,
  schema_version: version,
  date_created: dated,
  url: `${schemaUrl}/Versions/${version}`,
  raw: `https://events-schemas.twilio.com/${taskRouterSchema.id}/${version}`,
});
