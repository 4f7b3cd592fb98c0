import type { PipelineRun } from './pipeline-run.ts';

/** A message to a customer, as a system of the team asks for it. */
export const goodMessage = { fromNumber: '+12025550143', toName: 'Ada Example', toNumber: '+12025550187' } as const;

interface Asking {
  /** The token of the caller `crm` unless given; null: none. */
  readonly token?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came back, its JSON read. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** `POST /messages/sms` as plain as any program does it; a `body` that is a text is sent as it is. */
export async function askForSms({ cloud, secrets }: PipelineRun, asking: Asking = {}): Promise<Answered> {
  const { token = secrets.smsToken, body = goodMessage, headers = {} } = asking;
  const response = await fetch(`${cloud.apiUrl}/messages/sms`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text === '' ? '{}' : text) };
}
