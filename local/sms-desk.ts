import { taskQueueSid } from '../lambdas/shared/domain/sids.ts';
import { stages } from '../lib/stages.ts';
import { localStageName } from './run-policy.ts';
import type { TwilioSimulator } from './twilio/simulator.ts';

/** The number that Jamie writes from. */
export const smsFromNumber = '+12025550143';

/**
 * Puts into the simulated account what `POST /messages/sms` needs there: the number, the stage's queue and workflow, and
 * Jamie, who is available and whose number it is.
 */
export function furnishSmsDesk(twilio: TwilioSimulator): void {
  const { queueSid, workflowSid } = stages[localStageName].outboundSms;
  twilio.account.addPhoneNumber(smsFromNumber);
  twilio.taskRouter.createQueue({ name: 'Outbound messages', sid: taskQueueSid(queueSid) });
  twilio.taskRouter.createWorkflow({ name: 'Match Worker', queue: 'Outbound messages', sid: workflowSid });
  twilio.taskRouter.createWorker({
    name: 'Jamie',
    attributes: { full_name: 'Jamie Example', contact_uri: 'client:jamie', phone: smsFromNumber },
  });
}
