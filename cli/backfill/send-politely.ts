import type { CommandNeeds } from '../command.ts';
import type { Connection } from '../connection.ts';
import type { RecordingSid } from '../../lambdas/shared/domain/sids.ts';

/** The queue is asked how deep it is after so many. */
const sentBetweenLooks = 25;
const waitSeconds = 15;

export interface Politeness {
  /** Messages a second. */
  readonly rate: number;
  /** While more than so many wait in the queue, nothing is sent: calls of today come first. */
  readonly mostWaiting: number;
}

/** Sends recordings to archive-recording, no faster than that and not onto a queue that is too deep. */
export function sendPolitely(
  connection: Pick<Connection, 'queueDepth' | 'sendBack'>,
  { pause }: Pick<CommandNeeds, 'pause'>,
  { rate, mostWaiting }: Politeness,
  tell: (text: string) => void,
): (recordingSid: RecordingSid) => Promise<void> {
  let sent = 0;
  const waitForTheQueue = async (): Promise<void> => {
    for (;;) {
      const depth = await connection.queueDepth('archive-recording');
      if (depth <= mostWaiting) return;
      tell(`${depth} messages wait for archive-recording; going on at ${mostWaiting}`);
      await pause(waitSeconds);
    }
  };
  return async (recordingSid) => {
    if (sent % sentBetweenLooks === 0) await waitForTheQueue();
    const message = { v: 1, route: 'internal/archive-recording', recordingSid, foundBy: 'reconcile' } as const;
    await connection.sendBack('archive-recording', JSON.stringify({ ...message, cause: `backfill/${recordingSid}` }));
    sent += 1;
    await pause(1 / rate);
  };
}
