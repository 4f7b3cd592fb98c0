import type { EraseSubjectNeeds } from '../../../lambdas/erase-subject/needs.ts';
import { eraseSubject } from '../../../lambdas/erase-subject/handler.ts';
import type { ErasureRequest } from '../../../lambdas/shared/domain/erasure/erasure-request.ts';
import type { Outcome } from '../../../lambdas/shared/domain/outcome.ts';
import { sids } from '../example-sids.ts';
import { archiveVersions } from '../fakes/archive-versions.ts';
import { inMemoryArchiveEraser } from '../fakes/in-memory-archive-eraser.ts';
import { inMemoryArchiveKeeping } from '../fakes/in-memory-archive-keeping.ts';
import { inMemoryCertificates } from '../fakes/in-memory-certificates.ts';
import { inMemoryConferenceRecords } from '../fakes/in-memory-conferences.ts';
import { inMemoryConversations } from '../fakes/in-memory-conversations.ts';
import { inMemoryIdentityMap, opaqueHash } from '../fakes/in-memory-identity-map.ts';
import { inMemoryQueueReader } from '../fakes/in-memory-queue-reader.ts';
import { inMemoryRecordings } from '../fakes/in-memory-recordings.ts';
import { inMemorySubjectIndex } from '../fakes/in-memory-subject-index.ts';
import { startKiller } from '../journey/killable.ts';
import type { KillAt } from '../journey/killable.ts';
import { inMemoryLedger } from '../ledger/in-memory-ledger.ts';

/** A moment of 20 November 2026, the day of these tests. */
export const at = (time: string): Date => new Date(`2026-11-20T${time}Z`);

export interface ErasureOptions {
  readonly killAt?: KillAt;
  readonly opensGovernance?: boolean;
}

/** Everything that erase-subject reaches, in memory, with a clock that only the test moves. */
export function startErasureWorld({ killAt, opensGovernance = false }: ErasureOptions = {}) {
  let nowMs = at('12:00:00').getTime();
  const now = (): Date => new Date(nowMs);
  const killer = startKiller(killAt);
  const ledger = inMemoryLedger();
  const versions = archiveVersions();
  const identities = inMemoryIdentityMap();
  const conferences = inMemoryConferenceRecords();
  const conversations = inMemoryConversations();
  const recordings = inMemoryRecordings();
  const index = inMemorySubjectIndex();
  const certificates = inMemoryCertificates();
  const deadLetters = inMemoryQueueReader('enrich-task-dead-letters', now);
  const quarantine = inMemoryQueueReader('quarantine', now);
  const eraser = inMemoryArchiveEraser(versions, now);
  const keeping = inMemoryArchiveKeeping(versions, now);
  const measures: Parameters<EraseSubjectNeeds['meter']['measure']>[0][] = [];
  const { effect } = killer;
  const has: EraseSubjectNeeds = {
    ledger: {
      ...ledger,
      saveTask: effect('saveTask', ledger.saveTask),
      saveRecording: effect('saveRecording', ledger.saveRecording),
      addToTimeline: effect('addToTimeline', ledger.addToTimeline),
    },
    transcripts: { ...ledger, saveTranscript: effect('saveTranscript', ledger.saveTranscript) },
    erasures: { ...ledger.erasures, save: effect('saveErasure', ledger.erasures.save) },
    index: { ...index, remove: effect('removeFromIndex', index.remove) },
    subjectHash: { of: async (kind, value) => opaqueHash(kind, value) },
    personalItems: {
      removeIdentity: effect('removeIdentity', async (hash: string) => identities.forget(hash)),
      removeConference: effect('removeConference', async (sid) => conferences.forget(sid)),
      removeInbox: effect('removeInbox', async (alias: string) => ledger.emptyInbox(alias)),
    },
    eraser: { ...eraser, erase: effect('erase', eraser.erase) },
    keeping,
    certificates: { ...certificates, put: effect('putCertificate', certificates.put) },
    recordings: { ...recordings, deleteRecording: effect('deleteRecording', recordings.deleteRecording) },
    conversations: {
      ...conversations,
      deleteConversation: effect('deleteConversation', conversations.deleteConversation),
    },
    putAside: [deadLetters, quarantine].map((queue) => ({ ...queue, remove: effect('removeMessage', queue.remove) })),
    accountSid: sids.account(),
    opensGovernance,
    meter: { measure: (measure) => void measures.push(measure) },
    now,
  };
  const deliver = (erasureId = 'er-1'): Promise<Outcome> => {
    killer.revive();
    const context = { messageId: 'm', receiveCount: 1, sentAt: now(), note: () => undefined, remark: () => undefined };
    return eraseSubject(has)({ v: 1, route: 'internal/erase-subject', erasureId, cause: 'test' }, context);
  };
  return {
    ...{ ledger, versions, identities, conferences, conversations, recordings, index, certificates },
    ...{ deadLetters, quarantine, keeping, measures, has, now, deliver },
    effects: killer.effects,
    wasKilled: () => killer.hasKilled,
    pass: (seconds: number) => void (nowMs += seconds * 1000),
    async ask(changes: Partial<ErasureRequest> = {}): Promise<void> {
      await ledger.erasures.save({
        ...{ erasureId: 'er-1', version: 0, requestedAt: now(), requestedBy: 'operator:grace', why: 'DSR-17' },
        ...{ subjectHashes: [], taskSids: [], taskHashes: [], items: [], messagesRemoved: 0, messagesKept: [] },
        ...{ calabrio: [], state: 'open', dueAt: now() },
        ...changes,
      });
    },
    /** Delivers whenever it is due, as reconcile does, until it rests or a day is over; a killed one comes again a minute later. */
    async run(erasureId = 'er-1'): Promise<ErasureRequest> {
      const endMs = nowMs + 24 * 3600 * 1000;
      for (;;) {
        const request = await ledger.erasures.read(erasureId);
        if (request === undefined) throw new Error(`no erasure ${erasureId}`);
        const { dueAt, state } = request;
        if (state !== 'open' || dueAt === undefined || nowMs > endMs) return request;
        nowMs = Math.max(nowMs, dueAt.getTime());
        await deliver(erasureId).catch(async (error: unknown) => {
          if (!(error instanceof Error && error.name === 'KilledError')) throw error;
          nowMs += 60_000;
          await deliver(erasureId);
        });
      }
    },
  };
}

export type ErasureWorld = ReturnType<typeof startErasureWorld>;
