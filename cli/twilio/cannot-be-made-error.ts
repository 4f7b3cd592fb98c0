/** A change that was shown cannot be made as things are by now; the message says what stands in its way. */
export class CannotBeMadeError extends Error {
  override readonly name = 'CannotBeMadeError';
}
