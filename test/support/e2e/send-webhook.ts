import { request } from 'node:http';
import type { PipelineRun } from './pipeline-run.ts';

/** A request as a stranger sends it: header names in any case and any number, the body in any bytes. */
export interface SentWebhook {
  readonly route: string;
  /** After the route, with its question mark. */
  readonly query?: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Buffer;
}

/** Sends it to the run's gateway and resolves to the status of the answer. */
export function sendWebhook(
  { cloud }: PipelineRun,
  { route, query = '', headers, body }: SentWebhook,
): Promise<number> {
  const bytes = Buffer.from(body);
  const url = new URL(`${cloud.apiUrl}/${route}${query}`);
  const pairs = [['Host', url.host], ['Content-Length', String(bytes.length)], ...headers];
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: pairs.flat(), agent: false }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('error', reject).end(bytes);
  });
}
