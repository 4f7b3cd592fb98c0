import { isJsonObject, readJsonObject, type JsonObject, type JsonValue } from '../twilio/json.ts';
import type { AttributesChange, TaskView, WorkerView } from '../twilio/simulator.ts';
import type { AttributePromise, PromisedAttributes } from './day.ts';

/** The promises that were not kept, in words; read from Twilio's own history at the moment at which Insights reads. */
export function brokenPromises(view: TaskView, promised: readonly AttributePromise[]): readonly string[] {
  return promised.flatMap(({ path, value, reservationSid }) => {
    const leg = view.reservations.find((one) => one.reservationSid === reservationSid);
    const readAt = reservationSid === undefined ? view.endedAt : leg?.endedAt;
    const text = readAt === undefined ? undefined : view.history.findLast(({ at }) => at <= readAt)?.attributes;
    const found = text === undefined ? undefined : valueAt(readJsonObject(text) ?? {}, path.split('.'));
    if (text !== undefined && isKept(value, found)) return [];
    const when = reservationSid === undefined ? 'at the task’s end' : `at the end of ${reservationSid}`;
    return [`${path} ${when}`];
  });
}

/** The same of an agent's own attributes as they are; Insights reads them when the agent logs in. */
export function brokenWorkerPromises({ attributes }: Pick<WorkerView, 'attributes'>, promised: PromisedAttributes) {
  const read = readJsonObject(attributes) ?? {};
  return Object.entries(promised).flatMap(([path, value]) =>
    isKept(value, valueAt(read, path.split('.'))) ? [] : [path],
  );
}

/** What a value of others may be replaced in: the link, and what we tell others apart by. */
const ownPlaces =
  /^(conversations\.segment_link$|conversations\.media$|reservation_attributes\.WR[0-9a-f]{32}\.media$|archive\.)/;

/**
 * The paths at which a client of the REST API, which is the pipeline, changed or removed what somebody else had written.
 * Overwriting what was its own is no fault.
 */
export function spoiledPaths(history: readonly AttributesChange[]): readonly string[] {
  const own = new Map<string, Set<string>>();
  const spoiled = new Set<string>();
  let before: ReadonlyMap<string, string> = new Map();
  for (const { by, attributes } of history) {
    const after = leavesOf(readJsonObject(attributes) ?? {});
    if (by === 'rest') {
      for (const [path, value] of before)
        if (after.get(path) !== value && !ownPlaces.test(path) && own.get(path)?.has(value) !== true) spoiled.add(path);
      for (const [path, value] of after)
        if (before.get(path) !== value) own.set(path, (own.get(path) ?? new Set()).add(value));
    }
    before = after;
  }
  return [...spoiled];
}

/** Every value that is no object, by its path, as JSON. */
function leavesOf(attributes: JsonObject, above = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(attributes).flatMap(([key, value]): (readonly [string, string])[] => {
      const path = above + key;
      return isJsonObject(value) ? [...leavesOf(value, `${path}.`)] : [[path, JSON.stringify(value) ?? '']];
    }),
  );
}

function isKept(promised: AttributePromise['value'], found: JsonValue | undefined): boolean {
  return promised === null ? isNothing(found) : found === promised;
}

/** To Insights, an empty value is as good as none. */
const isNothing = (value: JsonValue | undefined): boolean => value === undefined || value === null || value === '';

function valueAt(attributes: JsonObject, [key = '', ...rest]: readonly string[]): JsonValue | undefined {
  const value = attributes[key];
  if (rest.length === 0) return value;
  return isJsonObject(value) ? valueAt(value, rest) : undefined;
}
