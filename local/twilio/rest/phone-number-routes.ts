import type { JsonObject } from '../json.ts';
import { rfc2822 } from '../rfc-2822.ts';
import { setPhoneNumber } from '../state/account.ts';
import type { PhoneNumber } from '../state/account-records.ts';
import type { World } from '../state/world.ts';
import { badRequest, notFound, type Answer } from './answers.ts';
import { pageAnswer } from './paging.ts';
import { refuseForm } from './form-checks.ts';
import type { RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';

const urls = ['VoiceUrl', 'VoiceFallbackUrl', 'SmsUrl', 'SmsFallbackUrl', 'StatusCallback'] as const;
const methods = ['VoiceMethod', 'VoiceFallbackMethod', 'SmsMethod', 'SmsFallbackMethod', 'StatusCallbackMethod'];
const applications = ['VoiceApplicationSid', 'SmsApplicationSid', 'TrunkSid'];
/** What of a number can be changed here. */
const fields: readonly string[] = ['FriendlyName', ...urls, ...methods, ...applications];

/** `/2010-04-01/Accounts/{AC}/IncomingPhoneNumbers`: list, fetch, and update of where calls and messages go. */
export function phoneNumberRoutes(world: World): readonly Route[] {
  const base = `^/2010-04-01/Accounts/${world.accountSid}/IncomingPhoneNumbers`;
  const one = (method: 'GET' | 'POST', work: (number: PhoneNumber, form: URLSearchParams) => Answer): Route => ({
    method,
    path: new RegExp(`${base}/(PN[0-9a-f]{32})\\.json$`),
    handle({ path, form }, [sid = '']) {
      const number = world.account.phoneNumbers.get(sid);
      return number === undefined ? notFound(path) : work(number, form);
    },
  });
  return [
    { method: 'GET', path: new RegExp(`${base}\\.json$`), handle: (request) => list(world, request) },
    one('GET', (number) => answerOf(world, number)),
    one('POST', (number, form) => update(world, number, form)),
  ];
}

/** `PhoneNumber` and `FriendlyName` are exact here. */
function list(world: World, request: RestRequest): Answer {
  const [wanted, name] = [request.query.get('PhoneNumber'), request.query.get('FriendlyName')];
  const items = [...world.account.phoneNumbers.values()]
    .filter(({ phoneNumber }) => wanted === null || phoneNumber === wanted)
    .filter((number) => name === null || nameOf(number) === name)
    .map((number) => numberResource(world, number));
  return pageAnswer(request, 'incoming_phone_numbers', items);
}

function update(world: World, number: PhoneNumber, form: URLSearchParams): Answer {
  const refused = refuseForm(form, fields, []);
  if (refused !== undefined) return refused;
  const bad = urls.find((name) => (form.get(name) ?? '') !== '' && !URL.canParse(form.get(name) ?? ''));
  if (bad !== undefined) return badRequest(`${bad} is not a valid URL`);
  setPhoneNumber(world, number, Object.fromEntries(form));
  return answerOf(world, number);
}

const answerOf = (world: World, number: PhoneNumber): Answer => ({
  ...{ kind: 'json', status: 200 },
  json: numberResource(world, number),
});

const nameOf = ({ settings, phoneNumber }: PhoneNumber): string => settings['FriendlyName'] ?? phoneNumber;

function numberResource(world: World, number: PhoneNumber): JsonObject {
  const { settings } = number;
  const orNull = (name: string): string | null => settings[name] || null;
  const method = (name: string): string => settings[name] ?? 'POST';
  return {
    account_sid: world.accountSid,
    sid: number.sid,
    phone_number: number.phoneNumber,
    friendly_name: nameOf(number),
    ...{ address_requirements: 'none', address_sid: null, api_version: '2010-04-01', beta: false },
    capabilities: { voice: true, sms: true, mms: true, fax: false },
    ...{ emergency_status: 'Inactive', emergency_address_sid: null, emergency_address_status: 'unregistered' },
    ...{ identity_sid: null, bundle_sid: null, origin: 'twilio', status: 'in-use', voice_receive_mode: 'voice' },
    sms_application_sid: orNull('SmsApplicationSid'),
    sms_fallback_method: method('SmsFallbackMethod'),
    sms_fallback_url: settings['SmsFallbackUrl'] ?? '',
    sms_method: method('SmsMethod'),
    sms_url: settings['SmsUrl'] ?? '',
    status_callback: settings['StatusCallback'] ?? '',
    status_callback_method: method('StatusCallbackMethod'),
    trunk_sid: orNull('TrunkSid'),
    voice_application_sid: orNull('VoiceApplicationSid'),
    voice_caller_id_lookup: false,
    voice_fallback_method: method('VoiceFallbackMethod'),
    voice_fallback_url: orNull('VoiceFallbackUrl'),
    voice_method: method('VoiceMethod'),
    voice_url: orNull('VoiceUrl'),
    date_created: rfc2822(number.createdAtMs),
    date_updated: rfc2822(number.updatedAtMs),
    uri: `/2010-04-01/Accounts/${world.accountSid}/IncomingPhoneNumbers/${number.sid}.json`,
  };
}
