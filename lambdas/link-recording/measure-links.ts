import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { Found } from './edit-task.ts';

/**
 * Seconds from the task's end to the write; what is there before the end took no time at all. A task's playback is one
 * link, whichever way it was written; `mediaLinks` counts those in media besides.
 */
export function measureLinks(meter: Meter, task: TaskRecord, { link, media }: Found, at: Date): void {
  const isMediaWritten = media?.kind === 'write' && media.places.length > 0;
  const playsFromMedia = isMediaWritten && media.places.some(({ recordingSid }) => recordingSid !== undefined);
  const states = [
    ...(link?.kind === 'write' ? [task.link.state] : []),
    ...(playsFromMedia && task.media !== undefined ? [task.media.state] : []),
  ];
  if (states.length > 0) {
    const outcome = states.includes('late') ? 'late' : 'in-time';
    const delaySeconds = task.endedAt === undefined ? 0 : Math.max(0, (at.getTime() - task.endedAt.getTime()) / 1000);
    meter.measure({ outcome, name: 'links', unit: 'Count', value: 1 });
    meter.measure({ outcome, name: 'linkDelaySeconds', unit: 'Seconds', value: delaySeconds });
  }
  const ofMedia = media?.kind === 'refused' ? 'refused' : task.media?.state === 'late' ? 'late' : 'written';
  if (isMediaWritten || media?.kind === 'refused')
    meter.measure({ outcome: ofMedia, name: 'mediaLinks', unit: 'Count', value: 1 });
}
