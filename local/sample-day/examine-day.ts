import { brokenWorkerPromises } from './attribute-truth.ts';
import type { PlayedTask, PromisedAttributes, WrittenLine } from './day.ts';
import type { DayFindings } from './day-findings.ts';
import { contactStatusCounts } from './day-contact-statuses.ts';
import { sourceTruths } from './day-sources.ts';
import { dayTruth, hadSound } from './day-truth.ts';
import type { TaskTruth } from './day-truth.ts';
import type { DeliveryOrders } from './delivery-orders.ts';
import { enrichmentCounts } from './enrichment-counts.ts';
import { compareSound } from './compare-sound.ts';
import { putAside, putAsideSince } from './put-aside.ts';
import type { PutAside } from './put-aside.ts';
import { reviewTruth } from './review-truth.ts';
import { transcriptTruth } from './transcript-truth.ts';
import type { Expectation } from './source-fate.ts';
import type { ReportReceiver } from './report-receiver.ts';
import type { SettledTally } from './settled-lines.ts';
import type { Unrest } from './to-rest.ts';
import { calabrioRoute } from '../../lambdas/shared/messages/gateway-envelope.ts';
import type { Policy } from '../../lambdas/shared/domain/policy.ts';
import type { RecordingRecord } from '../../lambdas/shared/domain/recording-record.ts';
import type { ConversationSid, RecordingSid, TaskSid, WorkerSid } from '../../lambdas/shared/domain/sids.ts';
import type { LocalPipeline } from '../local-pipeline.ts';
import type { Operator } from '../operator.ts';
import type { PolicyOverlay } from '../policy-overlay.ts';
import { localStage } from '../run-policy.ts';

interface Examination {
  readonly pipeline: LocalPipeline;
  readonly operator: Operator;
  readonly played: readonly PlayedTask[];
  readonly fates: ReadonlyMap<RecordingSid, Expectation>;
  /** What the script says of agents' own attributes. */
  readonly workers: ReadonlyMap<WorkerSid, PromisedAttributes>;
  /** What was written in each conversation. */
  readonly written: ReadonlyMap<ConversationSid, readonly WrittenLine[]>;
  /** The policy that the day's script speaks for. */
  readonly samplePolicy: Policy;
  readonly receiver: Pick<ReportReceiver, 'received'>;
  readonly loopedBack: number;
  readonly tally: SettledTally;
  readonly orders: DeliveryOrders;
  readonly unrest: Unrest;
  /** What `putAside` gave before the day. */
  readonly before: PutAside;
  /** What the run's policy owes; everything unless it says otherwise. */
  readonly policy: Pick<PolicyOverlay, 'owesLinks' | 'linkMode' | 'enrichment' | 'products'>;
  /** True: no event told what happened in time, so nothing is owed but the archive, and that nothing goes wrong. */
  readonly loseMostEvents?: boolean;
  readonly onStep: (done: number, of: number) => void;
}

/** Looks at everything the day left behind: Twilio's history, the ledger, the archive, the queues; and plays every link. */
export async function examineDay(examination: Examination): Promise<DayFindings> {
  const { pipeline, operator, played, tally, orders, unrest, policy } = examination;
  const { twilio, cloud } = pipeline;
  operator.setClock();
  const truth = dayTruth(twilio, played, cloud.publicUrl);
  const tasks = owesAttributes(examination)
    ? truth
    : truth.map((task) => ({ ...task, promises: 0, brokenPromises: [] }));
  const completed = twilio.voice.recordings().filter(hadSound);
  const recordings = new Map<RecordingSid, RecordingRecord | undefined>();
  for (const { recordingSid } of completed)
    recordings.set(recordingSid, await operator.ledger.readRecording(recordingSid));
  const { copies, playback } = await compareSound(examination, tasks, recordings);
  const { deadLetters, quarantined } = putAsideSince(examination.before, putAside(pipeline));
  const { [calabrioRoute]: rejected = 0, ...forgeries } = quarantined;
  // Without links in time the script says nothing of the sources: what Insights may still play from Twilio stays.
  const owesLinks = policy.owesLinks && examination.loseMostEvents !== true;
  const sample = { policy: examination.samplePolicy, owesLinks, owesMedia: owesMedia(examination) };
  return {
    ...{ tasks, recordings, copies, playback, deadLetters, unrest },
    settled: tally.counts(),
    deliveries: twilio.deliveryCounts(),
    quarantined: Object.values(forgeries).reduce((sum, count) => sum + count, 0),
    excused: await excusedFrom(examination, tasks),
    unplayed: await unplayedOf(examination, tasks),
    openOrders: examination.loseMostEvents === true ? 0 : orders.open(),
    sources: await sourceTruths({ ...examination, sample, recordings, copies }),
    contactStatuses: await contactStatusCounts(pipeline.calabrio, operator, rejected),
    missedByCalabrio: missedByCalabrio(pipeline),
    reports: reportCounts(examination),
    enrichment: enrichmentCounts(cloud.metrics()),
    workers: workerCounts(examination),
    reviews: await reviewTruth(pipeline, reviewsOwed(examination)),
    transcripts: await transcriptTruth({ operator, bucket: cloud.archiveBucket }, owedTranscripts(examination)),
  };
}

/** The script speaks for the stage's own rules and no others, and for its customer data, or none. */
function owesAttributes({ policy: { enrichment = {} }, loseMostEvents = false }: Examination): boolean {
  if (loseMostEvents) return false;
  const { mode, config, hipaaMode } = { ...localStage.enrichment, ...enrichment };
  const { customerLookup = false } = enrichment;
  const own = localStage.enrichment;
  return mode === own.mode && config === own.config && hipaaMode === own.hipaaMode && customerLookup === false;
}

/** Who listens to what nobody heard is made out by events that a day may have lost. */
function reviewsOwed({ played, loseMostEvents = false }: Examination): readonly PlayedTask[] {
  return loseMostEvents ? played.map((task) => ({ ...task, needsReview: false })) : played;
}

/** None where the run archives calls alone. */
function owedTranscripts({ policy, written }: Examination): Examination['written'] {
  return (policy.products ?? localStage.products) === 'voice-and-digital' ? written : new Map();
}

function workerCounts(examination: Examination): DayFindings['workers'] {
  const {
    pipeline: { twilio },
    policy,
    workers,
  } = examination;
  const { workerWrites } = { ...localStage.enrichment, ...policy.enrichment };
  if (!workerWrites || !owesAttributes(examination)) return { expected: 0, missing: [] };
  const missing = [...workers].flatMap(([sid, promised]) => {
    const worker = twilio.taskRouter.worker(sid);
    if (worker === undefined) throw new Error(`the simulator has forgotten the worker ${sid}`);
    return brokenWorkerPromises(worker, promised).map((path) => `${path} of ${worker.name}`);
  });
  return { expected: [...workers.values()].flatMap((promised) => Object.keys(promised)).length, missing };
}

function reportCounts({ receiver, loopedBack }: Examination): DayFindings['reports'] {
  const received = receiver.received();
  return {
    received: received.filter(({ kind }) => kind === 'contact-status').length,
    agentStates: received.filter(({ kind }) => kind === 'agent-state').length,
    unsigned: received.filter(({ isSigned }) => !isSigned).length,
    loopedBack,
  };
}

/** Recordings that were gone when Calabrio came for them, and needed its word. */
function missedByCalabrio({ calabrio, policy }: Pick<LocalPipeline, 'calabrio' | 'policy'>): readonly RecordingSid[] {
  if (policy.deletion.confirmedBy === 'archive') return [];
  return calabrio.contacts().flatMap(({ isSourceMissing, recordings }) => (isSourceMissing ? recordings : []));
}

async function excusedFrom(
  { operator, policy, loseMostEvents = false }: Examination,
  tasks: readonly TaskTruth[],
): Promise<ReadonlySet<TaskSid>> {
  if (loseMostEvents) return new Set(tasks.map(({ taskSid }) => taskSid));
  const excused = new Set<TaskSid>();
  for (const { taskSid, link } of tasks) {
    if (link !== undefined) continue;
    const isKept = (await operator.ledger.readTask(taskSid))?.link.state === 'kept';
    if (isKept || !policy.owesLinks) excused.add(taskSid);
  }
  return excused;
}

function owesMedia({ policy }: Examination): boolean {
  const linkMode = policy.linkMode ?? localStage.linkMode;
  return linkMode === 'media' || linkMode === 'both';
}

/** Tasks with sound that Insights did not play from media of ours, though it was neither kept out nor without room. */
async function unplayedOf(examination: Examination, tasks: readonly TaskTruth[]): Promise<ReadonlySet<TaskSid>> {
  const unplayed = new Set<TaskSid>();
  if (!owesMedia(examination) || examination.loseMostEvents === true) return unplayed;
  for (const { taskSid, recordings, isMediaInTime } of tasks) {
    if (recordings.length === 0 || isMediaInTime) continue;
    const state = (await examination.operator.ledger.readTask(taskSid))?.media?.state;
    if (state !== 'kept' && state !== 'refused') unplayed.add(taskSid);
  }
  return unplayed;
}
