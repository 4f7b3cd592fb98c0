import { RetryableError, ignored } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import { withSinkTest } from '../shared/domain/sink-tests.ts';
import type { SinkTest } from '../shared/domain/sink-tests.ts';
import type { ControlRecords } from '../shared/ports/control-records.ts';

export type SinkTestRecords = Pick<ControlRecords, 'readSinkTests' | 'saveSinkTests'>;

/** A handful of probes at once are the most there are. */
const maxCollisions = 5;

/**
 * Writes down that a test event came through, for whoever waits for its id. A second time it changes nothing.
 *
 * @throws {RetryableError} `ledger-contended` after five collisions.
 */
export async function recordSinkTest(controls: SinkTestRecords, test: SinkTest): Promise<Outcome> {
  for (let collision = 0; collision < maxCollisions; collision += 1) {
    const changed = withSinkTest(await controls.readSinkTests(), test);
    if (changed === undefined || (await controls.saveSinkTests(changed)) === 'saved') return ignored('test-event');
  }
  throw new RetryableError(
    `the record of test events was changed by others ${maxCollisions} times while we tried to: it is left for later`,
    { reason: 'ledger-contended' },
  );
}
