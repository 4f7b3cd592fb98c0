import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { eventFeatures } from '../../../cli/twilio/events/event-features.ts';
import {
  classicName,
  subscribedTypes,
  subscribedTypesSchema,
  typesFor,
} from '../../../cli/twilio/events/subscribed-types.ts';
import { handledEventTypes } from '../../../lambdas/shared/domain/task-event.ts';
import { workerEventTypes } from '../../../lambdas/shared/domain/worker/worker-event.ts';
import { parseEventStreams } from '../../../lambdas/shared/messages/event-streams.ts';
import { parseTaskCallback } from '../../../lambdas/shared/messages/task-callback.ts';
import { sids } from '../../support/example-sids.ts';
import { provedWebhook } from '../../support/proved-webhook.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const file = subscribedTypes();
const types = file.types.map(({ type }) => type);

/** What either transport brings of every type that TaskRouter has in Event Streams. */
const everyType = [
  ...['created', 'updated', 'canceled', 'completed', 'deleted', 'system-deleted', 'wrapup'].map((one) => `task.${one}`),
  ...['initiated', 'completed', 'failed', 'canceled', 'attempt-failed'].map((one) => `task.transfer-${one}`),
  ...['created', 'accepted', 'rejected', 'timeout', 'canceled', 'rescinded', 'completed', 'failed', 'wrapup'].map(
    (one) => `reservation.${one}`,
  ),
  ...['created', 'deleted', 'activity.update', 'attributes.update', 'capacity.update'].map((one) => `worker.${one}`),
  'worker.channel.availability.update',
  ...['created', 'deleted', 'entered', 'timeout', 'moved', 'expression.updated'].map((one) => `task-queue.${one}`),
  ...['entered', 'timeout', 'skipped', 'target-matched'].map((one) => `workflow.${one}`),
];

function isActedOnInStreams(name: string): boolean {
  const payload = {
    sid: sids.event(),
    eventtype: name,
    account_sid: sids.account(),
    workspace_sid: sids.workspace(),
    timestamp: '2026-03-02T10:00:00.000Z',
    task_sid: sids.task(),
    worker_sid: sids.worker(),
  };
  const event = { specversion: '1.0', type: `com.twilio.taskrouter.${name}`, data: { payload } };
  const [parsed] = parseEventStreams(provedWebhook('twilio/event-streams', JSON.stringify([event])));
  return parsed?.kind === 'event' || parsed?.kind === 'worker-event';
}

function isActedOnInCallbacks(name: string): boolean {
  const form = new URLSearchParams({
    EventType: name,
    AccountSid: sids.account(),
    WorkspaceSid: sids.workspace(),
    TimestampMs: '1772445600000',
    TaskSid: sids.task(),
    WorkerSid: sids.worker(),
  });
  const parsed = parseTaskCallback(provedWebhook('twilio/task-events', form.toString()));
  return parsed.kind === 'event' || parsed.kind === 'worker-event';
}

describe('config/events.json', () => {
  it('has exactly the types that the parsers hand on, by either transport', () => {
    const listed = types.map(classicName).toSorted();

    expect(everyType.filter(isActedOnInStreams).toSorted()).toEqual(listed);
    expect(everyType.filter(isActedOnInCallbacks).toSorted()).toEqual(listed);
  });

  it('has exactly the types that the handlers know, each once', () => {
    expect(types.map(classicName).toSorted()).toEqual([...handledEventTypes, ...workerEventTypes].toSorted());
  });

  it('is pinned to the version that the parsers were written for', () => {
    expect(file.schemaVersion).toBe(4);
  });

  it('names functions that there are, and a reason for each that is said once', () => {
    for (const { for: uses } of file.types) {
      const places = uses.map((use) => `${use.function} ${use.feature}`);
      expect(new Set(places).size).toBe(places.length);
      for (const use of uses) expect(existsSync(join(repository, 'lambdas', use.function, 'handler.ts'))).toBe(true);
    }
  });

  it('is described to editors by the schema that reads it', () => {
    // After a change of the schema: write what is received here to config/events.schema.json, and format it.
    expect(JSON.parse(readFileSync(join(repository, 'config', 'events.schema.json'), 'utf8'))).toEqual(
      z.toJSONSchema(subscribedTypesSchema, { io: 'input' }),
    );
  });
});

describe('the types of features', () => {
  it('are all of them for all features', () => {
    expect(typesFor(file, eventFeatures)).toEqual(types);
  });

  it('are the one that each kind of news of agents needs', () => {
    expect(typesFor(file, ['worker-attributes'])).toEqual(['com.twilio.taskrouter.worker.attributes.update']);
    expect(typesFor(file, ['agent-states'])).toEqual(['com.twilio.taskrouter.worker.activity.update']);
  });

  it.each(['voice', 'digital'] as const)('are all that are about tasks for %s', (feature) => {
    expect(typesFor(file, [feature]).map(classicName).toSorted()).toEqual([...handledEventTypes].toSorted());
  });

  it('are each there once, in the order of the file, whatever the order of the features', () => {
    expect(typesFor(file, ['agent-states', 'digital', 'voice'])).toEqual(
      types.filter((type) => type !== 'com.twilio.taskrouter.worker.attributes.update'),
    );
  });
});
