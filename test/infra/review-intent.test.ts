import { intentSeconds } from '../../lambdas/create-review-task/review-intent.ts';
import { functionTimeouts } from '../../lib/function-timeouts.ts';

it('an intent to make a review task outlives the run that wrote it, by as long again', () => {
  expect(intentSeconds).toBeGreaterThanOrEqual(2 * functionTimeouts['create-review-task'].toSeconds());
});
