import * as z from 'zod/mini';
import { name } from './config-texts.ts';

/**
 * TaskRouter's own JSON, in which queues are named: `task_queue` where Twilio has `task_queue_sid`, and a name in `queue`,
 * which is what Twilio's documents call it. What this does not name is kept as it is.
 * (https://www.twilio.com/docs/taskrouter/workflow-configuration, read 2026-11)
 */
const queueOf = {
  task_queue: z.optional(name),
  queue: z.optional(name),
  task_queue_sid: z.optional(
    z.string().check(z.regex(/^WQ[0-9a-f]{32}$/, 'the SID of a queue; name it by task_queue, or correct it')),
  ),
};
const wholeNumber = 'a whole number, also as a text; correct it';
const number = z.optional(
  z.union([z.int().check(z.gte(0, wholeNumber)), z.string().check(z.regex(/^\d+$/, wholeNumber))]),
);
const expression = z.optional(z.string());

const target = z.looseObject({
  ...queueOf,
  expression,
  priority: number,
  timeout: number,
  order_by: expression,
  skip_if: z.optional(z.union([z.string(), z.boolean()])),
  known_worker_sid: expression,
  known_worker_friendly_name: expression,
});

const filter = z.looseObject({
  filter_friendly_name: expression,
  friendly_name: expression,
  expression,
  targets: z.array(target),
});

export const workflowConfigurationSchema = z.looseObject({
  task_routing: z.looseObject({
    filters: z.optional(z.array(filter)),
    default_filter: z.optional(z.looseObject({ ...queueOf, priority: number })),
  }),
});

export type WorkflowConfiguration = z.infer<typeof workflowConfigurationSchema>;
export type WorkflowFilter = z.infer<typeof filter>;
