import { timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { jsonOf } from '../lambdas/shared/messages/json-text.ts';
import { taskSid } from '../lambdas/shared/domain/sids.ts';
import type { TaskSid } from '../lambdas/shared/domain/sids.ts';

/** What a running local cloud does for the operator's commands beyond AWS's own interfaces. */
export interface ControlVerbs {
  /** Invokes reconcile once, with this event, and waits for its end. */
  reconcile(event: unknown): Promise<unknown>;
  /** The attributes of the task as Twilio last had them, also after it deleted the task. */
  lastAttributes(
    sid: TaskSid,
  ): { readonly kind: 'at-twilio' | 'as-last-seen'; readonly attributes: string } | undefined;
}

export interface ControlServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the verbs on 127.0.0.1 to whoever knows the token; everybody else sees 404, as for a path that is not there. */
export async function startControlServer(verbs: ControlVerbs, token: string): Promise<ControlServer> {
  const server = createServer((request, response) => {
    void answer(verbs, token, request).then(
      ({ status, body }) => respond(response, status, body),
      (error: unknown) => respond(response, 500, { error: error instanceof Error ? error.message : 'unknown' }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the control server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const notFound: Answer = { status: 404, body: {} };

async function answer(verbs: ControlVerbs, token: string, request: IncomingMessage): Promise<Answer> {
  if (!isKnown(request.headers.authorization ?? '', `Bearer ${token}`)) return notFound;
  if (request.method === 'POST' && request.url === '/reconcile')
    return { status: 200, body: (await verbs.reconcile(jsonOf(await text(request)) ?? {})) ?? {} };
  const sid = /^\/tasks\/([^/]+)\/attributes$/.exec(request.url ?? '')?.[1];
  const last = request.method === 'GET' && taskSid.is(sid) ? verbs.lastAttributes(sid) : undefined;
  return last === undefined ? notFound : { status: 200, body: last };
}

function isKnown(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
