import { withCorrelation } from '../shared/domain/correlation.ts';
import type { TaskAttributes } from '../shared/domain/task-attributes.ts';
import type { TaskRecord } from '../shared/domain/task-record.ts';
import type { Meter } from '../shared/ports/meter.ts';

/** The attributes to write, and what became of our SIDs in them; nothing where they are not wanted, or not any more. */
export interface Correlated {
  readonly attributes: TaskAttributes;
  /** `late`: the task is over. `no-room`: they would not fit, or something else has their name. */
  readonly outcome?: 'written' | 'late' | 'no-room';
}

/**
 * Our SIDs go with the first write of the link, wherever it is put, and while the task is open; later they would change what a finished task
 * says of itself, and Calabrio may have read it.
 */
export function correlate(attributes: TaskAttributes, task: TaskRecord, objectName: string | undefined): Correlated {
  const { primaryRecordingSid, taskSid, conferenceSids } = task;
  if (objectName === undefined || primaryRecordingSid === undefined || isWritten(task)) return { attributes };
  if (task.endedAt !== undefined) return { attributes, outcome: 'late' };
  const [conferenceSid] = conferenceSids;
  const keys = { recordingSid: primaryRecordingSid, taskSid, ...(conferenceSid !== undefined && { conferenceSid }) };
  const correlated = withCorrelation(attributes, objectName, keys);
  return correlated === undefined ? { attributes, outcome: 'no-room' } : { attributes: correlated, outcome: 'written' };
}

function isWritten({ link, media }: TaskRecord): boolean {
  return link.writes > 0 || (media !== undefined && media.writes > 0);
}

export function measureCorrelation(meter: Meter, { outcome }: Correlated): void {
  if (outcome !== undefined) meter.measure({ outcome, name: 'correlations', unit: 'Count', value: 1 });
}
