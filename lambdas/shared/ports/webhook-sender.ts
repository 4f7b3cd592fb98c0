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

/** What a receiver can be sure of: which message this is, when it was sent, and every byte of it. */
export interface SignedParts {
  /** The same on every repeat, so that a receiver can tell one; without a full stop in it. */
  readonly id: string;
  readonly sentAt: Date;
  readonly body: string;
}

/** Signs with the secret that the target's operator has of us. */
export interface WebhookSigner {
  /** The headers that prove the message; undefined while there is no usable secret for a target of this name. */
  sign(targetName: string, parts: SignedParts): Promise<Readonly<Record<string, string>> | undefined>;
}
