import type { GatewayRoute } from '../lambdas/shared/messages/gateway-envelope.ts';
import type { WorkMessage } from '../lambdas/shared/messages/work-message.ts';
import { isObject } from '../lambdas/shared/domain/task-attributes.ts';
import type { WorkerName } from '../lib/naming.ts';

/** Which queue each route belongs to; a new route does not compile before it has a line here. */
const queueOfRoute: Readonly<Record<GatewayRoute | WorkMessage['route'], WorkerName>> = {
  'twilio/task-events': 'enrich-task',
  'twilio/event-streams': 'enrich-task',
  'twilio/recording-events': 'archive-recording',
  'twilio/conference-events': 'enrich-task',
  'calabrio/contact-status': 'calabrio-status',
  'internal/discover-recordings': 'enrich-task',
  'internal/enrich-task': 'enrich-task',
  'internal/enrich-worker': 'enrich-task',
  'internal/create-review-task': 'create-review-task',
  'internal/archive-recording': 'archive-recording',
  'internal/link-recording': 'link-recording',
  'internal/match-contact-status': 'calabrio-status',
  'internal/delete-source': 'delete-source',
  'internal/count-ingest': 'delete-source',
  'internal/report-status': 'report-status',
  'internal/relay-contact-status': 'report-status',
  'internal/report-agent-state': 'report-status',
  'internal/archive-transcript': 'archive-transcript',
  'internal/erase-subject': 'erase-subject',
};

/** The queue that a message belongs to by its own route; undefined when the body is not JSON or names no route of ours. */
export function queueOfBody(body: string): WorkerName | undefined {
  const route = routeOf(body);
  return Object.entries(queueOfRoute).find(([name]) => name === route)?.[1];
}

function routeOf(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) && typeof parsed['route'] === 'string' ? parsed['route'] : undefined;
  } catch {
    return undefined;
  }
}
