import { applyEvent } from '../lambdas/shared/domain/recording-events.ts';
import type { Policy } from '../lambdas/shared/domain/policy.ts';
import { workspaceSid } from '../lambdas/shared/domain/sids.ts';
import { changeRecording } from '../lambdas/shared/steps/change-record.ts';
import type { LocalPipeline } from './local-pipeline.ts';
import { operatorOf } from './operator.ts';
import type { Operator } from './operator.ts';
import type { ArchiveDesk } from './sample-day/day.ts';
import type { DayFindings } from './sample-day/day-findings.ts';
import { summarize } from './sample-day/day-report.ts';
import type { DaySummary } from './sample-day/day-report.ts';
import type { PolicyOverlay } from './policy-overlay.ts';
import { localStage } from './run-policy.ts';
import { deliveryOrders } from './sample-day/delivery-orders.ts';
import type { DeliveryOrders } from './sample-day/delivery-orders.ts';
import { examineDay } from './sample-day/examine-day.ts';
import { playDay } from './sample-day/play-day.ts';
import type { DayProgress } from './sample-day/play-day.ts';
import { losingMostEvents, withoutPromptScenes } from './sample-day/lost-events.ts';
import { programme } from './sample-day/programme.ts';
import type { ProgrammeItem } from './sample-day/programme.ts';
import { putAside } from './sample-day/put-aside.ts';
import type { ReportReceiver } from './sample-day/report-receiver.ts';
import type { SettledTally } from './sample-day/settled-lines.ts';
import { followToRest } from './sample-day/to-rest.ts';
import type { TransportChoice } from './start-options.ts';
import type { Progress } from './terminal/progress.ts';
import { counted } from './terminal/words.ts';
import { asEmitted } from './twilio/delivery/delivery-target.ts';
import type { DeliveryTarget, Transport } from './twilio/delivery/delivery-target.ts';

const foreignWorkspaceSid = workspaceSid(`WS${'f0'.repeat(16)}`);

interface DayRun {
  readonly pipeline: LocalPipeline;
  readonly tally: SettledTally;
  readonly progress: Progress;
  readonly transport: TransportChoice;
  readonly recordingCallbacks: boolean;
  /** True: reconcile must find what nobody told us of; nothing is owed then that needs an event in time. */
  readonly loseMostEvents?: boolean;
  readonly policy: Pick<PolicyOverlay, 'owesLinks' | 'linkMode' | 'enrichment' | 'products'>;
  /** The policy that the day's script speaks for; the run's own may be another. */
  readonly samplePolicy: Policy;
  /** The target of the archive's own contact statuses. */
  readonly receiver: ReportReceiver;
  /** The whole day's unless given. */
  readonly programme?: readonly ProgrammeItem[];
}

export interface DayResult {
  readonly findings: DayFindings;
  readonly summary: DaySummary;
}

/**
 * Plays the day, follows it to rest and looks at what it left. Time stands still from then on: it runs as it always
 * does, and does not jump any more.
 */
export async function runSampleDay(run: DayRun): Promise<DayResult> {
  const { pipeline, progress } = run;
  const { clock, twilio, calabrio, crm, cloud } = pipeline;
  const orders = deliveryOrders();
  const operator = operatorOf(pipeline);
  const before = putAside(pipeline);
  twilio.deliverTo(deliveryTarget(run, orders));
  cloud.schedules.start();
  let scenes: DayProgress = { scenarios: 0, begun: 0, ended: 0 };
  const show = (more = ''): void => progress.show(progressBlock(run, scenes, more));
  const desk = archiveDesk(run, operator);
  const { tasks: played, ...said } = await playDay({
    ...{ clock, twilio, calabrio, crm, archive: desk, orders, foreignWorkspaceSid },
    isCrmAsked: isCrmAsked(run.policy),
    items: itemsOf(run),
    onProgress(at) {
      scenes = at;
      show();
    },
  });
  const unrest = await followToRest(
    { clock, twilio, calabrio, cloud, operator, onLook: ({ open }) => show(`${open.length} still to come to rest`) },
    played,
  );
  cloud.schedules.stop();
  clock.busy();
  const findings = await examineDay({
    ...run,
    ...{ operator, played, ...said, orders, unrest, before, loopedBack: desk.loopedBack() },
    onStep: (done, of) => show(`${done} of ${of} copies and links compared`),
  });
  operator.close();
  progress.end();
  return { findings, summary: summarize(findings) };
}

/** What people do to the archive during the day, by the same interfaces as the operator's commands. */
function archiveDesk(
  { pipeline: { clock, cloud, secrets }, receiver }: DayRun,
  operator: Operator,
): ArchiveDesk & { loopedBack(): number } {
  let loopedBack = 0;
  /** Time stands still meanwhile, as for one who types. */
  const atOnce = async <Done>(work: () => Promise<Done>): Promise<Done> => {
    const release = clock.busy();
    operator.setClock();
    return work().finally(release);
  };
  return {
    hold: (recordingSid, matter) =>
      atOnce(async () => {
        const placedAt = new Date(clock.now());
        const hold = { matter, placedBy: 'sample-day', why: 'a complaint about this call', placedAt };
        const line = { occurredAt: placedAt, cause: `hold/${matter}`, actor: 'operator:sample-day' };
        await changeRecording(operator.ledger, recordingSid, (recording) => {
          if (recording === undefined) throw new Error(`the ledger does not know ${recordingSid}, which is to be held`);
          const record = applyEvent(recording, { kind: 'hold-placed', hold });
          return { record, timeline: [{ ...line, what: 'hold placed', after: matter }] };
        });
      }),
    loopReportsBack: (recordingSid) =>
      atOnce(async () => {
        const url = `${cloud.apiUrl}/calabrio/contact-status/${secrets.calabrioToken}`;
        const count = await receiver.passOn(recordingSid, url);
        loopedBack += count;
        return count;
      }),
    loopedBack: () => loopedBack,
  };
}

/** Only where the stage has a customer lookup, and nothing is said against it. */
export function isCrmAsked({ enrichment }: Pick<PolicyOverlay, 'enrichment'>): boolean {
  return localStage.enrichment.customerLookup !== undefined && enrichment?.customerLookup !== false;
}

function itemsOf({ programme: items = programme(), loseMostEvents = false }: DayRun): readonly ProgrammeItem[] {
  return loseMostEvents ? withoutPromptScenes(items) : items;
}

interface DeliveryWays extends Pick<DayRun, 'transport' | 'recordingCallbacks' | 'loseMostEvents'> {
  readonly pipeline: Pick<LocalPipeline, 'cloud'>;
}

/** Where Twilio sends its events, and by which ways. */
export function deliveryTarget(
  { pipeline: { cloud }, transport, recordingCallbacks, loseMostEvents = false }: DeliveryWays,
  orders?: DeliveryOrders,
): DeliveryTarget {
  const kinds: readonly Transport['kind'][] = [
    ...(transport === 'both' ? (['event-streams', 'task-events'] as const) : [transport]),
    ...(recordingCallbacks ? (['recording-events'] as const) : []),
    ...(localStage.conferenceEvents ? (['conference-events'] as const) : []),
  ];
  const ordered = orders?.policy ?? asEmitted;
  return {
    publicUrl: cloud.publicUrl,
    apiUrl: cloud.apiUrl,
    transports: kinds.map((kind) => ({ kind })),
    policy: loseMostEvents ? losingMostEvents(ordered) : ordered,
  };
}

function progressBlock(
  { pipeline, tally }: DayRun,
  { scenarios, begun, ended }: DayProgress,
  more: string,
): readonly string[] {
  const { clock, twilio, aws, cloud } = pipeline;
  const time = new Date(clock.now()).toISOString().slice(11, 19);
  const archived = aws.s3.objects(cloud.archiveBucket).filter(({ key }) => key.endsWith('.wav')).length;
  const { done, ignored, quarantined, retries } = tally.counts();
  return [
    `${time}  ${ended} of ${scenarios} scenes played, ${counted(archived, 'recording')} archived${more === '' ? '' : `, ${more}`}`,
    `          ${begun - ended} under way, ${counted(twilio.taskRouter.tasks().length, 'task')}, ${counted(twilio.voice.recordings().length, 'recording')} made`,
    `          messages: ${done} done, ${ignored} ignored, ${quarantined} quarantined, ${counted(retries, 'retry', 'retries')}`,
  ];
}
