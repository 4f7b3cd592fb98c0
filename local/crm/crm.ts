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
  /** The next answers come so many real milliseconds late, or are this status; in the order of the calls. */
  next(times: number, fault: CrmFault): void;
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
  const faults: CrmFault[] = [];
  const answers: number[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const fault = faults.shift();
    if (fault?.kind === 'slow') await pause(fault.delayMs);
    const [status, body] = fault?.kind === 'status' ? [fault.status, {}] : find(request, known, authorization);
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
    next: (times, fault) => void faults.push(...Array.from({ length: times }, () => fault)),
    answers: () => [...answers],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function find(
  request: IncomingMessage,
  known: ReadonlyMap<string, JsonObject>,
  authorization: string,
): readonly [status: number, body: JsonObject] {
  const url = new URL(request.url ?? '/', 'http://crm.local');
  if (request.headers.authorization !== authorization) return [401, {}];
  if (request.method !== 'GET' || url.pathname !== '/customers') return [405, {}];
  const customer = known.get(url.searchParams.get('phone') ?? '');
  return customer === undefined ? [404, {}] : [200, customer];
}
