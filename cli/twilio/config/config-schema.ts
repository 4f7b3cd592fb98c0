import * as z from 'zod/mini';
import { eventsSettingsSchema } from '../events/events-settings.ts';
import { messagingSettingsSchema } from '../messaging/messaging-settings.ts';
import { name } from './config-texts.ts';
import { workflowConfigurationSchema } from './workflow-schema.ts';

/**
 * The shape of config/taskrouter.json, as far as JSON Schema can say it: config/taskrouter.schema.json is made of this,
 * for editors. What goes beyond a shape is in `config-faults.ts`. A list that is left out is not looked at; a field that
 * is left out is not compared.
 */
const httpUrl = z.nullable(
  z.string().check(z.regex(/^https?:\/\/[^\s/]+/, 'a URL of http or https, or null for none; correct it')),
);
const fromTo = (least: number, most: number) => {
  const wanted = `a whole number from ${least} to ${most}; correct it`;
  return z.int(wanted).check(z.gte(least, wanted), z.lte(most, wanted));
};
const order = z.enum(['FIFO', 'LIFO']);

const workspace = z.strictObject({
  name,
  /** What Twilio puts into a new workspace. */
  template: z.exactOptional(z.enum(['NONE', 'FIFO'])),
  multiTask: z.exactOptional(z.boolean()),
  prioritizeQueueOrder: z.exactOptional(order),
  defaultActivity: z.exactOptional(name),
  timeoutActivity: z.exactOptional(name),
});
const activity = z.strictObject({ name, available: z.exactOptional(z.boolean()) });
const taskChannel = z.strictObject({
  uniqueName: name,
  name: z.exactOptional(name),
  optimizedRouting: z.exactOptional(z.boolean()),
});
const taskQueue = z.strictObject({
  name,
  targetWorkers: z.exactOptional(z.string()),
  maxReservedWorkers: z.exactOptional(fromTo(1, 50)),
  taskOrder: z.exactOptional(order),
  reservationActivity: z.exactOptional(name),
  assignmentActivity: z.exactOptional(name),
});
const workflow = z.strictObject({
  name,
  assignmentCallbackUrl: z.exactOptional(httpUrl),
  fallbackAssignmentCallbackUrl: z.exactOptional(httpUrl),
  taskReservationTimeoutSeconds: z.exactOptional(fromTo(1, 86_400)),
  configuration: z.exactOptional(workflowConfigurationSchema),
});
const worker = z.strictObject({
  name,
  /** Only of a worker that is made: afterwards agents change it all day. */
  activity: z.exactOptional(name),
  attributes: z._default(z.record(z.string(), z.unknown()), {}),
});
const roster = z.strictObject({ roster: z.string().check(z.minLength(1, 'the path of a CSV file; say it')) });

export const twilioConfigSchema = z.strictObject({
  /** For editors. */
  $schema: z.optional(z.string()),
  description: z.optional(z.string()),
  workspace,
  activities: z.exactOptional(z.array(activity)),
  taskChannels: z.exactOptional(z.array(taskChannel)),
  taskQueues: z.exactOptional(z.array(taskQueue)),
  workflows: z.exactOptional(z.array(workflow)),
  workers: z.exactOptional(z.union([z.array(worker), roster])),
  events: z.exactOptional(eventsSettingsSchema),
  messaging: z.exactOptional(messagingSettingsSchema),
});

export type TwilioConfigFile = z.infer<typeof twilioConfigSchema>;
export type WantedWorkspace = z.infer<typeof workspace>;
export type WantedActivity = z.infer<typeof activity>;
export type WantedTaskChannel = z.infer<typeof taskChannel>;
export type WantedTaskQueue = z.infer<typeof taskQueue>;
export type WantedWorkflow = z.infer<typeof workflow>;
export type WantedWorker = z.infer<typeof worker>;

/** The file with its workers read: those of a roster too. */
export type TwilioConfig = Omit<TwilioConfigFile, '$schema' | 'description' | 'workers'> & {
  readonly workers?: readonly WantedWorker[];
};
