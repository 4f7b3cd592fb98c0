import { request, type Agent } from 'node:http';
import type { OutgoingRequest } from './twilio-request.ts';

/**
 * The answer's status; 0 when there was none: refused, broken, or later than `timeoutMs` (real milliseconds). Nothing but
 * this machine is ever written to: any other address is one that does not answer.
 */
export function sendRequest(outgoing: OutgoingRequest, agent: Agent, timeoutMs: number): Promise<number> {
  const { protocol, hostname } = new URL(outgoing.url);
  if (protocol !== 'http:' || hostname !== '127.0.0.1') return Promise.resolve(0);
  return new Promise((resolve) => {
    const sent = request(
      outgoing.url,
      { method: 'POST', headers: outgoing.headers, agent, timeout: timeoutMs },
      (answer) => {
        answer.on('error', () => resolve(0));
        answer.on('end', () => resolve(answer.statusCode ?? 0));
        answer.resume();
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.on('error', () => resolve(0));
    sent.end(outgoing.body);
  });
}
