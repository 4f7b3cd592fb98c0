import { frozen } from '../fakes/frozen.ts';
import { inMemoryErasureRequests } from '../fakes/in-memory-erasure-requests.ts';
import type { InMemoryErasureRequests } from '../fakes/in-memory-erasure-requests.ts';
import type { ErasureRequest } from '../../../lambdas/shared/domain/erasure/erasure-request.ts';
import type {
  AliasTargets,
  DayItem,
  DueItem,
  Ledger,
  LedgerSid,
  SaveResult,
  TimelineEntry,
} from '../../../lambdas/shared/ports/ledger.ts';
import { recordingSid, taskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { DeletionControl } from '../../../lambdas/shared/domain/deletion-control.ts';
import { nextDueAt } from '../../../lambdas/shared/domain/next-due.ts';
import { recordingLabel } from '../../../lambdas/shared/domain/recording-label.ts';
import type { BackfillControl } from '../../../lambdas/shared/domain/reconcile/backfill-control.ts';
import type { SweepControl } from '../../../lambdas/shared/domain/reconcile/sweep-control.ts';
import type { SinkTests } from '../../../lambdas/shared/domain/sink-tests.ts';
import type { TargetControl } from '../../../lambdas/shared/domain/report-targets.ts';
import type { ContactInbox, InboxItem } from '../../../lambdas/shared/ports/contact-inbox.ts';
import type { ControlRecords } from '../../../lambdas/shared/ports/control-records.ts';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import type { ConversationSid, RecordingSid, TaskSid } from '../../../lambdas/shared/domain/sids.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import {
  nextTranscriptDueAt,
  transcriptDayAt,
  transcriptLabel,
} from '../../../lambdas/shared/domain/transcript-life.ts';
import type { TranscriptRecord } from '../../../lambdas/shared/domain/transcript-record.ts';
import type { TranscriptRecords } from '../../../lambdas/shared/ports/transcript-records.ts';

/** One record's place in both indexes, as of its last save. */
interface IndexLine {
  readonly sid: LedgerSid;
  readonly dueAt: Date | undefined;
  readonly dayAt: Date;
  readonly label: string;
}

type IndexItem = IndexLine | InboxItem | ErasureRequest;

/** A ledger in memory whose whole content a test can look at. */
export interface InMemoryLedger extends Ledger, ContactInbox, ControlRecords, TranscriptRecords {
  /** The erasures, whose appointments this ledger's `due` gives. */
  readonly erasures: InMemoryErasureRequests;
  /** Takes away every contact status under the id, as an erasure does. */
  emptyInbox(alias: string): void;
  /** Every task as last saved. */
  tasks(): readonly TaskRecord[];
  /** Every recording as last saved. */
  recordings(): readonly RecordingRecord[];
  /** Every transcript as last saved. */
  transcripts(): readonly TranscriptRecord[];
}

/**
 * Makes an empty ledger that keeps its promises as the table does; it passes the suite in `test/contract/ledger`.
 *
 * With `staleReads`, whatever goes through an index (`due`, `ofDay`) shows what was true when an index was last read,
 * nothing at first: the next read shows what this one should have.
 */
export function inMemoryLedger(options: { readonly staleReads?: boolean } = {}): InMemoryLedger {
  const tasks = new Map<TaskSid, TaskRecord>();
  const recordings = new Map<RecordingSid, RecordingRecord>();
  const transcripts = new Map<ConversationSid, TranscriptRecord>();
  const timelines = new Map<string, Map<string, TimelineEntry>>();
  const aliases = new Map<string, Set<RecordingSid | TaskSid>>();
  const lines = new Map<LedgerSid, IndexLine>();
  const inbox = new Map<string, InboxItem>();
  const erasures = inMemoryErasureRequests();
  let deletionControl: DeletionControl | undefined;
  let targetControl: TargetControl | undefined;
  let sweepControl: SweepControl | undefined;
  let backfillControl: BackfillControl | undefined;
  let sinkTests: SinkTests | undefined;
  let shown: readonly IndexItem[] = [];

  const readIndex = (): readonly IndexItem[] => {
    const current = [...lines.values(), ...inbox.values(), ...erasures.all()];
    const answer = options.staleReads === true ? shown : current;
    shown = current;
    return answer;
  };

  return {
    erasures,
    async readTask(sid) {
      return tasks.get(sid);
    },
    async readRecording(sid) {
      return recordings.get(sid);
    },
    async saveTask(record) {
      const saved = save(tasks, record.taskSid, record);
      if (saved === 'saved') lines.set(record.taskSid, taskLine(record));
      return saved;
    },
    async saveRecording(record) {
      const saved = save(recordings, record.recordingSid, record);
      if (saved === 'saved') lines.set(record.recordingSid, recordingLine(record));
      return saved;
    },
    async readTranscript(sid) {
      return transcripts.get(sid);
    },
    async saveTranscript(record) {
      const saved = save(transcripts, record.conversationSid, record);
      if (saved === 'saved') lines.set(record.conversationSid, transcriptLine(record));
      return saved;
    },
    async addToTimeline(entry) {
      const timeline = timelines.get(entry.of) ?? new Map<string, TimelineEntry>();
      timelines.set(entry.of, timeline.set(timelineKey(entry), frozen(entry)));
    },
    async timelineOf(sid) {
      const timeline = timelines.get(sid) ?? new Map<string, TimelineEntry>();
      return [...timeline].sort(([a], [b]) => compare(a, b)).map(([, entry]) => entry);
    },
    async addAliases(names, target) {
      for (const alias of names) aliases.set(alias, (aliases.get(alias) ?? new Set()).add(target));
    },
    async findByAlias(alias) {
      return targets([...(aliases.get(alias) ?? [])]);
    },
    async due(now, limit) {
      return readIndex()
        .flatMap((line): DueItem[] => {
          const { dueAt } = line;
          if (dueAt === undefined || dueAt > now) return [];
          if ('erasureId' in line) return [{ erasureId: line.erasureId, dueAt }];
          return 'alias' in line ? [{ inboxAlias: line.alias, dueAt }] : [{ sid: line.sid, dueAt }];
        })
        .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
        .slice(0, limit);
    },
    async ofDay(day) {
      return readIndex()
        .flatMap((line): DayItem[] => ('sid' in line ? [{ sid: line.sid, at: line.dayAt, label: line.label }] : []))
        .filter(({ at }) => at.toISOString().startsWith(`${day}T`))
        .sort((a, b) => a.at.getTime() - b.at.getTime() || compare(a.sid, b.sid));
    },
    async putInInbox(item) {
      inbox.set(`${item.alias}#${item.receivedAt.toISOString()}#${item.hash}`, frozen(item));
    },
    async inboxOf(alias) {
      return byReceipt([...inbox.values()].filter((item) => item.alias === alias));
    },
    async inboxOfDay(day) {
      const items = readIndex().flatMap((line) => ('alias' in line ? [line] : []));
      return byReceipt(items.filter(({ receivedAt }) => receivedAt.toISOString().startsWith(`${day}T`)));
    },
    async readDeletionControl() {
      return deletionControl;
    },
    async saveDeletionControl(control) {
      if ((deletionControl?.version ?? 0) !== control.version) return 'conflict';
      deletionControl = frozen({ ...control, version: control.version + 1 });
      return 'saved';
    },
    async readTargetControl() {
      return targetControl;
    },
    async saveTargetControl(control) {
      if ((targetControl?.version ?? 0) !== control.version) return 'conflict';
      targetControl = frozen({ ...control, version: control.version + 1 });
      return 'saved';
    },
    async readSweepControl() {
      return sweepControl;
    },
    async saveSweepControl(control) {
      if ((sweepControl?.version ?? 0) !== control.version) return 'conflict';
      sweepControl = frozen({ ...control, version: control.version + 1 });
      return 'saved';
    },
    async readBackfillControl() {
      return backfillControl;
    },
    async saveBackfillControl(control) {
      if ((backfillControl?.version ?? 0) !== control.version) return 'conflict';
      backfillControl = frozen({ ...control, version: control.version + 1 });
      return 'saved';
    },
    async readSinkTests() {
      return sinkTests;
    },
    async saveSinkTests(tests) {
      if ((sinkTests?.version ?? 0) !== tests.version) return 'conflict';
      sinkTests = frozen({ ...tests, version: tests.version + 1 });
      return 'saved';
    },
    emptyInbox(alias) {
      for (const [key, item] of inbox) if (item.alias === alias) inbox.delete(key);
    },
    tasks: () => [...tasks.values()],
    recordings: () => [...recordings.values()],
    transcripts: () => [...transcripts.values()],
  };
}

function save<S, R extends { readonly version: number }>(stored: Map<S, R>, sid: S, record: R): SaveResult {
  if ((stored.get(sid)?.version ?? 0) !== record.version) return 'conflict';
  stored.set(sid, frozen({ ...record, version: record.version + 1 }));
  return 'saved';
}

function taskLine(record: TaskRecord): IndexLine {
  return {
    sid: record.taskSid,
    dueAt: record.dueAt,
    dayAt: record.createdAt ?? record.firstSeenAt,
    label: record.link.state,
  };
}

function recordingLine(record: RecordingRecord): IndexLine {
  const dayAt = record.source.startedAt ?? record.firstSeenAt;
  return { sid: record.recordingSid, dueAt: nextDueAt(record), dayAt, label: recordingLabel(record) };
}

function transcriptLine(record: TranscriptRecord): IndexLine {
  const dayAt = transcriptDayAt(record);
  return {
    sid: record.conversationSid,
    dueAt: nextTranscriptDueAt(record),
    dayAt,
    label: transcriptLabel(record),
  };
}

function byReceipt(items: readonly InboxItem[]): readonly InboxItem[] {
  return items.toSorted((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
}

function timelineKey(entry: TimelineEntry): string {
  return `${entry.occurredAt.toISOString()}#${entry.cause}#${entry.what}`;
}

function targets(sids: readonly (RecordingSid | TaskSid)[]): AliasTargets {
  const sorted = sids.toSorted(compare);
  return { recordings: sorted.filter(recordingSid.is), tasks: sorted.filter(taskSid.is) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
