/**
 * Twilio understood a request of an operator's command and refused it. Its own words are in the message, because an
 * operator has typed what they quote; functions, which log, never repeat them.
 */
export class TwilioSaidNoError extends Error {
  override readonly name = 'TwilioSaidNoError';
  readonly status: number;
  /** Of twilio.com/docs/api/errors; undefined where Twilio gives none. */
  readonly code: number | undefined;
  constructor(
    asked: string,
    said: { readonly status: number; readonly code?: number | undefined; readonly message?: string | undefined },
  ) {
    const code =
      said.code === undefined ? '' : `, error ${said.code}: https://www.twilio.com/docs/api/errors/${said.code}`;
    super(
      `Twilio answered ${asked} with ${said.status}${said.message === undefined ? '' : ` "${said.message}"`}${code}`,
    );
    this.status = said.status;
    this.code = said.code;
  }
}
