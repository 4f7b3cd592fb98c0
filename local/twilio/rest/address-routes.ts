import type { JsonObject } from '../json.ts';
import type { AddressConfiguration } from '../state/account-records.ts';
import { createAddressConfiguration } from '../state/address-configurations.ts';
import type { World } from '../state/world.ts';
import { badRequest, errorAnswer, notFound, type Answer } from './answers.ts';
import { autoCreationFields, autoCreationOf } from './auto-creation-form.ts';
import { isoSeconds } from './iso-seconds.ts';
import { metaPageAnswer } from './paging.ts';
import { refuseForm } from './form-checks.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';

const paged = { host: 'https://conversations.twilio.com', largestPageSize: 50 };
const types: readonly string[] = ['sms', 'whatsapp', 'messenger', 'gbm', 'email', 'rcs', 'apple', 'chat'];

/** `/v1/Configuration/Addresses` of Conversations; what they do to a message is up to those who take messages in. */
export function addressRoutes(world: World): readonly Route[] {
  const all = /^\/v1\/Configuration\/Addresses$/;
  const one = (
    method: Route['method'],
    work: (configuration: AddressConfiguration, request: RestRequest) => Answer,
  ): Route => ({
    method,
    path: /^\/v1\/Configuration\/Addresses\/(IG[0-9a-f]{32}|\+[0-9]+)$/,
    handle(request, [name = '']) {
      const found = [...world.addressConfigurations.values()].find(({ sid, address }) => [sid, address].includes(name));
      return found === undefined ? notFound(request.path) : work(found, request);
    },
  });
  return [
    { method: 'GET', path: all, handle: (request) => list(world, request) },
    { method: 'POST', path: all, handle: ({ form }) => create(world, form) },
    one('GET', (configuration) => answerOf(world, configuration)),
    one('POST', (configuration, { form }) => update(world, configuration, form)),
    one('DELETE', ({ sid }) => {
      world.addressConfigurations.delete(sid);
      return { kind: 'empty', status: 204 };
    }),
  ];
}

function list(world: World, request: RestRequest): Answer {
  const type = request.query.get('Type');
  const items = [...world.addressConfigurations.values()]
    .filter((configuration) => type === null || configuration.type === type)
    .map((configuration) => addressResource(world, configuration));
  return metaPageAnswer(request, 'address_configurations', items, paged);
}

function create(world: World, form: URLSearchParams): Answer {
  const required = ['Type', 'Address'];
  const refused = refuseForm(form, [...required, 'FriendlyName', 'AddressCountry', ...autoCreationFields], required);
  if (refused !== undefined) return refused;
  const [type, address] = [(form.get('Type') ?? '').toLowerCase(), form.get('Address') ?? ''];
  if (!types.includes(type)) return badRequest(`Type is none of ${types.join(', ')}`);
  const autoCreation = autoCreationOf(form);
  if (typeof autoCreation === 'string') return badRequest(autoCreation);
  const [friendlyName, addressCountry] = [form.get('FriendlyName'), form.get('AddressCountry')];
  const made = createAddressConfiguration(world, { type, address, friendlyName, addressCountry, autoCreation });
  return made === undefined ? taken : answerOf(world, made, 201);
}

/** That an address has one configuration is by its being fetched by the address too; the code of the refusal is not documented (read 2026-11). */
const taken = errorAnswer(409, 20409, 'An address configuration of this address exists already');

function update(world: World, configuration: AddressConfiguration, form: URLSearchParams): Answer {
  const refused = refuseForm(form, ['FriendlyName', ...autoCreationFields], []);
  if (refused !== undefined) return refused;
  const autoCreation = autoCreationOf(form, configuration.autoCreation);
  if (typeof autoCreation === 'string') return badRequest(autoCreation);
  configuration.autoCreation = autoCreation;
  configuration.friendlyName = form.get('FriendlyName') ?? configuration.friendlyName;
  configuration.updatedAtMs = world.clock.now();
  return answerOf(world, configuration);
}

const answerOf = (world: World, configuration: AddressConfiguration, status = 200): Answer => ({
  ...{ kind: 'json', status },
  json: addressResource(world, configuration),
});

function addressResource(world: World, configuration: AddressConfiguration): JsonObject {
  return {
    account_sid: world.accountSid,
    sid: configuration.sid,
    type: configuration.type,
    address: configuration.address,
    address_country: configuration.addressCountry,
    friendly_name: configuration.friendlyName,
    auto_creation: { ...configuration.autoCreation },
    date_created: isoSeconds(configuration.createdAtMs),
    date_updated: isoSeconds(configuration.updatedAtMs),
    url: `${paged.host}/v1/Configuration/Addresses/${configuration.sid}`,
  };
}
