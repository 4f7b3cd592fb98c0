import { buffer } from 'node:stream/consumers';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { validateRequestWithBody } from 'twilio/lib/webhooks/webhooks.js';
import { withSinkTest } from '../../../../lambdas/shared/domain/sink-tests.ts';
import { answerHttp } from '../../../support/fakes/http-answers.ts';
import type { InMemoryLedger } from '../../../support/ledger/in-memory-ledger.ts';

/** What is wrong with a deployed pipeline, as far as somebody outside meets it. */
export interface FarEndFaults {
  /** The token by which the functions prove; the good one unless given. */
  token?: string;
  /** What the functions believe to be their address; their own unless given. */
  publicUrl?: string;
  /** Media types without a template: 503. */
  unsupported?: readonly string[];
  /** Bytes of this media type are read as Latin-1. */
  mangled?: string;
  /** Nobody works the queue off. */
  stuck?: boolean;
  healthStatus?: number;
  calabrioStatus?: number;
  forgedStatus?: number;
  /** What a caller without a token in force is told. */
  messages?: { readonly status: number; readonly body: string };
  withoutCors?: boolean;
}

/** A pipeline as it looks from outside: a gateway, and a function behind it that proves and writes down test events. */
export interface FarEnd {
  readonly url: string;
  readonly faults: FarEndFaults;
  quarantined(): number;
  waiting(): number;
  close(): Promise<void>;
}

export async function startFarEnd(ledger: InMemoryLedger, goodToken: string, now: () => Date): Promise<FarEnd> {
  const faults: FarEndFaults = {};
  let quarantined = 0;
  let waiting = 0;

  const takeEvent = async (request: IncomingMessage): Promise<number> => {
    const bytes = await buffer(request);
    const type = request.headers['content-type'] ?? '';
    const mediaType = type.split(';')[0] ?? '';
    if (faults.unsupported?.includes(mediaType)) return 503;
    if (faults.stuck) {
      waiting += 1;
      return 204;
    }
    const body = bytes.toString(faults.mangled === mediaType ? 'latin1' : 'utf8');
    const signature = String(request.headers['x-twilio-signature']);
    const signed = `${faults.publicUrl ?? server.url}${request.url}`;
    if (!validateRequestWithBody(faults.token ?? goodToken, signature, signed, body)) {
      quarantined += 1;
      return 204;
    }
    const testId: string = JSON.parse(body)[0].data.test_id;
    const changed = withSinkTest(await ledger.readSinkTests(), { testId, receivedAt: now(), contentType: type });
    if (changed !== undefined) await ledger.saveSinkTests(changed);
    return 204;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '';
    const cors = faults.withoutCors
      ? {}
      : { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'Range' };
    if (path === '/health') response.writeHead(faults.healthStatus ?? 200);
    else if (path.startsWith('/twilio/event-streams')) response.writeHead(await takeEvent(request));
    else if (path === '/messages/sms')
      response.writeHead(faults.messages?.status ?? 401).write(faults.messages?.body ?? '-');
    else if (path === '/twilio/task-events') response.writeHead(204);
    else if (path.startsWith('/calabrio/contact-status/')) response.writeHead(faults.calabrioStatus ?? 200);
    else if (request.method === 'OPTIONS') response.writeHead(204, cors);
    else response.writeHead(faults.forgedStatus ?? 403, cors);
    response.end();
  };
  const server = await answerHttp((request, response) => void answer(request, response));
  return {
    url: server.url,
    faults,
    quarantined: () => quarantined,
    waiting: () => waiting,
    close: () => server.close(),
  };
}
