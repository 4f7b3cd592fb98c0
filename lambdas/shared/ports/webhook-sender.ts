/** How a target answered. Redirects are not followed and count as `refused`. */
export type WebhookAnswer =
  | { readonly kind: 'taken' }
  /** 410: the target wants no more of these, ever. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly status: number; readonly retryAfterSeconds?: number }
  /** No answer: name not found, address not allowed, connection broken, time over. In words of ours. */
  | { readonly kind: 'unanswered'; readonly why: string };

export interface Webhook {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Posts JSON to somebody else's HTTPS endpoint. Every outcome is an answer; nothing is thrown. */
export interface WebhookSender {
  post(webhook: Webhook): Promise<WebhookAnswer>;
}
