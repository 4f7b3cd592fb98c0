import type { IngestedTask } from './ingest-shares.ts';
import type { Observation } from './observe.ts';
import type { ObservedCall } from './propose-leg-model.ts';
import { joinedLegs } from '../../lambdas/shared/domain/joined-legs.ts';
import type { RecordingRecord } from '../../lambdas/shared/domain/recording-record.ts';
import type { TaskRecord } from '../../lambdas/shared/domain/task-record.ts';

/** A task that is over, with those of its recordings that have sound and a record. */
export interface RecordedTask {
  readonly task: TaskRecord & { readonly endedAt: Date };
  readonly recordings: readonly RecordingRecord[];
}

/** Contacts of a call may still come for so long after its end; before that, too few of them mean nothing. */
const settledSeconds = 24 * 3600;

/** The calls that ended long enough before `now`, with what Calabrio made of each. Tasks of one call are one call. */
export function callsOf(
  recorded: readonly RecordedTask[],
  observations: readonly Observation[],
  now: Date,
): readonly ObservedCall[] {
  return byCall(recorded)
    .filter((call) => call.every(({ task }) => now.getTime() - task.endedAt.getTime() >= settledSeconds * 1000))
    .map((call) => {
      const tasks = call.map(({ task }) => task);
      const sids = new Set(tasks.map(({ taskSid }) => taskSid));
      const recordings = new Map(call.flatMap((one) => one.recordings).map((one) => [one.recordingSid, one]));
      const legs = [...recordings.values()].flatMap((recording) => joinedLegs(recording, tasks));
      const own = observations.filter(
        ({ taskSids, contact }) => contact.ccrId > 0 && taskSids.some((sid) => sids.has(sid)),
      );
      return {
        contacts: new Set(own.map(({ contact }) => contact.ccrId)).size,
        acceptedReservations: new Set(legs.map(({ leg }) => leg.reservationSid)).size,
        recordings: recordings.size,
      };
    });
}

/** Tasks that share a call or a conference, directly or by way of others. */
function byCall(recorded: readonly RecordedTask[]): readonly (readonly RecordedTask[])[] {
  const callOf = new Map<string, ReadonlySet<RecordedTask>>();
  for (const one of recorded) {
    const met = keysOf(one).flatMap((key) => [...(callOf.get(key) ?? [])]);
    const call = new Set([...met, one]);
    for (const key of [...call].flatMap(keysOf)) callOf.set(key, call);
  }
  return [...new Set(callOf.values())].map((call) => [...call]);
}

function keysOf({ task }: RecordedTask): readonly string[] {
  return [task.taskSid, ...task.callSids, ...task.conferenceSids];
}

/** How each task's link stands, and how long after its end Calabrio first completed it. */
export function ingestedTasks(
  recorded: readonly RecordedTask[],
  observations: readonly Observation[],
): readonly IngestedTask[] {
  return recorded.map(({ task }) => {
    const completed = observations
      .filter(({ contact, taskSids }) => contact.status === 'COMPLETE' && taskSids.includes(task.taskSid))
      .map(({ firstReceivedAt }) => firstReceivedAt.getTime());
    const first = Math.min(...completed);
    return {
      link: linkOf(task),
      ...(completed.length > 0 && { completeAfterSeconds: (first - task.endedAt.getTime()) / 1000 }),
    };
  });
}

function linkOf({ link, media }: TaskRecord): IngestedTask['link'] {
  if (link.writes === 0 && (media === undefined || media.writes === 0)) return 'untouched';
  return link.replaced === undefined && media?.replaced === undefined ? 'added' : 'replaced';
}
