/** A type of event that Event Streams has, as far as it is simulated: TaskRouter's. */
export interface EventStreamsType {
  /** `com.twilio.taskrouter.task.created` */
  readonly type: string;
  readonly schemaId: string;
  readonly latestVersion: number;
}

/** twilio.com/docs/events/event-types/taskrouter/task (read 2026-11): version 4 is the current one. */
export const taskRouterSchema = { id: 'TaskRouter.WDSEvent', latestVersion: 4 } as const;

const names: Readonly<Record<string, readonly string[]>> = {
  task: [
    ...['created', 'updated', 'canceled', 'completed', 'deleted', 'system-deleted', 'wrapup'],
    ...['transfer-initiated', 'transfer-completed', 'transfer-failed', 'transfer-canceled', 'transfer-attempt-failed'],
  ],
  reservation: ['created', 'accepted', 'rejected', 'timeout', 'canceled', 'rescinded', 'completed', 'failed', 'wrapup'],
  worker: [
    ...['created', 'activity.update', 'attributes.update', 'capacity.update', 'channel.availability.update', 'deleted'],
  ],
  'task-queue': ['created', 'deleted', 'entered', 'expression.updated', 'moved', 'timeout'],
  workflow: ['entered', 'skipped', 'target-matched', 'timeout'],
};

/** twilio.com/docs/events/event-types/taskrouter (read 2026-11). */
export const eventTypes: readonly EventStreamsType[] = Object.entries(names).flatMap(([group, ofGroup]) =>
  ofGroup.map((name) => ({
    type: streamsType(`${group}.${name}`),
    schemaId: taskRouterSchema.id,
    latestVersion: taskRouterSchema.latestVersion,
  })),
);

/** The name in Event Streams of what a workspace callback calls `task.created`. */
export function streamsType(name: string): string {
  return `com.twilio.taskrouter.${name}`;
}

export const eventType = (type: string): EventStreamsType | undefined => eventTypes.find((one) => one.type === type);
