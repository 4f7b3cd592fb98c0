import type { Answer } from './ask.ts';
import type { SinkTest } from '../../lambdas/shared/domain/sink-tests.ts';

/** What came of a signed request to the gateway. */
export interface Probed {
  readonly answer: Answer;
  /** Undefined where it did not come out proved in time. */
  readonly proved: SinkTest | undefined;
}
