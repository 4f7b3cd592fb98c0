import * as z from 'zod/mini';
import { text, wholeNumber } from './setting-shapes.ts';

/**
 * The review tasks, in which an agent listens to a past call and processes it.
 * (https://www.twilio.com/docs/taskrouter/api/task, read 2026-11)
 */
export const reviewTasksSchema = z.strictObject({
  workflowSid: text('WW and 32 lower-case hex digits', /^WW[0-9a-f]{32}$/),
  /** The unique name of the channel, such as `default`; its capacity says whether an agent may have one beside a call. */
  taskChannel: text('the unique name of a task channel', /^[A-Za-z0-9_-]{1,64}$/),
  priority: wholeNumber(0, 2_147_483_647, 'points of priority'),
  /** After which Twilio cancels a task that nobody took; two weeks at most. */
  timeoutSeconds: wholeNumber(60, 1_209_600, 'seconds'),
});

export type ReviewTaskSettings = z.infer<typeof reviewTasksSchema>;
