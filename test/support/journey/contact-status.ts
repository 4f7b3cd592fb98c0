import { contactStatusEnvelope, statusBody } from '../contact-statuses.ts';
import type { StatusKeys, StatusRequest } from '../contact-statuses.ts';
import { sids } from '../example-sids.ts';
import type { Journey } from './pipeline.ts';

/** The ids by which Calabrio speaks of scripted call `n`, where it knows the call and the agent's part of it. */
export const idsOfCall = (n = 1) => ({ sessionId: sids.call(2 * n), legId: sids.call(2 * n + 1) });

/** Calabrio sends a contact status now: COMPLETE of contact 4711 of scripted call 1, if nothing else is said. */
export function sendStatus(journey: Journey, keys: StatusKeys = {}, request: StatusRequest = {}): void {
  sendStatusText(journey, statusBody({ ...idsOfCall(), ...keys }), request);
}

/** The same with a body of the test's own. */
export function sendStatusText(journey: Journey, body: string, request: StatusRequest = {}): void {
  const envelope = contactStatusEnvelope(body, journey.now(), request);
  journey.queues.send('calabrio-status', envelope, journey.now().getTime());
}
