import type { Webhook, WebhookAnswer, WebhookSender } from '../../../lambdas/shared/ports/webhook-sender.ts';

/** What the server behind every URL answers: a status, with `Retry-After` where it says so, or nothing at all. */
export type ServerAnswer = { readonly status: number; readonly retryAfterSeconds?: number } | 'nothing';

/** A sender whose posts go nowhere and are kept; it passes the suite in `test/contract/webhooks`. */
export interface InMemoryWebhookSender extends WebhookSender {
  /** Everything ever posted, also what was refused; not what met nobody. */
  readonly posts: readonly Webhook[];
  /** The answers to the next posts, in order; then 204 again. */
  answerNext(...answers: readonly ServerAnswer[]): void;
  /** The answer to every post without one of its own. */
  answerAlways(answer: ServerAnswer): void;
}

export function inMemoryWebhookSender(): InMemoryWebhookSender {
  const posts: Webhook[] = [];
  let next: readonly ServerAnswer[] = [];
  let always: ServerAnswer = { status: 204 };
  return {
    async post(webhook) {
      const [answer = always, ...rest] = next;
      next = rest;
      if (answer === 'nothing') return { kind: 'unanswered', why: 'ECONNREFUSED' };
      posts.push(webhook);
      return answerOf(answer);
    },
    posts,
    answerNext: (...answers) => void (next = [...next, ...answers]),
    answerAlways: (answer) => void (always = answer),
  };
}

function answerOf({ status, retryAfterSeconds }: Exclude<ServerAnswer, 'nothing'>): WebhookAnswer {
  if (status >= 200 && status <= 299) return { kind: 'taken' };
  if (status === 410) return { kind: 'gone' };
  return { kind: 'refused', status, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}
