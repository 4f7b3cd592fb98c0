import type { ErasureItem, ErasureItemState, ErasureRequest } from '../shared/domain/erasure/erasure-request.ts';
import { PermanentError, done } from '../shared/domain/outcome.ts';
import type { Outcome } from '../shared/domain/outcome.ts';
import { secondsAfter } from '../shared/domain/seconds-after.ts';
import { recordingSid } from '../shared/domain/sids.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import { misrouted, readQueueMessage } from '../shared/messages/queue-message.ts';
import type { EraseSubject } from '../shared/messages/work-message.ts';
import type { MessageContext } from '../shared/ports/message-context.ts';
import { changeRequest, noteItem, readRequest } from './change-request.ts';
import { endErasure } from './end-erasure.ts';
import { eraseMessages } from './erase-messages.ts';
import { eraseRecording } from './erase-recording.ts';
import { eraseTask } from './erase-tasks.ts';
import { eraseTranscript } from './erase-transcript.ts';
import { findEverything } from './find-everything.ts';
import { markRequested } from './mark-requested.ts';
import { mentions } from './mentions.ts';
import type { Because, EraseSubjectNeeds } from './needs.ts';
import { soughtIn, tasksToErase, waitingSids } from './scope.ts';
import { keepCalabrioItems } from './work-items.ts';

/**
 * Until then every function that may have begun before the mark has ended: archive-recording, the longest, has 15 minutes
 * (`lib/function-timeouts.ts`).
 */
const inFlightSeconds = 16 * 60;

/** So long one delivery takes items; what is left then comes with the next, well before the function's time is up. */
const workSeconds = 200;

/** How long whatever brings a delivery to its end may take, retries and all. */
const putOffSeconds = 3600;

/** @throws {PermanentError} for a body that no retry could make readable, and for a route that is another function's. */
export function readEraseSubjectMessage(body: string): EraseSubject {
  const message = readQueueMessage(body);
  if (message.route === 'internal/erase-subject') return message;
  throw misrouted(message, 'erase-subject');
}

/**
 * Goes on with one erasure: finds everything, marks it, takes it all away, and once nobody can be at work on it any more
 * looks again, takes what has come since, and writes the tombstones and the certificate.
 *
 * Every delivery begins at the beginning, and each step finds what is done: one that was killed is taken up by the next.
 * When to come again is the ledger's to say (`dueAt`), never the message's.
 */
export function eraseSubject(
  has: EraseSubjectNeeds,
): (message: EraseSubject, context: MessageContext) => Promise<Outcome> {
  return async ({ erasureId }) => {
    const asked = await putOff(has, erasureId);
    if (asked.state === 'finished') return done;
    for (const hash of asked.subjectHashes) await has.index.addErasure(hash, asked);
    const { request: found, tasks } = await findEverything(has, asked);
    const because: Because = found;
    const waiting = await waitingSids(has, found, tasks);
    const marked = await markAll(has, found, because, waiting);
    await keepCalabrioItems(has, marked, because);
    const isLastLook = has.now() >= quietAt(marked);
    const isAllTaken = await takeItems(has, marked, because, { waiting, isLastLook });
    const taken = await readRequest(has, erasureId);
    if (!isAllTaken) return comeAgain(has, taken, has.now());
    const after = await takeTheRest(has, taken, tasks, because);
    const isOpen = waiting.size > 0 || after.items.some(({ state }) => state.kind === 'open');
    // With something that cannot be taken yet, a call that is on, there is nothing to do but to look again.
    if (isOpen) return comeAgain(has, after, secondsAfter(has.now(), inFlightSeconds));
    // Tasks that became tombstones only now are waited for as well.
    if (!isLastLook || has.now() < quietAt(after)) return comeAgain(has, after, quietAt(after));
    await endErasure(has, after, because);
    return done;
  };
}

/** Before any work: while the message is retried, or when it is parked, reconcile must not send more of it at each run. */
function putOff(has: EraseSubjectNeeds, erasureId: string): Promise<ErasureRequest> {
  const at = has.now();
  return changeRequest(has, erasureId, (request) =>
    request.dueAt !== undefined && request.dueAt <= at
      ? { ...request, dueAt: secondsAfter(at, putOffSeconds) }
      : request,
  );
}

/** What the ledger holds beside the items' records, and the messages that were put aside. */
async function takeTheRest(
  has: EraseSubjectNeeds,
  request: ErasureRequest,
  tasks: readonly TaskRecord[],
  because: Because,
): Promise<ErasureRequest> {
  const ofTasks = await tasksToErase(has, request, tasks);
  for (const task of ofTasks.erasable) await eraseTask(has, task, because);
  // Whom Insights took them for is remembered also of those whose tasks nobody indexed.
  if (ofTasks.kept.length === 0) for (const hash of request.subjectHashes) await has.personalItems.removeIdentity(hash);
  const messages = await eraseMessages(has, mentions(has, soughtIn(request, ofTasks)));
  const isNewlyErased = ofTasks.erasable.some(({ erased }) => erased === undefined);
  return changeRequest(has, request.erasureId, (before) => ({
    ...before,
    ...(isNewlyErased && { markedAt: has.now() }),
    messagesRemoved: before.messagesRemoved + messages.removed,
    messagesKept: messages.kept,
  }));
}

/** When everything is looked at once more: whoever began before the mark has ended then. */
function quietAt({ markedAt, requestedAt }: ErasureRequest): Date {
  return secondsAfter(markedAt ?? requestedAt, inFlightSeconds);
}

/**
 * False when the time was over before all were looked at. What is taken is not looked at again until the last look. One
 * that fails keeps none of the others from going: it is thrown when all were looked at.
 */
async function takeItems(
  has: EraseSubjectNeeds,
  request: ErasureRequest,
  because: Because,
  { waiting, isLastLook }: { readonly waiting: ReadonlySet<string>; readonly isLastLook: boolean },
): Promise<boolean> {
  const endsAt = secondsAfter(has.now(), workSeconds);
  const failures: unknown[] = [];
  for (const { sid, state } of request.items) {
    if (waiting.has(sid) || (state.kind === 'erased' && !isLastLook)) continue;
    if (has.now() > endsAt && failures.length === 0) return false;
    if (has.now() > endsAt) break;
    await eraseItem(has, sid, because).then(
      (now) => noteItem(has, request.erasureId, sid, now),
      (failure: unknown) => void failures.push(failure),
    );
  }
  // What may pass brings the message again; only when nothing else failed does it wait for a person.
  if (failures.length > 0) throw failures.find((failure) => !(failure instanceof PermanentError)) ?? failures[0];
  return true;
}

/** Marks what is not marked yet, and remembers since when all of it is. */
async function markAll(
  has: EraseSubjectNeeds,
  request: ErasureRequest,
  because: Because,
  waiting: ReadonlySet<string>,
): Promise<ErasureRequest> {
  for (const item of request.items) if (!waiting.has(item.sid)) await markRequested(has, item, because);
  return changeRequest(has, request.erasureId, (before) =>
    before.markedAt === undefined ? { ...before, markedAt: has.now() } : before,
  );
}

function eraseItem(has: EraseSubjectNeeds, sid: ErasureItem['sid'], because: Because): Promise<ErasureItemState> {
  return recordingSid.is(sid) ? eraseRecording(has, sid, because) : eraseTranscript(has, sid, because);
}

async function comeAgain(has: EraseSubjectNeeds, { erasureId }: ErasureRequest, dueAt: Date): Promise<Outcome> {
  await changeRequest(has, erasureId, (request) => ({ ...request, state: 'open', dueAt }));
  return done;
}
