import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { checkExchange } from './check-exchange.ts';
import { declaredOperations } from './openapi-files.ts';
import type { DeclaredOperations } from './openapi-files.ts';
import { askUpstream, ConnectionBrokenError, textOf } from './upstream.ts';
import type { UpstreamAnswer } from './upstream.ts';

export interface ContractProxy {
  readonly url: string;
  /** The operations that were asked for and answered with success since the start, by name, in order. */
  operations(): readonly string[];
  /** What did not fit the OpenAPI files, in the order it happened in; noted before the client has its answer. */
  violations(): readonly string[];
  /** Breaks every connection. */
  close(): Promise<void>;
}

/**
 * Stands between a client of Twilio's API and the simulator at `upstream`, passes everything on unchanged, and holds
 * each request and each answer to Twilio's OpenAPI files.
 */
export async function startContractProxy({ upstream }: { readonly upstream: string }): Promise<ContractProxy> {
  const declared = await declaredOperations();
  const reached = new Set<string>();
  const violations: string[] = [];
  const server = createServer((incoming, response) => {
    pass(declared, upstream, { incoming, response, reached, violations }).catch((error: unknown) => {
      // A connection that broke behind the proxy breaks before it; anything else is the proxy's own fault.
      if (!(error instanceof ConnectionBrokenError)) violations.push(`the proxy failed: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy listens on no TCP port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    operations: () => [...reached].toSorted(),
    violations: () => [...violations],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly reached: Set<string>;
  readonly violations: string[];
}

async function pass(
  declared: DeclaredOperations,
  upstream: string,
  { incoming, response, reached, violations }: Exchange,
): Promise<void> {
  const body = await textOf(incoming);
  const checked = await checkExchange(declared, incoming, body, () => askUpstream(upstream, incoming, body));
  violations.push(...checked.facts.map((fact) => `${incoming.method} ${incoming.url}: ${fact}`));
  if (checked.operation !== undefined && checked.answer.status < 400) reached.add(checked.operation);
  await write(checked.answer, response);
}

async function write({ status, headers, body, media }: UpstreamAnswer, response: ServerResponse): Promise<void> {
  response.sendDate = false;
  const { connection: _connection, 'transfer-encoding': _encoding, ...kept } = headers;
  response.writeHead(status, kept);
  if (media === undefined) return void response.end(body);
  await pipeline(media, response).catch((cause: unknown) => {
    throw new ConnectionBrokenError('half the media', { cause });
  });
}
