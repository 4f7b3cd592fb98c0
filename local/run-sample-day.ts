import { workspaceSid } from '../lambdas/shared/domain/sids.ts';
import type { LocalPipeline } from './local-pipeline.ts';
import { operatorOf } from './operator.ts';
import type { DayFindings, DaySummary } from './sample-day/day-report.ts';
import { summarize } from './sample-day/day-report.ts';
import type { PolicyOverlay } from './policy-overlay.ts';
import { deliveryOrders } from './sample-day/delivery-orders.ts';
import type { DeliveryOrders } from './sample-day/delivery-orders.ts';
import { examineDay, putAside } from './sample-day/examine-day.ts';
import { playDay } from './sample-day/play-day.ts';
import type { DayProgress } from './sample-day/play-day.ts';
import type { SettledTally } from './sample-day/settled-lines.ts';
import { followToRest } from './sample-day/to-rest.ts';
import type { TransportChoice } from './start-options.ts';
import type { Progress } from './terminal/progress.ts';
import { counted } from './terminal/words.ts';
import type { DeliveryTarget, Transport } from './twilio/delivery/delivery-target.ts';

const foreignWorkspaceSid = workspaceSid(`WS${'f0'.repeat(16)}`);

interface DayRun {
  readonly pipeline: LocalPipeline;
  readonly tally: SettledTally;
  readonly progress: Progress;
  readonly transport: TransportChoice;
  readonly recordingCallbacks: boolean;
  readonly policy: Pick<PolicyOverlay, 'owesLinks' | 'owesAttributes'>;
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
  const { clock, twilio, cloud } = pipeline;
  const orders = deliveryOrders();
  const operator = operatorOf(pipeline);
  const before = putAside(pipeline);
  twilio.deliverTo(deliveryTarget(run, orders));
  cloud.schedules.start();
  let scenes: DayProgress = { scenarios: 0, begun: 0, ended: 0 };
  const show = (more = ''): void => progress.show(progressBlock(run, scenes, more));
  const { tasks: played } = await playDay({
    ...{ clock, twilio, orders, foreignWorkspaceSid },
    onProgress(at) {
      scenes = at;
      show();
    },
  });
  const unrest = await followToRest(
    { clock, twilio, cloud, operator, onLook: ({ open }) => show(`${open.length} still to come to rest`) },
    played,
  );
  cloud.schedules.stop();
  clock.busy();
  const findings = await examineDay({
    ...{ pipeline, operator, played, orders, unrest, before, tally: run.tally, policy: run.policy },
    onStep: (done, of) => show(`${done} of ${of} copies and links compared`),
  });
  operator.close();
  progress.end();
  return { findings, summary: summarize(findings) };
}

interface DeliveryWays extends Pick<DayRun, 'transport' | 'recordingCallbacks'> {
  readonly pipeline: Pick<LocalPipeline, 'cloud'>;
}

/** Where Twilio sends its events, and by which ways. */
export function deliveryTarget(
  { pipeline: { cloud }, transport, recordingCallbacks }: DeliveryWays,
  orders?: DeliveryOrders,
): DeliveryTarget {
  const kinds: readonly Transport['kind'][] = [
    ...(transport === 'both' ? (['event-streams', 'task-events'] as const) : [transport]),
    ...(recordingCallbacks ? (['recording-events'] as const) : []),
  ];
  return {
    publicUrl: cloud.publicUrl,
    apiUrl: cloud.apiUrl,
    transports: kinds.map((kind) => ({ kind })),
    ...(orders !== undefined && { policy: orders.policy }),
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
