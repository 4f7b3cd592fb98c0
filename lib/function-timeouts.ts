import { Duration } from 'aws-cdk-lib';
import type { FunctionName } from './naming.ts';

/** How long one run may take. The stateful stack sets the queues' visibility from these, the pipeline the functions' limits. */
export const functionTimeouts = {
  'enrich-task': Duration.seconds(30),
  'archive-recording': Duration.seconds(900),
  'link-recording': Duration.seconds(10),
  'play-recording': Duration.seconds(10),
  reconcile: Duration.seconds(300),
} as const satisfies Record<FunctionName, Duration>;
