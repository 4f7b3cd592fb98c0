import { request as requestByHttp } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request as requestByHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Webhook, WebhookAnswer, WebhookSender } from '../../ports/webhook-sender.ts';
import { resolveBySystem } from '../http/checked-lookup.ts';
import type { Resolve } from '../http/checked-lookup.ts';
import { retryAfterSeconds } from '../http/retry-after.ts';
import { targetAddresses } from '../http/target-address.ts';
import type { AllowedAddresses } from '../http/target-address.ts';
import { whyBroken } from '../http/why-broken.ts';

/** For all of it: name, connection, TLS, request, answer. */
const timeLimitSeconds = 10;

/** So much of an answer's body is read, and dropped, before the connection is cut: only the status counts. */
const mostAnswerBytes = 64 * 1024;

export interface WebhookSenderSettings {
  readonly addresses: AllowedAddresses;
  /** @default the system's resolver */
  readonly resolve?: Resolve;
  /** @default 10 */
  readonly timeoutSeconds?: number;
}

/**
 * Posts to whatever the configuration names, and to nothing inside our own network: the address is checked at the very
 * look-up that the connection uses. Redirects are answers, certificates are verified, connections are not kept.
 */
export function httpsWebhookSender(settings: WebhookSenderSettings): WebhookSender {
  const { addresses, resolve = resolveBySystem, timeoutSeconds = timeLimitSeconds } = settings;
  const { lookup, faultOf } = targetAddresses(addresses, resolve);
  return {
    async post(webhook) {
      if (!URL.canParse(webhook.url)) return unanswered('its URL is none');
      const url = new URL(webhook.url);
      const fault = faultOf(url);
      return fault === undefined ? exchange(url, webhook, { lookup, timeoutSeconds }) : unanswered(fault);
    },
  };
}

function exchange(
  url: URL,
  { headers, body }: Webhook,
  { lookup, timeoutSeconds }: { readonly lookup: LookupFunction; readonly timeoutSeconds: number },
): Promise<WebhookAnswer> {
  const bytes = Buffer.from(body, 'utf8');
  return new Promise((resolve) => {
    const send = url.protocol === 'https:' ? requestByHttps : requestByHttp;
    const signal = AbortSignal.timeout(timeoutSeconds * 1000);
    const request = send(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': bytes.length, 'user-agent': 'flex-task-pipeline' },
      lookup,
      signal,
      agent: false,
    });
    // Once the status is here, nothing that becomes of the rest can change it.
    let answer: WebhookAnswer | undefined;
    request.on('response', (response) => {
      const given = answerOf(response.statusCode ?? 0, response.headers);
      answer = given;
      drop(response, () => resolve(given));
    });
    request.on('error', (cause) => {
      const why = signal.aborted ? `no answer within ${timeoutSeconds} s` : whyBroken(cause);
      resolve(answer ?? unanswered(why));
    });
    request.end(bytes);
  });
}

function drop(response: IncomingMessage, ended: () => void): void {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostAnswerBytes) response.destroy();
  });
  response.on('error', ended);
  response.on('close', ended);
}

function answerOf(status: number, headers: IncomingHttpHeaders): WebhookAnswer {
  if (status >= 200 && status < 300) return { kind: 'taken' };
  if (status === 410) return { kind: 'gone' };
  const seconds = retryAfterSeconds((name) => headers[name]);
  return { kind: 'refused', status, ...(seconds !== undefined && { retryAfterSeconds: seconds }) };
}

function unanswered(why: string): WebhookAnswer {
  return { kind: 'unanswered', why };
}
