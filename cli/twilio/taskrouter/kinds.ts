import type { TwilioForm } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import type { WantedActivity, WantedTaskChannel, WantedTaskQueue, WantedWorkflow } from '../config/config-schema.ts';
import { shownUrl } from '../events/pipeline-urls.ts';
import { activityField, plainField } from './field.ts';
import type { Field } from './field.ts';
import { configurationField } from './workflow-field.ts';
import type { Workbench } from './workbench.ts';
import type { ContentKind, Found } from './workspace-state.ts';

/** How things of one kind are compared and made. */
export interface Kind<Wanted> {
  readonly kind: ContentKind;
  nameOf(wanted: Wanted): string;
  /** What a new one is made with besides its fields. */
  identity(wanted: Wanted): TwilioForm;
  readonly fields: readonly Field<Wanted>[];
  /** Makes one that is there as wanted. @default - sends what differs */
  readonly change?: (bench: Workbench, wanted: Wanted, found: Found) => Promise<void>;
}

const friendly = ({ name }: { readonly name: string }): TwilioForm => ({ FriendlyName: name });
const nameOf = ({ name }: { readonly name: string }): string => name;

export const activityKind: Kind<WantedActivity> = {
  kind: 'activity',
  nameOf,
  identity: friendly,
  fields: [
    plainField({
      field: 'available',
      parameter: 'Available',
      wanted: ({ available }) => available,
      present: ({ available }) => available,
      // https://www.twilio.com/docs/taskrouter/api/activity (read 2026-11)
      fixed: () =>
        'Twilio never changes whether an activity is available: add one of another name, move the workers to it, and delete this one with --prune',
    }),
  ],
};

export const taskChannelKind: Kind<WantedTaskChannel> = {
  kind: 'task-channel',
  nameOf: ({ uniqueName }) => uniqueName,
  identity: ({ uniqueName }) => ({ UniqueName: uniqueName, FriendlyName: uniqueName }),
  fields: [
    plainField({
      field: 'name',
      parameter: 'FriendlyName',
      wanted: ({ name }) => name,
      present: ({ friendly_name: name }) => name,
    }),
    plainField({
      field: 'optimizedRouting',
      parameter: 'ChannelOptimizedRouting',
      wanted: ({ optimizedRouting }) => optimizedRouting,
      present: ({ channel_optimized_routing: isOptimized }) => isOptimized ?? false,
    }),
  ],
};

export const taskQueueKind: Kind<WantedTaskQueue> = {
  kind: 'task-queue',
  nameOf,
  identity: friendly,
  fields: [
    plainField({
      field: 'targetWorkers',
      parameter: 'TargetWorkers',
      wanted: ({ targetWorkers }) => targetWorkers,
      present: ({ target_workers: expression }) => expression,
    }),
    plainField({
      field: 'maxReservedWorkers',
      parameter: 'MaxReservedWorkers',
      wanted: ({ maxReservedWorkers }) => maxReservedWorkers,
      present: ({ max_reserved_workers: count }) => count,
    }),
    plainField({
      field: 'taskOrder',
      parameter: 'TaskOrder',
      wanted: ({ taskOrder }) => taskOrder,
      present: ({ task_order: order }) => order,
    }),
    activityField({
      field: 'reservationActivity',
      parameter: 'ReservationActivitySid',
      wanted: ({ reservationActivity }) => reservationActivity,
      property: 'reservation_activity_sid',
    }),
    activityField({
      field: 'assignmentActivity',
      parameter: 'AssignmentActivitySid',
      wanted: ({ assignmentActivity }) => assignmentActivity,
      property: 'assignment_activity_sid',
    }),
  ],
};

export const workflowKind: Kind<WantedWorkflow> = {
  kind: 'workflow',
  nameOf,
  identity: friendly,
  fields: [
    plainField({
      field: 'assignmentCallbackUrl',
      parameter: 'AssignmentCallbackUrl',
      wanted: ({ assignmentCallbackUrl }) => assignmentCallbackUrl,
      present: ({ assignment_callback_url: url }) => url,
      shown: shownUrl,
    }),
    plainField({
      field: 'fallbackAssignmentCallbackUrl',
      parameter: 'FallbackAssignmentCallbackUrl',
      wanted: ({ fallbackAssignmentCallbackUrl }) => fallbackAssignmentCallbackUrl,
      present: ({ fallback_assignment_callback_url: url }) => url,
      shown: shownUrl,
    }),
    plainField({
      field: 'taskReservationTimeoutSeconds',
      parameter: 'TaskReservationTimeout',
      wanted: ({ taskReservationTimeoutSeconds }) => taskReservationTimeoutSeconds,
      present: ({ task_reservation_timeout: seconds }) => seconds,
    }),
    configurationField,
  ],
};
