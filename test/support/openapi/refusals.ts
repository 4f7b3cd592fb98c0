import { jsonOf } from '../../../lambdas/shared/messages/json-text.ts';
import { isRecord } from './operation.ts';

/** The statuses that Twilio refuses with (twilio.com/docs/usage/twilios-response, read 2026-11), and a proxy's of its. */
const STATUSES = new Set([400, 401, 403, 404, 405, 408, 409, 410, 412, 415, 429, 500, 502, 503, 504]);

const PROPERTIES: Readonly<Record<string, 'number' | 'string'>> = {
  code: 'number',
  message: 'string',
  more_info: 'string',
  status: 'number',
};

/**
 * How a refusal differs from Twilio's own, as facts to read. The OpenAPI files describe success alone; that a refusal
 * is JSON of `code`, `message`, `more_info` and `status` is said on twilio.com/docs/usage/twilios-response (read 2026-11).
 */
export function unlikeRefusal(status: number, body: string): readonly string[] {
  if (!STATUSES.has(status)) return [`status ${status} is not one of Twilio's`];
  const said = jsonOf(body);
  if (!isRecord(said)) return ['a refusal is not a JSON object'];
  return [
    ...Object.entries(PROPERTIES)
      .filter(([name, type]) => typeof said[name] !== type)
      .map(([name, type]) => `property ${name} of a refusal is no ${type}`),
    ...Object.keys(said)
      .filter((name) => !(name in PROPERTIES))
      .map((name) => `property ${name} of a refusal is not declared`),
    ...(said['status'] === status ? [] : [`property status of a refusal is not its status ${status}`]),
  ];
}
