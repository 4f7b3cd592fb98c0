import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../clock.ts';
import type { AwsCall, Fault, Principal } from '../aws-call.ts';
import { AwsError } from '../aws-error.ts';
import type { Answer } from './answer.ts';
import { awsRequest, header, type AwsRequest } from './aws-request.ts';
import { demand, type Caller, type Service, type Work, type WorkContext } from './service.ts';
import { claimedSignature, type ClaimedSignature } from './claimed-signature.ts';
import { proveSignature } from './sigv4.ts';

export interface FrontDoorParts {
  readonly clock: Clock;
  readonly region: string;
  readonly principals: ReadonlyMap<string, Principal>;
  readonly services: Readonly<Record<AwsCall['service'], Service>>;
  readonly preflight: (request: AwsRequest) => Answer;
  /** Headers that go onto every answer to a request for S3, refusals too. */
  readonly corsHeaders: (request: AwsRequest) => Readonly<Record<string, string>>;
  readonly onCall: (call: AwsCall) => Promise<Fault | undefined> | Fault | undefined;
}

/** An answer, or nothing: the connection is broken instead. */
type Ending = Answer | 'break';

/** The one HTTP server: proves who calls, asks policy and faults, lets the service work, and dates every answer by the clock. */
export function frontDoor(parts: FrontDoorParts): { readonly server: Server; close(): Promise<void> } {
  const underWay = new Set<Promise<void>>();
  const closing = new AbortController();
  const take = (incoming: IncomingMessage, response: ServerResponse, sayContinue?: () => void): void => {
    const request = awsRequest(incoming, sayContinue);
    const served = serve(parts, request, response, closing.signal);
    underWay.add(served);
    void served.finally(() => underWay.delete(served));
  };
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (incoming, response) => {
    take(incoming, response);
  });
  server.on('checkContinue', (incoming: IncomingMessage, response: ServerResponse) => {
    take(incoming, response, () => response.writeContinue());
  });
  return {
    server,
    async close() {
      closing.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await Promise.all(underWay);
      await closed;
    },
  };
}

async function serve(
  parts: FrontDoorParts,
  request: AwsRequest,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  let release = parts.clock.busy();
  const left = new AbortController();
  response.on('close', () => left.abort());
  const context: Omit<WorkContext, 'caller'> = {
    gone: AbortSignal.any([left.signal, closing]),
    async waitIdle(wait) {
      release();
      return wait.finally(() => (release = parts.clock.busy()));
    },
  };
  try {
    const ending = await endingOf(parts, request, context);
    if (ending === 'break') response.destroy();
    else await send(parts, request, response, ending);
  } finally {
    release();
  }
}

async function endingOf(
  parts: FrontDoorParts,
  request: AwsRequest,
  context: Omit<WorkContext, 'caller'>,
): Promise<Ending> {
  let service = serviceByShape(parts, request);
  try {
    if (request.method === 'OPTIONS') return parts.preflight(request);
    const claim = claimedSignature(request);
    if (claim === undefined) throw new AwsError(403, 'AccessDenied', 'Access Denied: the request is not signed.');
    service = serviceOf(parts, claim);
    const principal = principalOf(parts, claim);
    const caller: Caller = {
      name: principal.name,
      judge: (call) => principal.authorize?.({ ...call, principal: principal.name }) ?? { allowed: true },
    };
    const work = await service.understand(request, claim, (payloadHash) =>
      proveSignature(request, claim, {
        secretAccessKey: principal.secretAccessKey,
        payloadHash,
        nowEpochMs: parts.clock.now(),
      }),
    );
    for (const call of work.judgesInRun === true ? [] : work.calls) demand(caller, call);
    return await workWithFaults(parts, work, { ...context, caller });
  } catch (error) {
    if (request.incoming.destroyed && !request.incoming.complete) return 'break';
    return service.refuse(asAwsError(error), request);
  }
}

async function workWithFaults(parts: FrontDoorParts, work: Work, context: WorkContext): Promise<Ending> {
  const [call] = work.calls;
  const fault = await parts.onCall({ ...call, principal: context.caller.name });
  if (fault === undefined) return work.run(context);
  switch (fault.kind) {
    case 'error':
      throw new AwsError(fault.status, fault.code, fault.message);
    case 'lost-answer':
      discard(await work.run(context));
      return 'break';
    case 'interrupt':
      if (fault.when === 'after') discard(await work.run(context));
      fault.run();
      return 'break';
  }
}

function serviceOf(parts: FrontDoorParts, claim: ClaimedSignature): Service {
  const found = Object.entries(parts.services).find(([name]) => name === claim.service);
  if (found === undefined || claim.region !== parts.region) {
    const message = `The credential scope ${claim.scope} is not for a service here in ${parts.region}.`;
    throw new AwsError(400, 'AuthorizationHeaderMalformed', message);
  }
  return found[1];
}

function serviceByShape(parts: FrontDoorParts, request: AwsRequest): Service {
  return header(request, 'x-amz-target') === undefined ? parts.services.s3 : parts.services.sqs;
}

function principalOf(parts: FrontDoorParts, claim: ClaimedSignature): Principal {
  const principal = parts.principals.get(claim.accessKeyId);
  if (principal !== undefined) return principal;
  const code = claim.service === 's3' ? 'InvalidAccessKeyId' : 'UnrecognizedClientException';
  throw new AwsError(403, code, `The access key ID ${claim.accessKeyId} does not exist here.`);
}

/** A fault of the stand-in itself is a 500 to the caller, as at AWS, and is shown to whoever runs it. */
function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const shown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`local AWS failed by itself: ${shown}\n`);
  return new AwsError(500, 'InternalError', `The local stand-in failed: ${shown.split('\n')[0]}`, { cause: error });
}

function discard(answer: Answer): void {
  if (answer.body instanceof Readable) answer.body.destroy();
}

async function send(
  parts: FrontDoorParts,
  request: AwsRequest,
  response: ServerResponse,
  answer: Answer,
): Promise<void> {
  if (response.destroyed) return discard(answer);
  const requestId = randomUUID();
  const { body } = answer;
  response.writeHead(answer.status, {
    ...(body instanceof Readable ? {} : { 'content-length': Buffer.byteLength(body) }),
    ...answer.headers,
    ...parts.corsHeaders(request),
    ...(request.holdsBodyBack() ? { connection: 'close' } : {}),
    date: new Date(parts.clock.now()).toUTCString(),
    'x-amz-request-id': requestId,
    'x-amzn-requestid': requestId,
  });
  const done = new Promise<void>((resolve) => response.once('close', resolve).once('finish', resolve));
  if (!(body instanceof Readable)) {
    response.end(body);
    return done;
  }
  // A reader that goes away in the middle is its own affair; the answer cannot be taken back.
  return pipeline(body, response).catch(() => void response.destroy());
}
