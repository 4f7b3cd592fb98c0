import { apiKeyHeader, type TwilioUnderTest } from './twilio-account.ts';

export interface RestAnswer {
  readonly status: number;
  /** `{}` where there is no body. */
  readonly json: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** Calls of the simulator's REST API by the account's API key; a list among a form's fields is a repeated field. */
export function restCalls({ twilio }: TwilioUnderTest) {
  const send = async (
    method: string,
    path: string,
    more: { readonly body?: string; readonly type?: string; readonly authorization?: string } = {},
  ): Promise<RestAnswer> => {
    const { body, type = 'application/x-www-form-urlencoded', authorization = apiKeyHeader } = more;
    const headers = { authorization, ...(body !== undefined && { 'content-type': type }) };
    const answer = await fetch(`${twilio.url}${path}`, { method, headers, ...(body !== undefined && { body }) });
    const text = await answer.text();
    const json: unknown = text === '' ? {} : JSON.parse(text);
    if (typeof json !== 'object' || json === null) throw new Error(`${method} ${path} answered ${text}`);
    return { status: answer.status, json: { ...json } };
  };
  return {
    get: (path: string, authorization?: string) =>
      send('GET', path, authorization === undefined ? {} : { authorization }),
    post: (path: string, fields: Fields) => send('POST', path, { body: formOf(fields).toString() }),
    postJson: (path: string, json: object) =>
      send('POST', path, { body: JSON.stringify(json), type: 'application/json' }),
    delete: (path: string) => send('DELETE', path),
  };
}

function formOf(fields: Fields): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, values] of Object.entries(fields))
    for (const value of typeof values === 'string' ? [values] : values) form.append(name, value);
  return form;
}

export const textOf = ({ json }: RestAnswer, name: string): string => {
  const value = json[name];
  if (typeof value !== 'string') throw new Error(`${name} is no text in ${JSON.stringify(json)}`);
  return value;
};

/** The SIDs of the items of a list. */
export function sidsOf({ json }: RestAnswer, key: string): readonly unknown[] {
  const items = json[key];
  return Array.isArray(items) ? items.map((item: { readonly sid: string }) => item.sid) : [];
}
