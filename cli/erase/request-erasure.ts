import { randomUUID } from 'node:crypto';
import type { Connection } from '../connection.ts';
import { mostErasureItems } from '../../lambdas/shared/domain/erasure/erasure-request.ts';
import type { ErasureItem, ErasureRequest } from '../../lambdas/shared/domain/erasure/erasure-request.ts';
import type { FoundSubject } from '../../lambdas/shared/steps/find-subject.ts';
import type { WorkMessage } from '../../lambdas/shared/messages/work-message.ts';
import { UsageError } from '../../local/terminal/options.ts';

/**
 * Writes the request into the ledger and sends its message; should the message be lost, reconcile sends another.
 *
 * @throws {UsageError} beyond `mostErasureItems`.
 */
export async function requestErasure(
  connection: Connection,
  found: FoundSubject,
  { who, why }: { readonly who: string; readonly why: string },
): Promise<ErasureRequest> {
  const sids = [
    ...found.recordings.map(({ recordingSid }) => recordingSid),
    ...found.transcripts.map(({ conversationSid }) => conversationSid),
    ...found.unknownSids,
  ];
  if (sids.length > mostErasureItems || found.tasks.length > mostErasureItems)
    throw new UsageError(
      `${sids.length} recordings and transcripts of ${found.tasks.length} tasks: at most ${mostErasureItems} of either ` +
        'go into one erasure; name them task by task with --task',
    );
  const at = connection.now();
  const request: ErasureRequest = {
    erasureId: `${at.toISOString().slice(0, 10)}-${randomUUID().slice(0, 8)}`,
    version: 0,
    requestedAt: at,
    requestedBy: `operator:${who}`,
    why,
    subjectHashes: found.subjectHashes,
    taskSids: found.tasks.map(({ taskSid }) => taskSid),
    taskHashes: [],
    items: sids.map((sid): ErasureItem => ({ sid, state: { kind: 'open' } })),
    messagesRemoved: 0,
    messagesKept: [],
    calabrio: [],
    state: 'open',
    dueAt: at,
  };
  if ((await connection.erasures.save(request)) === 'conflict')
    throw new TypeError(`erasure ${request.erasureId} is there already, which no two of them can be`);
  await sendErasure(connection, request.erasureId);
  return request;
}

/** Has erase-subject take the erasure up now. */
export async function sendErasure(connection: Connection, erasureId: string): Promise<void> {
  const message: WorkMessage = { v: 1, route: 'internal/erase-subject', erasureId, cause: 'operator' };
  await connection.sendBack('erase-subject', JSON.stringify(message));
}
