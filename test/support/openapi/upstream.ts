import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** The connection to the upstream, or to the client, ended before its time; to the client it must look the same. */
export class ConnectionBrokenError extends Error {}

export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Read whole, unless it is media: then it is still to be read from `media`. */
  readonly body: string;
  readonly media: IncomingMessage | undefined;
}

/** Sends the request on, byte by byte as it came. @throws {ConnectionBrokenError} */
export async function askUpstream(base: string, incoming: IncomingMessage, body: string): Promise<UpstreamAnswer> {
  const { method, url, headers } = incoming;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = httpRequest(new URL(url ?? '/', base), {
      ...(method !== undefined && { method }),
      headers: { ...headers, host: new URL(base).host, connection: 'close' },
    });
    outgoing.on('error', (cause) => reject(new ConnectionBrokenError('no answer', { cause })));
    outgoing.on('response', resolve);
    const leave = (): void => void outgoing.destroy();
    incoming.socket.once('close', leave);
    outgoing.once('close', () => incoming.socket.off('close', leave));
    outgoing.end(body);
  });
  const { statusCode = 0 } = answer;
  const isMedia = /^(audio|image|video)\//.test(answer.headers['content-type'] ?? '');
  const head = { status: statusCode, headers: answer.headers };
  if (isMedia && method !== 'HEAD') return { ...head, body: '', media: answer };
  return { ...head, body: await textOf(answer), media: undefined };
}

export async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message) chunks.push(Buffer.from(chunk));
  } catch (cause) {
    throw new ConnectionBrokenError('half a message', { cause });
  }
  return Buffer.concat(chunks).toString('utf8');
}
