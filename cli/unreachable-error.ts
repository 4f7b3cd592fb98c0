/** The pipeline cannot be reached from here; the message says what is missing and what to type. */
export class UnreachableError extends Error {
  override readonly name: string = 'UnreachableError';
}
