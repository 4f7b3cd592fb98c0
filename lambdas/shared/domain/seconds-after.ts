/** The moment `seconds` after `at`; negative seconds lie before it. */
export function secondsAfter(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000);
}

/** The earlier of two moments, where the first may not be known. */
export function earlier(one: Date | undefined, other: Date): Date {
  return one === undefined || other < one ? other : one;
}
