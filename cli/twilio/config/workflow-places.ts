import type { WorkflowConfiguration, WorkflowFilter } from './workflow-schema.ts';

/** A step of a workflow's configuration that may name a queue: a target, or the default. */
export interface WorkflowPlace {
  /** `task_routing.filters[0].targets[1]` */
  readonly at: string;
  readonly step: WorkflowFilter['targets'][number];
}

/** Every target, and the default at last. */
export function placesOf(configuration: WorkflowConfiguration | undefined): readonly WorkflowPlace[] {
  const { filters = [], default_filter: last } = configuration?.task_routing ?? {};
  return [
    ...filters.flatMap(({ targets }, place) =>
      targets.map((step, target) => ({ at: `task_routing.filters[${place}].targets[${target}]`, step })),
    ),
    ...(last === undefined ? [] : [{ at: 'task_routing.default_filter', step: last }]),
  ];
}

/** The queue that a step names, by name or SID; undefined where it names none and the task stays where it is. */
export function queueOf({ step }: Pick<WorkflowPlace, 'step'>): string | undefined {
  return step.task_queue ?? step.queue ?? step.task_queue_sid;
}
