import { faultName } from '../../../lambdas/shared/adapters/http/fault-name.ts';

export interface Question {
  readonly method: 'GET' | 'HEAD' | 'OPTIONS' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** False where the status says enough. @default - true */
  readonly readsBody?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * One request, as whoever is not the pipeline makes it; a redirect is an answer like any other.
 *
 * @throws {NoAnswerError} where nobody answers.
 */
export type Ask = (question: Question) => Promise<Answer>;

/** Nobody answered. Only the host is named: a path may be a key. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

const timeoutMs = 15_000;

export const askByHttp: Ask = async ({ method, url, headers = {}, body, readsBody = true }) => {
  const how: RequestInit = {
    method,
    headers: { ...headers },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  };
  try {
    const answer = await fetch(url, { ...how, ...(body !== undefined && { body }) });
    if (!readsBody) await answer.body?.cancel();
    return { status: answer.status, headers: answer.headers, body: readsBody ? await answer.text() : '' };
  } catch (cause) {
    throw new NoAnswerError(`${new URL(url).host} does not answer: ${faultName(cause)}`, { cause });
  }
};
