import type { CommandNeeds } from '../command.ts';
import type { Connection } from '../connection.ts';
import type { ErasureRequest } from '../../lambdas/shared/domain/erasure/erasure-request.ts';
import { counted } from '../../local/terminal/words.ts';

const pauseSeconds = 5;

/** Two hours: the 16 minutes, reconcile's schedule, and a call that is still on. Who goes on waiting types `erase status`. */
const mostLooks = 1440;

/** Waits until the erasure rests, showing how far it is; resolves to it as it is then, or as it is after two hours. */
export async function followErasure(
  connection: Connection,
  erasureId: string,
  { progress, pause }: Pick<CommandNeeds, 'progress' | 'pause'>,
): Promise<ErasureRequest> {
  let request = await connection.erasures.read(erasureId);
  for (let look = 1; look < mostLooks && (request === undefined || request.state === 'open'); look += 1) {
    if (request !== undefined) progress.show([progressOf(request, connection.now())]);
    await pause(pauseSeconds);
    request = await connection.erasures.read(erasureId);
  }
  progress.end();
  if (request === undefined)
    throw new TypeError(`erasure ${erasureId} was in the ledger a moment ago and is not any more`);
  return request;
}

function progressOf({ items, dueAt, markedAt }: ErasureRequest, now: Date): string {
  const gone = items.filter(({ state }) => state.kind === 'erased').length;
  const all = counted(items.length, 'recording or transcript', 'recordings and transcripts');
  if (markedAt === undefined || dueAt === undefined || dueAt <= now) return `erase: ${gone} of ${all} gone`;
  return `erase: ${gone} of ${all} gone; looks again at ${dueAt.toISOString()} for what was under way`;
}
