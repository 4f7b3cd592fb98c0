import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { JsonObject } from '../twilio/json.ts';

/** The team's own customer data, as a lookup over HTTP meets it. */
export interface Crm {
  /** `http://127.0.0.1:<port>/customers?phone={phone}`, as the customer lookup is told of it. */
  readonly urlTemplate: string;
  /** From now on somebody with this number (E.164) is known; a second call replaces what was known. */
  know(phone: string, customer: JsonObject): void;
  /** The next answers about this number come so many real milliseconds late, or are this status. Infinity for ever. */
  fault(phone: string, times: number, fault: CrmFault): void;
  /** Statuses of the answers so far, oldest first; 0 where nobody waited for one. */
  answers(): readonly number[];
  close(): Promise<void>;
}

export type CrmFault =
  { readonly kind: 'slow'; readonly delayMs: number } | { readonly kind: 'status'; readonly status: number };

interface CrmOptions {
  readonly clock: Clock;
  /** What the Authorization header must be; everybody else is told 401. */
  readonly authorization: string;
}

/** Starts a customer database on 127.0.0.1: 200 with the customer, 404 for a number that nobody has. */
export async function startCrm({ clock, authorization }: CrmOptions): Promise<Crm> {
  const known = new Map<string, JsonObject>();
  const faults = new Map<string, { readonly fault: CrmFault; left: number }>();
  const answers: number[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const phone = phoneIn(request);
    const fault = takeFault(faults.get(phone));
    if (fault?.kind === 'slow') await pause(fault.delayMs);
    const [status, body] =
      fault?.kind === 'status' ? [fault.status, {}] : find(request, known.get(phone), authorization);
    answers.push(response.destroyed ? 0 : status);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const server = createServer((request, response) => {
    response.once('close', clock.busy());
    void answer(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the customer database listens on no TCP port');
  return {
    urlTemplate: `http://127.0.0.1:${address.port}/customers?phone={phone}`,
    know: (phone, customer) => void known.set(phone, customer),
    fault: (phone, times, fault) => void faults.set(phone, { fault, left: times }),
    answers: () => [...answers],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function takeFault(rule: { readonly fault: CrmFault; left: number } | undefined): CrmFault | undefined {
  if (rule === undefined || rule.left <= 0) return undefined;
  rule.left -= 1;
  return rule.fault;
}

function phoneIn(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://crm.local').searchParams.get('phone') ?? '';
}

function find(
  request: IncomingMessage,
  customer: JsonObject | undefined,
  authorization: string,
): readonly [status: number, body: JsonObject] {
  if (request.headers.authorization !== authorization) return [401, {}];
  if (request.method !== 'GET' || !/^\/customers\?/.test(request.url ?? '')) return [405, {}];
  return customer === undefined ? [404, {}] : [200, customer];
}
