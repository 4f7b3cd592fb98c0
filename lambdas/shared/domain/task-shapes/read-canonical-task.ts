import { withoutSecrets } from '../secrets-in-attributes.ts';
import { attributeFacts, isObject, parseTaskAttributes } from '../task-attributes.ts';
import type { AttributeFacts, TaskAttributes } from '../task-attributes.ts';
import type { CanonicalTask, ContactWindow, Direction, ReadTask, ToE164 } from './canonical-task.ts';
import { minuteOfDay } from './contact-window.ts';
import { createBody } from './create-body.ts';
import { objectAt, placesIn } from './places.ts';
import { partyOf, processingOf } from './processing.ts';
import type { ProcessingFacts, StatedProcessing } from './processing.ts';
import { readCustomer } from './read-customer.ts';
import { readRd, truthOf } from './read-rd.ts';
import { readSids } from './read-sids.ts';
import { believe, gathered, note, phoneIn, present, textIn, toldAs } from './reading.ts';
import type { Reading, Told } from './reading.ts';
import { taskKind } from './shape-of.ts';
import { unrenderedPaths } from './unrendered.ts';

export interface ReadingParts {
  readonly toE164: ToE164;
  /** TaskRouter's name of the task's channel, as events say it. */
  readonly channel?: string | undefined;
  /** What is known better than by the task's own words: each party that is understood replaces what the task says. */
  readonly processing?: StatedProcessing | undefined;
}

/**
 * Reads one task, whichever of the known shapes its attributes have. Never throws, and never changes the attributes;
 * the same attributes always read the same.
 *
 * Provenance is told of facts that a key of the attributes states; what follows from others (the shape, the medium, the
 * contact window, the processing) has none of its own. A value is taken for what it is and not for what its key says.
 */
export function readCanonicalTask(attributes: TaskAttributes, has: ReadingParts): ReadTask {
  const clean = withoutSecrets(attributes);
  const inside = insideOfBody(clean.value);
  const root = inside?.attributes ?? clean.value;
  const reading: Reading = {
    toE164: has.toE164,
    prefix: inside === undefined ? '' : 'attributes.',
    provenance: new Map(),
    conflicts: [],
    notes: unrenderedPaths(clean.value).map((path) => ({ kind: 'unrendered-template', path })),
  };
  const task = readTask(reading, root, { ...has, channel: inside?.taskChannel ?? has.channel });
  const shape = inside === undefined ? task.shape : 'email-create-body';
  return { task: { ...task, shape }, ...gathered(reading), secrets: clean.paths };
}

function insideOfBody(
  object: TaskAttributes,
): { readonly attributes: TaskAttributes; readonly taskChannel?: string } | undefined {
  const body = createBody(object);
  if (body === undefined) return undefined;
  if (isObject(body.attributes)) return { ...body, attributes: body.attributes };
  const parsed = parseTaskAttributes(body.attributes);
  return parsed.kind === 'object' ? { ...body, attributes: parsed.attributes } : undefined;
}

function readTask(reading: Reading, root: TaskAttributes, has: ReadingParts): CanonicalTask {
  const facts = attributeFacts(root);
  const kind = taskKind(root, facts, has.channel);
  const places = placesIn(reading, root);
  const rd = readRd(reading, places);
  const sids = readSids(reading, places, facts);
  const ends = readEnds(reading, root, kind.direction, sids.callSid);
  const customer = readCustomer(reading, places, { direction: kind.direction, ...ends });
  const parent = textIn(rd['parent_task_sid']);
  const window = contactWindow(rd);
  return {
    ...kind,
    ...readTexts(reading, root),
    rd,
    customer,
    ...(ends.from !== undefined && { from: ends.from.value }),
    ...(ends.to !== undefined && { to: ends.to.value }),
    ...sids,
    ...(parent !== undefined && { parentTaskSid: parent }),
    ...readFlags(reading, root),
    ...(window !== undefined && { contactWindow: window }),
    processing: processingOf({
      ...kind,
      ...partiesIn(rd, has.processing),
      isRecordedBefore: has.processing?.isRecordedBefore ?? isPast(rd, facts),
    }),
  };
}

/** Who talks to whom. A participant whose key is a call's SID has the number of that call. */
function readEnds(
  reading: Reading,
  root: TaskAttributes,
  direction: Direction | undefined,
  callSid: string | undefined,
): { readonly from?: Told<string>; readonly to?: Told<string> } {
  const endIn = (path: string, value: unknown): Told<string> | undefined =>
    phoneIn(reading, path, value) ?? toldAs(path, value, (text) => text);
  const participants = objectAt(objectAt(root, 'conference'), 'participants');
  const dialled =
    callSid === undefined ? undefined : phoneIn(reading, `conference.participants.${callSid}`, participants[callSid]);
  const end = (
    path: 'from' | 'to',
    older: string,
    isCustomers: boolean,
  ): { readonly [key in 'from' | 'to']?: Told<string> } => {
    const told = [endIn(path, root[path]), endIn(older, root[older]), isCustomers ? dialled : undefined];
    const value = believe(reading, path, told);
    const source = told.find((one) => one !== undefined);
    return value === undefined || source === undefined ? {} : { [path]: source };
  };
  return { ...end('from', 'caller', direction === 'inbound'), ...end('to', 'called', direction === 'outbound') };
}

function readTexts(reading: Reading, root: TaskAttributes): Pick<CanonicalTask, 'name' | 'type' | 'targetWorkerUri'> {
  const asIs = (text: string): string => text;
  const asUri = (text: string): string | undefined => (/^client:\S+$/.test(text) ? text : undefined);
  const told = <T>(read: (text: string) => T | undefined, ...keys: readonly string[]) =>
    keys.map((key) => toldAs(key, root[key], read));
  const name = believe(reading, 'name', told(asIs, 'name'));
  const type = believe(reading, 'type', told(asIs, 'type'));
  const uri = believe(reading, 'targetWorkerUri', told(asUri, 'targetWorker', 'flexOutboundDialerTargetWorker'));
  return {
    ...(name !== undefined && { name }),
    ...(type !== undefined && { type }),
    ...(uri !== undefined && { targetWorkerUri: uri }),
  };
}

function readFlags(reading: Reading, root: TaskAttributes): Pick<CanonicalTask, 'autoAnswer' | 'internal'> {
  const flagIn = (path: string): Told<boolean> | undefined => {
    const value = truthOf(present(root[path]));
    if (typeof value !== 'boolean') return undefined;
    if (typeof root[path] === 'string') note(reading, 'text-for-boolean', path);
    return { path, value };
  };
  const autoAnswer = believe(reading, 'autoAnswer', [flagIn('autoAnswer'), flagIn('auto_answer')]);
  const internal = believe(reading, 'internal', [flagIn('internal')]);
  return { ...(autoAnswer !== undefined && { autoAnswer }), ...(internal !== undefined && { internal }) };
}

function contactWindow(rd: CanonicalTask['rd']): ContactWindow | undefined {
  const from = minuteOfDay(rd['acceptable_contact_time_min_utc']);
  const to = minuteOfDay(rd['acceptable_contact_time_max_utc']);
  const offset = rd['acceptable_contact_time_utc'];
  if (from === undefined || to === undefined) return undefined;
  return {
    fromMinuteUtc: from,
    toMinuteUtc: to,
    ...(typeof offset === 'number' && { utcOffsetMinutes: offset * 60 }),
  };
}

function partiesIn(
  rd: CanonicalTask['rd'],
  stated: StatedProcessing | undefined,
): Pick<ProcessingFacts, 'origin' | 'processedBy' | 'assignedTo'> {
  return {
    origin: partyOf(stated?.origin) ?? partyOf(rd['origin']),
    processedBy: partyOf(stated?.processedBy) ?? partyOf(rd['processed_by']),
    assignedTo: partyOf(stated?.assignedTo) ?? partyOf(rd['assigned_to']),
  };
}

/** What the task says, or else: a recording or a call's detail is there, and no call that an agent could be in. */
function isPast(rd: CanonicalTask['rd'], facts: AttributeFacts): boolean {
  const timing: unknown = rd['call_timing'];
  if (timing === 'past' || timing === 'present') return timing === 'past';
  const hasCall = facts.callSids.length > 0 || facts.conferenceSids.length > 0;
  const isRecorded = facts.recordings.length > 0 || facts.segmentLink !== undefined;
  return !hasCall && (isRecorded || rd['call_detail_id'] !== undefined);
}
