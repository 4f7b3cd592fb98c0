/** Thrown by a verb that Twilio would refuse in the present state: a fault of the script that plays the day. */
export class RefusedByTwilioError extends Error {
  override readonly name = 'RefusedByTwilioError';
}
