/**
 * The test events of Event Streams that were delivered here, by the ids that Twilio, or whoever else can sign, gave them.
 * One record; every change is conditional on the version that was read.
 */
export interface SinkTests {
  readonly version: number;
  /** The last of them, the oldest first. */
  readonly tests: readonly SinkTest[];
}

export interface SinkTest {
  readonly testId: string;
  readonly receivedAt: Date;
  /** As the request had it, cut to 100 characters. */
  readonly contentType: string;
}

const mostTests = 20;
const longestContentType = 100;

/** Undefined where it is there already: a test may be delivered more than once. */
export function withSinkTest(before: SinkTests | undefined, test: SinkTest): SinkTests | undefined {
  const { version, tests } = before ?? { version: 0, tests: [] };
  if (tests.some(({ testId }) => testId === test.testId)) return undefined;
  const kept = { ...test, contentType: test.contentType.slice(0, longestContentType) };
  return { version, tests: [...tests, kept].slice(-mostTests) };
}
