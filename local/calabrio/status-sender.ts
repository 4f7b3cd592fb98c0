import { Agent } from 'node:http';
import type { Clock } from '../clock.ts';
import { sendRequest } from '../twilio/delivery/send-request.ts';
import type { ContactStatusBody, ContactView, SentStatus, StatusStep } from './simulator.ts';

export interface StatusSender {
  deliverTo(webhook: { readonly url: string; readonly token: string }): void;
  /** Posts it now; resolves to the answer's status. Nothing public says that Calabrio tries again, so this does not. */
  send(body: ContactStatusBody, how?: Pick<StatusStep, 'token'> & { readonly contact?: ContactView }): Promise<number>;
  sent(): readonly SentStatus[];
  settled(): Promise<void>;
  stop(): void;
}

/** How long Calabrio waits for an answer, in real time; nothing public says. */
const timeoutMs = 10_000;

export function statusSender(clock: Clock, tenantId: number): StatusSender {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const sent: SentStatus[] = [];
  const waiters: (() => void)[] = [];
  let webhook: { readonly url: string; readonly token: string } | undefined;
  let onTheWire = 0;
  return {
    deliverTo: (next) => void (webhook = next),
    async send(body, how = {}) {
      if (webhook === undefined) return 0;
      const release = clock.busy();
      onTheWire += 1;
      const text = JSON.stringify(body);
      const at = new Date(clock.now());
      const answer = await sendRequest(
        {
          url: `${webhook.url}/${how.token ?? webhook.token}`,
          headers: { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) },
          body: text,
        },
        agent,
        timeoutMs,
      );
      onTheWire -= 1;
      sent.push({
        at,
        body,
        credential: how.token === undefined ? 'token' : 'wrong-token',
        isOwnTenant: body.tenantId === tenantId,
        ...(how.contact !== undefined && { contact: how.contact }),
        answer,
      });
      release();
      if (onTheWire === 0) for (const done of waiters.splice(0)) done();
      return answer;
    },
    sent: () => [...sent],
    settled: () => (onTheWire === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
    stop: () => agent.destroy(),
  };
}
