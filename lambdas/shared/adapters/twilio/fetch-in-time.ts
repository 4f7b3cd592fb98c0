import { unanswered } from './twilio-failures.ts';
import type { Asked } from './twilio-failures.ts';

/** Work with a signal that ends it after `timeoutSeconds`; work that is done is not ended. */
export async function inTime<Done>(
  timeoutSeconds: number,
  work: (signal: AbortSignal) => Promise<Done>,
): Promise<Done> {
  const abort = new AbortController();
  const late = new DOMException(`not done in ${timeoutSeconds} s`, 'TimeoutError');
  const timer = setTimeout(() => abort.abort(late), timeoutSeconds * 1000);
  return work(abort.signal).finally(() => clearTimeout(timer));
}

/** One exchange; a redirect is an answer like any other. @throws {RetryableError} `twilio-unavailable` */
export async function fetchAnswer(asked: Asked, url: URL, how: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...how, redirect: 'manual' });
  } catch (cause) {
    throw unanswered(asked, cause);
  }
}
