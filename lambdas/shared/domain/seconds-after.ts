/** The moment `seconds` after `at`; negative seconds lie before it. */
export function secondsAfter(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000);
}
