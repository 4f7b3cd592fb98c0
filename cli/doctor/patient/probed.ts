import type { Answer } from './ask.ts';
import type { SinkTest } from '../../../lambdas/shared/domain/sink-tests.ts';

/** What became of a test event behind the gateway. `put-aside`: the quarantine has something more than before. */
export type EndOfTest =
  { readonly kind: 'proved'; readonly test: SinkTest } | { readonly kind: 'put-aside' } | { readonly kind: 'not-come' };

/** What came of a signed request to the gateway; `refused` by the gateway itself. */
export interface Probed {
  readonly answer: Answer;
  readonly end: EndOfTest | { readonly kind: 'refused' };
}
