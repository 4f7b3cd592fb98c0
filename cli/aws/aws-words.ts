/** What AWS, or the way to it, said instead of an answer: `AccessDeniedException: User … is not authorized …`. */
export function awsWords(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : typeof cause;
}
