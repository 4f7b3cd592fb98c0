import type { AsideMessage, AsidePlace, Connection, LastAttributes } from '../../../cli/connection.ts';
import type { Installation } from '../../../cli/installation.ts';
import type { Workers } from '../../../lambdas/shared/ports/workers.ts';
import type { Policy } from '../../../lambdas/shared/domain/policy.ts';
import type { InMemoryLedger } from '../../support/ledger/in-memory-ledger.ts';
import type { WorkerName } from '../../../lib/naming.ts';
import { inMemoryArchive } from '../../support/fakes/in-memory-archive.ts';
import type { InMemoryArchive } from '../../support/fakes/in-memory-archive.ts';
import { inMemoryArchiveKeeping } from '../../support/fakes/in-memory-archive-keeping.ts';
import type { InMemoryCalls } from '../../support/fakes/in-memory-calls.ts';
import type { InMemoryConferences } from '../../support/fakes/in-memory-conferences.ts';
import { inMemoryCertificates } from '../../support/fakes/in-memory-certificates.ts';
import type { InMemoryCertificates } from '../../support/fakes/in-memory-certificates.ts';
import { inMemorySubjectIndex } from '../../support/fakes/in-memory-subject-index.ts';
import type { InMemorySubjectIndex } from '../../support/fakes/in-memory-subject-index.ts';
import type { RecordingResource } from '../../../lambdas/shared/ports/recordings.ts';
import { inMemoryArchiveReports } from '../../support/fakes/in-memory-archive-reports.ts';
import { inMemoryRecordingList } from '../../support/fakes/in-memory-recording-list.ts';
import { sids } from '../../support/example-sids.ts';
import { inMemoryWorkers } from '../../support/fakes/in-memory-workers.ts';

export interface FakeConnection extends Connection {
  readonly sent: readonly { readonly queue: WorkerName; readonly body: string }[];
  /** The messages that are still put aside, by place. */
  remaining(): Readonly<Record<string, readonly string[]>>;
  readonly isClosed: () => boolean;
}

const nobodyLooks = async (): Promise<never> => {
  throw new Error('nobody was to look at the installation');
};

const unseenInstallation: Installation = {
  linkKeyIds: nobodyLooks,
  recordingKeys: nobodyLooks,
  calabrioSecret: { current: nobodyLooks, fresh: nobodyLooks },
  calabrioUrl: undefined,
  isVersioned: nobodyLooks,
  canLock: nobodyLooks,
  putAside: nobodyLooks,
};

export function fakeConnection(has: {
  readonly ledger: InMemoryLedger;
  readonly policy?: Policy;
  readonly publicUrl?: string;
  readonly calabrioToken?: string;
  /** Nobody is to read it unless given. */
  readonly twilioSecret?: Connection['twilioSecret'];
  readonly attributes?: LastAttributes;
  /** @default - a workspace without workers */
  readonly workers?: Workers;
  /** @default - an empty bucket */
  readonly archive?: InMemoryArchive;
  /** Nobody is in it unless given; a hash is `<kind>:<value>`. */
  readonly subjectIndex?: InMemorySubjectIndex;
  /** None is there unless given. */
  readonly certificates?: InMemoryCertificates;
  /** What Twilio's account has; nothing unless given. */
  readonly recordings?: () => readonly RecordingResource[];
  /** The calls of Twilio's account; none unless given. */
  readonly calls?: InMemoryCalls;
  /** Its conferences; none unless given. */
  readonly conferences?: InMemoryConferences;
  /** Nobody is to look at it unless given. */
  readonly installation?: Partial<Installation>;
  /** How much waits in every queue, each time it is asked for. */
  readonly queueDepth?: () => number;
  readonly reconcile?: (event: object | undefined) => Promise<unknown>;
  readonly aside?: Readonly<Partial<Record<WorkerName | 'quarantine', readonly AsideMessage[]>>>;
  /** Called after each message that was sent back; may put it aside again. */
  readonly onSent?: (messageId: string, body: string) => void;
}): FakeConnection {
  const aside = new Map(Object.entries(has.aside ?? {}).map(([name, messages]) => [name, [...messages]]));
  const sent: { queue: WorkerName; body: string }[] = [];
  let closed = false;
  const archive = has.archive ?? inMemoryArchive();
  const { versions, isHeld, lockOf } = inMemoryArchiveKeeping(archive.versions, () => new Date('2026-11-20T12:00:00Z'));
  const place = (name: string): AsidePlace => ({
    name,
    async visitAll(visit) {
      const kept: AsideMessage[] = [];
      const waiting = aside.get(name) ?? [];
      // A message that is put aside meanwhile is met too.
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        if ((await visit(next)) === 'leave') kept.push(next);
      }
      aside.set(name, kept);
    },
  });
  const nobodyReads = async (): Promise<never> => {
    throw new Error('nobody was to read the secret');
  };
  const nobodysSecret = { current: nobodyReads, fresh: nobodyReads };
  return {
    name: 'a fake',
    stageName: 'dev',
    ledger: has.ledger,
    inbox: has.ledger,
    controls: has.ledger,
    transcripts: has.ledger,
    subjectIndex: has.subjectIndex ?? inMemorySubjectIndex(),
    subjectHash: { of: async (kind, value) => `${kind}:${value}` },
    archive: { ...archive, versions, isHeld, lockOf },
    erasures: has.ledger.erasures,
    certificates: has.certificates ?? inMemoryCertificates(),
    workers: has.workers ?? inMemoryWorkers(),
    twilioSecret: has.twilioSecret ?? nobodysSecret,
    twilioUrl: undefined,
    installation: { ...unseenInstallation, ...has.installation },
    policy: has.policy,
    publicUrl: has.publicUrl,
    now: () => new Date('2026-11-20T12:00:00Z'),
    async calabrioToken() {
      if (has.calabrioToken === undefined) throw new Error('nobody was to read the secret');
      return has.calabrioToken;
    },
    lastAttributes: async () => has.attributes ?? { kind: 'gone' },
    asidePlaces: (of) => [place(of)],
    async sendBack(queue, body) {
      sent.push({ queue, body });
      const messageId = `sent-${sent.length}`;
      has.onSent?.(messageId, body);
      return messageId;
    },
    reports: inMemoryArchiveReports(archive.versions),
    recordings: { page: (of) => inMemoryRecordingList(has.recordings ?? (() => []), 3).page(sids.account(), of) },
    calls: {
      endsOf: async (sid) => has.calls?.fetch(sids.account(), sid),
      async thatEnded(sid) {
        const fetched = await has.conferences?.fetch(sids.account(), sid);
        return fetched?.kind === 'conference' ? fetched.conference.callSidEnding : undefined;
      },
    },
    queueDepth: async () => has.queueDepth?.() ?? 0,
    reconcile: has.reconcile ?? (async () => ({ resent: 2 })),
    close: async () => void (closed = true),
    sent,
    remaining: () =>
      Object.fromEntries([...aside].map(([name, messages]) => [name, messages.map(({ messageId }) => messageId)])),
    isClosed: () => closed,
  };
}
