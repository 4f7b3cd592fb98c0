import { Duration } from 'aws-cdk-lib';
import type { FunctionName } from './naming.ts';

/** How long one run may take. The stateful stack sets the queues' visibility from these, the pipeline the functions' limits. */
export const functionTimeouts = {
  'enrich-task': Duration.seconds(30),
  'archive-recording': Duration.seconds(900),
  'link-recording': Duration.seconds(10),
  'calabrio-status': Duration.seconds(30),
  // Where the archive alone confirms, the whole recording is read again before its source goes: 460 MB, four hours of stereo.
  'delete-source': Duration.seconds(300),
  // A target may be slow to answer, and one that does not answer at all must not end the run of the others.
  'report-status': Duration.seconds(60),
  'create-review-task': Duration.seconds(30),
  // A conversation of a thousand messages is twenty pages of Twilio's, and a page may be asked for again.
  'archive-transcript': Duration.seconds(120),
  // One subject may have hundreds of recordings; what does not fit is gone on with by the next message.
  'erase-subject': Duration.seconds(300),
  'play-recording': Duration.seconds(10),
  // The gateway waits for 29 s; a function that is still at work then would send a message of which nobody hears.
  'send-sms': Duration.seconds(25),
  'authorize-caller': Duration.seconds(5),
  reconcile: Duration.seconds(300),
} as const satisfies Record<FunctionName, Duration>;
