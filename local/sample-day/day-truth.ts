import type { RecordingSid, TaskSid } from '../../lambdas/shared/domain/sids.ts';
import { linkWindowSeconds, recordingOfOurLink } from '../../lambdas/shared/domain/link.ts';
import { attributeFacts, parseTaskAttributes } from '../../lambdas/shared/domain/task-attributes.ts';
import { isJsonObject, readJsonObject } from '../twilio/json.ts';
import type { RecordingView, TaskView, TwilioSimulator } from '../twilio/simulator.ts';
import { brokenPromises, spoiledPaths } from './attribute-truth.ts';
import type { PlayedTask } from './day.ts';

/** One task of the day as Twilio saw it: what was recorded, and which link Insights found. */
export interface TaskTruth {
  readonly taskSid: TaskSid;
  readonly title: string;
  readonly channel: string;
  readonly createdAt: Date;
  readonly endedAt?: Date;
  /** Completed at Twilio, so there was sound that must not be lost. */
  readonly recordings: readonly RecordingSid[];
  /** Our link as it was on the task last, by the text itself. */
  readonly link?: string;
  /** True when our link was on it at the last moment at which Insights looks, 120 s after the end. */
  readonly isLinkedInTime: boolean;
  /** True when media of ours played at that moment: the first recording of a list of the task's or a reservation's. */
  readonly isMediaInTime: boolean;
  /** When our link was first on the task, relative to the task's end; negative before it. */
  readonly secondsToLink?: number;
  /** How many attributes the enrichment owed. */
  readonly promises: number;
  /** Those that are missing or other than promised when Insights reads them, in words. */
  readonly brokenPromises: readonly string[];
  /** Paths at which the pipeline changed or removed what others had written. */
  readonly spoiledAttributes: readonly string[];
  readonly lastAttributes: string;
}

/**
 * What became of the day's tasks by Twilio's own history, which the pipeline cannot write: every text that the
 * attributes ever had, with its time. `linkBaseUrl` is what our links begin with.
 */
export function dayTruth(
  twilio: TwilioSimulator,
  played: readonly PlayedTask[],
  linkBaseUrl: string,
): readonly TaskTruth[] {
  return played
    .filter(({ isForeign }) => !isForeign)
    .map((task) => {
      const view = twilio.taskRouter.task(task.taskSid);
      if (view === undefined) throw new Error(`the simulator has forgotten the task ${task.taskSid}`);
      const recordings = task.recordings.filter((sid) => hadSound(twilio.voice.recording(sid)));
      const { taskSid, title, channel, promised } = task;
      return {
        ...truthOf(view, linkBaseUrl),
        taskSid,
        title,
        channel,
        recordings,
        promises: promised.length,
        brokenPromises: brokenPromises(view, promised),
        spoiledAttributes: spoiledPaths(view.history),
      };
    });
}

/** Completed, and perhaps deleted since. */
export function hadSound(recording: RecordingView | undefined): boolean {
  return recording?.status === 'completed' || recording?.status === 'deleted';
}

function truthOf(
  view: TaskView,
  linkBaseUrl: string,
): Pick<
  TaskTruth,
  'createdAt' | 'endedAt' | 'link' | 'isLinkedInTime' | 'isMediaInTime' | 'secondsToLink' | 'lastAttributes'
> {
  const linkIn = (text: string | undefined): string | undefined => ourLink(text, linkBaseUrl);
  const { endedAt, history } = view;
  const lastLook = endedAt === undefined ? undefined : endedAt.getTime() + linkWindowSeconds * 1000;
  const atLastLook = history.findLast(({ at }) => lastLook === undefined || at.getTime() <= lastLook);
  const first = history.find(({ attributes }) => linkIn(attributes) !== undefined);
  const link = linkIn(view.attributes);
  return {
    createdAt: view.createdAt,
    ...(endedAt !== undefined && { endedAt }),
    ...(link !== undefined && { link }),
    isLinkedInTime: endedAt !== undefined && linkIn(atLastLook?.attributes) !== undefined,
    isMediaInTime: endedAt !== undefined && playsOurMedia(atLastLook?.attributes, linkBaseUrl),
    ...(first !== undefined &&
      endedAt !== undefined && { secondsToLink: (first.at.getTime() - endedAt.getTime()) / 1000 }),
    lastAttributes: view.attributes,
  };
}

/** Read here by the rules of Insights and not by the pipeline's own code: the first VoiceRecording of a list plays. */
function playsOurMedia(text: string | undefined, linkBaseUrl: string): boolean {
  const { conversations, reservation_attributes: reservations } = readJsonObject(text ?? '') ?? {};
  const holders = [conversations, ...(isJsonObject(reservations) ? Object.values(reservations) : [])];
  return holders.some((holder) => {
    const media = isJsonObject(holder) ? holder['media'] : undefined;
    const entries = Array.isArray(media) ? media.filter(isJsonObject) : [];
    const provider = entries.find(({ type }) => type === 'VoiceRecording')?.['url_provider'];
    return typeof provider === 'string' && provider.startsWith(`${linkBaseUrl}/r/RE`);
  });
}

function ourLink(text: string | undefined, linkBaseUrl: string): string | undefined {
  const parsed = parseTaskAttributes(text ?? '');
  if (parsed.kind === 'unreadable') return undefined;
  const { segmentLink } = attributeFacts(parsed.attributes);
  return recordingOfOurLink(linkBaseUrl, segmentLink) === undefined ? undefined : segmentLink;
}
