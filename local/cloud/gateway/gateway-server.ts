import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { GatewayAnswer, GatewayRequest, Pairs } from './gateway-request.ts';

type Answer = (request: GatewayRequest) => Promise<GatewayAnswer>;

export interface GatewayServer {
  readonly port: number;
  /** How many requests are being served. */
  readonly serving: () => number;
  /** From now on requests to `/<stage>/…` are answered by this; before, and outside the stage, all are refused. */
  serve(stageName: string, answer: Answer, afterRequest: () => void): void;
  close(): Promise<void>;
}

/** One byte more than API Gateway takes, so that the gateway can tell a body that is too long. */
const MAXIMUM_READ_BYTES = 10 * 1024 * 1024 + 1;

/**
 * API Gateway takes no more than this of request line and header values together, and it cannot be raised; whoever sends
 * more gets an answer of its own, which belongs to no stage and has no header of ours. The limit is documented, the
 * answer is not: status and text are as others have seen them.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html (read 2026-11)
 */
const MAXIMUM_HEAD_BYTES = 10_240;

const tooLargeHead: GatewayAnswer = {
  status: 431,
  headers: [['Content-Type', 'text/plain']],
  body: `HTTP header is larger than ${MAXIMUM_HEAD_BYTES} bytes.`,
};

/** Listens on 127.0.0.1 only. Time does not jump while a request is served; `Date` is the run's. */
export async function startGatewayServer(port: number, clock: Clock): Promise<GatewayServer> {
  let stage: { readonly prefix: string; readonly answer: Answer; readonly afterRequest: () => void } | undefined;
  let serving = 0;
  const forbidden: GatewayAnswer = {
    status: 403,
    headers: [['Content-Type', 'application/json']],
    body: '{"message":"Forbidden"}',
  };

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const release = clock.busy();
    serving += 1;
    try {
      const body = await readBody(message);
      const request = gatewayRequest(message, body, clock.now());
      const inStage = stage && (request.path === stage.prefix || request.path.startsWith(`${stage.prefix}/`));
      const answered = isTooLarge(message)
        ? tooLargeHead
        : stage && inStage
          ? await stage.answer({ ...request, path: request.path.slice(stage.prefix.length) || '/' })
          : forbidden;
      write(response, answered, request, clock.now());
    } finally {
      serving -= 1;
      release();
      stage?.afterRequest();
    }
  };

  const server = createServer((message, response) => void serve(message, response).catch(() => response.destroy()));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    serving: () => serving,
    serve: (stageName, answer, afterRequest) => (stage = { prefix: `/${stageName}`, answer, afterRequest }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isTooLarge({ method = '', url = '', httpVersion, rawHeaders }: IncomingMessage): boolean {
  const requestLine = `${method} ${url} HTTP/${httpVersion}`;
  const values = rawHeaders.filter((_text, index) => index % 2 === 1);
  const headBytes = [requestLine, ...values].reduce((bytes, text) => bytes + Buffer.byteLength(text), 0);
  return headBytes > MAXIMUM_HEAD_BYTES;
}

async function readBody(message: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    if (length < MAXIMUM_READ_BYTES) chunks.push(bytes.subarray(0, MAXIMUM_READ_BYTES - length));
    length += bytes.length;
  }
  return Buffer.concat(chunks);
}

function gatewayRequest(message: IncomingMessage, body: Buffer, receivedAtEpochMs: number): GatewayRequest {
  const [path = '/', query = ''] = (message.url ?? '/').split(/\?(.*)/s);
  const raw = message.rawHeaders;
  const headers: Pairs = raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));
  return {
    method: message.method ?? 'GET',
    path,
    query: [...new URLSearchParams(query)],
    headers,
    body,
    sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
    protocol: `HTTP/${message.httpVersion}`,
    requestId: randomUUID(),
    extendedRequestId: `${randomBytes(11).toString('base64url')}=`,
    receivedAtEpochMs,
  };
}

function write(response: ServerResponse, answer: GatewayAnswer, request: GatewayRequest, epochMs: number): void {
  response.sendDate = false;
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
  response.setHeader('Date', new Date(epochMs).toUTCString());
  response.setHeader('x-amzn-RequestId', request.requestId);
  response.setHeader('x-amz-apigw-id', request.extendedRequestId);
  response.end(answer.body);
}
