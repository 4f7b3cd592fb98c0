import { overlayOf } from '../policy-overlay.ts';
import type { PolicyOverlay } from '../policy-overlay.ts';
import type { TwilioSimulator } from '../twilio/simulator.ts';
import type { Queue } from './day.ts';

/** Whose sources are never deleted. */
const excludedQueue: Queue = 'Legal';

/** The names of the targets that the day itself is: of the archive's contact statuses, and of agents' states. */
const dayTargets = { contactStatuses: 'sample-day', agentStates: 'sample-day-agents' } as const;

/**
 * What the day is played under, beneath `--policy`: deletion switched on, with a grace and a proof of ingest that a day
 * is long enough for, one queue left out, and the archive's contact statuses and agents' states sent to `reportsUrl`.
 */
export function samplePolicy({ taskRouter }: Pick<TwilioSimulator, 'taskRouter'>, reportsUrl: string): PolicyOverlay {
  return overlayOf({
    deletion: {
      enabled: true,
      dryRun: false,
      graceSeconds: 120,
      ingestProof: 3,
      queues: { [taskRouter.queueSid(excludedQueue)]: { excluded: true } },
    },
    reports: {
      targets: [
        { name: dayTargets.contactStatuses, url: reportsUrl, from: 'archive', tenantId: 1 },
        { name: dayTargets.agentStates, url: reportsUrl, from: 'agent-states', tenantId: 1 },
      ],
    },
  });
}
