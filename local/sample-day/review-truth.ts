import type { TaskSid } from '../../lambdas/shared/domain/sids.ts';
import { recordingOfOurLink } from '../../lambdas/shared/domain/link.ts';
import type { LocalCloud } from '../cloud/local-cloud.ts';
import type { JsonObject } from '../twilio/json.ts';
import { readJsonObject } from '../twilio/json.ts';
import type { TaskView, TwilioSimulator } from '../twilio/simulator.ts';
import type { PlayedTask } from './day.ts';
import { checkPlayback } from './playback.ts';

/** The tasks that the pipeline made for an agent to listen to a call, as Twilio has them. */
export interface ReviewTruth {
  readonly made: number;
  /** Of those, the ones whose link plays the recording of the task that they are of. */
  readonly playing: number;
  /** What must be and is not, or is and must not be, in words. */
  readonly faults: readonly string[];
}

/** Where reviews are, and what they play. */
interface ReviewPlaces {
  readonly twilio: {
    readonly taskRouter: { tasks(): readonly ReviewView[] };
    readonly media: Pick<TwilioSimulator['media'], 'served'>;
  };
  readonly cloud: Pick<LocalCloud, 'functionNames' | 'publicUrl'>;
}

type ReviewView = Pick<TaskView, 'taskSid' | 'attributes'>;

/** Of each task that an agent must listen to there is one review, whose link plays; of any other, and of a review, none. */
export async function reviewTruth(
  { twilio, cloud }: ReviewPlaces,
  played: readonly Pick<PlayedTask, 'taskSid' | 'title' | 'recordings' | 'needsReview'>[],
): Promise<ReviewTruth> {
  const reviews = reviewsAt(twilio.taskRouter.tasks());
  const isWanted = cloud.functionNames.includes('create-review-task');
  const silent: string[] = [];
  for (const { taskSid, of, attributes } of reviews) {
    const recordings = played.find((task) => task.taskSid === of)?.recordings ?? [];
    const why = await whySilent({ twilio, cloud }, attributes, recordings);
    if (why !== undefined) silent.push(`the review ${taskSid} of ${of} does not play: ${why}`);
  }
  const known = new Set<string>(played.map(({ taskSid }) => taskSid));
  const counts = played.flatMap(({ taskSid, title, needsReview }) => {
    const made = reviews.filter(({ of }) => of === taskSid).length;
    const wanted = needsReview && isWanted ? 1 : 0;
    return made === wanted ? [] : [`${taskSid} (${title}) has ${made} reviews and needs ${wanted}`];
  });
  const strays = reviews.filter(({ of }) => !known.has(of)).map(({ taskSid, of }) => `${taskSid} is a review of ${of}`);
  return { made: reviews.length, playing: reviews.length - silent.length, faults: [...silent, ...counts, ...strays] };
}

interface Review {
  readonly taskSid: TaskSid;
  readonly of: string;
  readonly attributes: JsonObject;
}

/** Also one that lacks whose review it is: that is of nobody, and so a fault. */
export function reviewsAt(tasks: readonly ReviewView[]): readonly Review[] {
  return tasks.flatMap(({ taskSid, attributes: text }) => {
    const attributes = readJsonObject(text) ?? {};
    const { review_of_recording_sid: recording, review_of_task_sid: of } = attributes;
    if (recording === undefined && of === undefined) return [];
    return [{ taskSid, of: typeof of === 'string' ? of : 'nobody', attributes }];
  });
}

async function whySilent(
  { twilio, cloud }: ReviewPlaces,
  { recording_link: link, review_of_recording_sid: named }: JsonObject,
  recordings: readonly string[],
): Promise<string | undefined> {
  if (typeof link !== 'string') return 'it has no link';
  const sid = recordingOfOurLink(cloud.publicUrl, link);
  if (sid === undefined || sid !== named || !recordings.includes(sid)) return 'its link is of another recording';
  const check = await checkPlayback(link, sid, twilio.media.served);
  return check.kind === 'same' ? undefined : check.why;
}
