import type { ReportMessage } from './report-message.ts';

/** An adherence view shows what agents do now; after so long the agent may do anything. */
const freshForSeconds = 15 * 60;

/** True for an agent's state that nobody should hear of any more. Contact statuses never grow old. */
export function isStale(message: ReportMessage, now: Date): boolean {
  if (message.route !== 'internal/report-agent-state') return false;
  return now.getTime() - Date.parse(message.occurredAt) > freshForSeconds * 1000;
}
