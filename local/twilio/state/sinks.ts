import { readJsonObject, type JsonObject } from '../json.ts';
import type { Sink, SinkConfiguration, SinkStatus } from './account-records.ts';
import type { World } from './world.ts';

/**
 * Makes a sink, which begins `initialized`, as the OpenAPI file has it; or `active`, which Twilio's page says is the rule
 * now (twilio.com/docs/events/event-streams/sink-resource/validate, read 2026-11). The account chooses.
 */
export function createSink(world: World, configuration: SinkConfiguration, description: string): Sink {
  const now = world.clock.now();
  const sink: Sink = {
    sid: world.sids.next('DG'),
    configuration,
    createdAtMs: now,
    updatedAtMs: now,
    description,
    status: world.account.sinksBegin,
  };
  world.sinks.set(sink.sid, sink);
  return sink;
}

/** Sends a test event with an id of its own; a sink that is active stays so meanwhile. */
export function testSink(world: World, sink: Sink): void {
  sink.testId = world.sids.next('TI');
  if (sink.status !== 'active') changeStatus(world, sink, 'validating');
  const { accountSid } = world;
  world.emit({
    kind: 'sink-test',
    accountSid,
    sinkSid: sink.sid,
    testId: sink.testId,
    occurredAtMs: world.clock.now(),
  });
}

/**
 * Whether the id is the last test's, which makes the sink active; another one changes nothing. Where sinks begin active
 * it is valid whatever it is: "always returns a result property with a value of valid" (…/sink-resource/validate).
 */
export function validateSink(world: World, sink: Sink, testId: string): boolean {
  if (world.account.sinksBegin === 'active') return true;
  if (sink.testId !== testId) return false;
  changeStatus(world, sink, 'active');
  return true;
}

/** The sink's last test never arrived. */
export function failSink(
  world: World,
  { sinkSid, testId }: { readonly sinkSid: string; readonly testId: string },
): void {
  const sink = world.sinks.get(sinkSid);
  if (sink?.status === 'validating' && sink.testId === testId) changeStatus(world, sink, 'failed');
}

export function describeSink(world: World, sink: Sink, description: string): void {
  sink.description = description;
  sink.updatedAtMs = world.clock.now();
}

function changeStatus(world: World, sink: Sink, status: SinkStatus): void {
  sink.status = status;
  sink.updatedAtMs = world.clock.now();
}

/** What a SinkConfiguration spells, or why it is none. */
export function sinkConfiguration(text: string | null): SinkConfiguration | string {
  const given = readJsonObject(text ?? '');
  if (given === undefined) return 'SinkConfiguration is not a JSON object';
  const unknown = Object.keys(given).filter((name) => !['destination', 'method', 'batch_events'].includes(name));
  if (unknown.length > 0) return `SinkConfiguration of a webhook has no ${unknown.join(', ')}`;
  const { destination, method, batch_events: batchEvents = false } = given;
  if (typeof destination !== 'string' || !URL.canParse(destination)) return 'destination is not a URL';
  if (method !== 'POST') return 'method must be POST: a webhook by GET is not simulated';
  if (typeof batchEvents !== 'boolean') return 'batch_events must be true or false';
  return { destination, method, batch_events: batchEvents };
}

/** For answers: an interface is no JsonObject by itself. */
export const configurationJson = ({ destination, method, batch_events }: SinkConfiguration): JsonObject => ({
  ...{ destination, method, batch_events },
});
