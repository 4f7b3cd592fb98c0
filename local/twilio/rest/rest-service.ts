import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { RestFaults } from '../faults/rest-faults.ts';
import type { TwilioFault } from '../simulator.ts';
import { errorAnswer, notFound, type Answer } from './answers.ts';
import { refuseStranger, type Credentials } from './authenticate.ts';
import type { RequestLog } from './request-log.ts';
import { readRestRequest, type RestRequest } from './rest-request.ts';
import type { Route } from './route.ts';

export interface RestParts {
  readonly clock: Clock;
  readonly routes: readonly Route[];
  readonly credentials: Credentials;
  readonly faults: RestFaults;
  readonly log: RequestLog;
  readonly sendMedia: (
    request: RestRequest,
    answer: Answer & { kind: 'media' },
    response: ServerResponse,
  ) => Promise<void>;
}

/** Every Twilio host by path: the fault first, then who asks, then the work. */
export function restService(parts: RestParts) {
  return async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRestRequest(incoming);
    const noteStatus = parts.log.note(request, new Date(parts.clock.now()));
    response.once('finish', () => noteStatus(response.statusCode));
    const fault = parts.faults.take(request.method, request.path);
    if (fault?.kind === 'answer') return write(parts, request, faultAnswer(fault), response);
    if (fault?.kind === 'meanwhile' || (fault?.kind === 'interrupt' && fault.when === 'before')) fault.run();
    if (fault?.kind === 'interrupt' && fault.when === 'before') return void response.destroy();

    const answer = answerOf(parts, request);

    if (fault?.kind === 'interrupt') fault.run();
    if (fault?.kind === 'interrupt' || fault?.kind === 'lost-answer') return void response.destroy();
    await write(parts, request, answer, response);
  };
}

function faultAnswer(fault: TwilioFault & { kind: 'answer' }): Answer {
  const code = fault.code ?? (fault.status === 429 ? 20429 : fault.status);
  const headers =
    fault.retryAfterSeconds === undefined ? undefined : { 'Retry-After': String(fault.retryAfterSeconds) };
  return errorAnswer(fault.status, code, fault.status === 429 ? 'Too Many Requests' : 'Service unavailable', headers);
}

function answerOf({ routes, credentials }: RestParts, request: RestRequest): Answer {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const onPath = routes.filter((one) => one.path.test(request.path));
  const found = onPath.find((one) => one.method === method);
  const refused =
    found?.refuse === undefined
      ? refuseStranger(request.authorization, credentials)
      : found.refuse(request, credentials);
  if (refused !== undefined) return refused;
  if (found === undefined)
    return onPath.length > 0 ? errorAnswer(405, 20004, 'Method not allowed') : notFound(request.path);
  const wanted = found.contentType ?? 'application/x-www-form-urlencoded';
  if (request.method === 'POST' && request.contentType !== wanted)
    return errorAnswer(415, 20001, `Supported content types: ${wanted}`);
  return found.handle(request, (found.path.exec(request.path) ?? []).slice(1));
}

async function write(parts: RestParts, request: RestRequest, answer: Answer, response: ServerResponse): Promise<void> {
  switch (answer.kind) {
    case 'media':
      return parts.sendMedia(request, answer, response);
    case 'empty':
      return void response.writeHead(answer.status, answer.headers).end();
    case 'json': {
      const body = JSON.stringify(answer.json);
      const headers = {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        ...answer.headers,
      };
      response.writeHead(answer.status, headers);
      return void response.end(request.method === 'HEAD' ? undefined : body);
    }
  }
}
