import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call as it came over the wire. */
export interface WireCall {
  /** `SendMessage`, `GetSecretValue`, … */
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What to answer: a JSON body, an AWS error, or a connection that breaks. */
export type WireAnswer =
  | { readonly kind: 'ok'; readonly output: Readonly<Record<string, unknown>> }
  | { readonly kind: 'error'; readonly status: number; readonly code: string; readonly message: string }
  | { readonly kind: 'broken' };

export interface AwsJsonServer {
  /** Settings for an AWS client that talks to this server and tries once. */
  readonly clientSettings: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: number;
  };
  readonly calls: readonly WireCall[];
  close(): Promise<void>;
}

/**
 * Answers the AWS JSON protocols by a function, for what no stand-in of a service does on demand: errors, broken
 * connections, answers with parts missing.
 */
export async function startAwsJsonServer(answer: (call: WireCall) => WireAnswer): Promise<AwsJsonServer> {
  const calls: WireCall[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const call = {
        action: String(request.headers['x-amz-target']).replace(/^.*\./, ''),
        input: objectOf(Buffer.concat(chunks).toString()),
      };
      calls.push(call);
      const said = answer(call);
      if (said.kind === 'broken') return void request.socket.destroy();
      const status = said.kind === 'ok' ? 200 : said.status;
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(said.kind === 'ok' ? said.output : { __type: said.code, message: said.message }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    clientSettings: {
      endpoint: `http://127.0.0.1:${portOf(server.address())}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
      maxAttempts: 1,
    },
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What SendMessage answers: the SDK compares the MD5. */
export function sent(call: WireCall): WireAnswer {
  return { kind: 'ok', output: { MessageId: 'm-sent', MD5OfMessageBody: md5Of(String(call.input['MessageBody'])) } };
}

export function md5Of(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) throw new TypeError(`the call is no JSON object: ${text}`);
  return { ...parsed };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('the server has no port');
  return address.port;
}
