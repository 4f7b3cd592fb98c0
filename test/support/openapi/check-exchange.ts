import type { IncomingMessage } from 'node:http';
import type { IHttpRequest } from '@stoplight/prism-http';
import { jsonOf } from '../../../lambdas/shared/messages/json-text.ts';
import { checkedByPrism } from './checked-by-prism.ts';
import type { DeclaredOperations } from './openapi-files.ts';
import { examplesOf } from './operation.ts';
import type { Operation } from './operation.ts';
import { unlikeRefusal } from './refusals.ts';
import { undeclaredInRequest } from './undeclared-in-request.ts';
import { unlikeDeclared } from './unlike-declared.ts';
import type { UpstreamAnswer } from './upstream.ts';

export interface CheckedExchange {
  /** The name of the operation; undefined where no file has it. */
  readonly operation: string | undefined;
  readonly facts: readonly string[];
  readonly answer: UpstreamAnswer;
}

/**
 * One request and its answer, held to the operation that they belong to.
 *
 * @throws what `send` throws; what is wrong with the request alone is then not told.
 */
export async function checkExchange(
  { operations, nameOf }: DeclaredOperations,
  incoming: IncomingMessage,
  body: string,
  send: () => Promise<UpstreamAnswer>,
): Promise<CheckedExchange> {
  const url = new URL(incoming.url ?? '/', 'http://twilio');
  const headers = singleHeaders(incoming);
  const asked: { answer?: UpstreamAnswer } = {};
  const prism = await checkedByPrism(operations, prismRequest(incoming, url, headers, body), async () => {
    const answer = await send();
    asked.answer = answer;
    return { statusCode: answer.status, headers: singleHeaders(answer), body: bodyOf(answer) };
  });
  const { answer } = asked;
  if (answer === undefined) throw new Error('Prism sent no request');
  if (prism.operation === undefined) return { operation: undefined, facts: ['no OpenAPI file has it'], answer };
  const own = undeclaredInRequest(prism.operation, { query: url.searchParams, headers, body });
  const ofAnswer = incoming.method === 'HEAD' ? [] : inAnswer(prism.operation, answer, prism.ofAnswer);
  return {
    operation: nameOf(prism.operation),
    facts: [
      ...[...prism.ofRequest, ...own].map((fact) => `request: ${fact}`),
      ...ofAnswer.map((fact) => `answer ${answer.status}: ${fact}`),
    ],
    answer,
  };
}

function prismRequest(
  { method = 'GET' }: IncomingMessage,
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
): IHttpRequest {
  const query = [...new Set(url.searchParams.keys())].map((name) => {
    const [first = '', ...others] = url.searchParams.getAll(name);
    return [name, others.length === 0 ? first : [first, ...others]] as const;
  });
  const isJson = headers['content-type']?.startsWith('application/json') === true;
  return {
    // HEAD is GET without the answer's body, and stands in no file.
    method: method === 'POST' ? 'post' : method === 'DELETE' ? 'delete' : 'get',
    url: { path: url.pathname, query: Object.fromEntries(query) },
    headers: { ...headers },
    body: body === '' ? undefined : isJson ? jsonOf(body) : body,
  };
}

function inAnswer(operation: Operation, answer: UpstreamAnswer, byPrism: readonly string[]): readonly string[] {
  const { status, body } = answer;
  const declared = operation.responses.find(({ code }) => code === String(status));
  if (declared === undefined && status >= 300) return unlikeRefusal(status, body);
  const content = declared?.contents?.find(({ mediaType }) => mediaType === 'application/json');
  if (declared !== undefined && content === undefined && body !== '') return ['a body is not declared'];
  return [...byPrism, ...unlikeDeclared(content?.schema, examplesOf(content), jsonOf(body))];
}

/** Of JSON what it says, for the types to be checked; of anything else nothing. */
function bodyOf({ headers, body }: UpstreamAnswer): unknown {
  return headers['content-type']?.startsWith('application/json') === true ? jsonOf(body) : undefined;
}

/** Each header as one text, as Prism wants them. */
function singleHeaders({ headers }: Pick<IncomingMessage, 'headers'>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
