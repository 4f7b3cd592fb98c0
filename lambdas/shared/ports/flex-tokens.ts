/** Whom a Flex token stands for. */
export interface FlexUser {
  readonly identity: string;
  /** As Flex names them: `admin`, `supervisor`, `agent`, `wfo.data_analyst`, … */
  readonly roles: readonly string[];
  readonly workerSid?: string;
  /** Flex's own id of the user, `FU…`, where Twilio gives one. */
  readonly flexUserSid?: string;
  readonly expiresAt?: Date;
}

export type CheckedFlexToken = { readonly kind: 'valid'; readonly user: FlexUser } | { readonly kind: 'invalid' };

/**
 * Asks Twilio whether a token that Flex's player sent is good, and whose it is.
 *
 * @throws {RetryableError} when Twilio does not answer: nobody is let in, and nobody is told that the token is bad.
 */
export interface FlexTokens {
  check(token: string): Promise<CheckedFlexToken>;
}
