import { request, type Agent } from 'node:http';
import type { OutgoingRequest } from './twilio-request.ts';

/** The answer's status; 0 when there was none: refused, broken, or later than `timeoutMs` (real milliseconds). */
export function sendRequest(outgoing: OutgoingRequest, agent: Agent, timeoutMs: number): Promise<number> {
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
