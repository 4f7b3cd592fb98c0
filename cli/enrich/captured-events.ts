import { accountSid, taskSid, workspaceSid } from '../../lambdas/shared/domain/sids.ts';
import { attributesText, isObject, parseTaskAttributes } from '../../lambdas/shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../../lambdas/shared/domain/task-attributes.ts';
import type { TaskEvent } from '../../lambdas/shared/domain/task-event.ts';
import type { ShapeNote } from '../../lambdas/shared/domain/task-shapes/canonical-task.ts';
import { readTaskBody } from '../../lambdas/shared/domain/task-shapes/read-task-body.ts';
import { parseEventStreams } from '../../lambdas/shared/messages/event-streams.ts';
import type { ProvedWebhook } from '../../lambdas/shared/messages/gateway-envelope.ts';
import { jsonOf } from '../../lambdas/shared/messages/json-text.ts';
import { parseTaskCallback } from '../../lambdas/shared/messages/task-callback.ts';

/** A task at one of its events, as the pipeline would be told of it. */
export interface CapturedTask {
  readonly kind: 'task';
  readonly event: TaskEvent;
  readonly attributes: TaskAttributes;
  /** What had to be put right before it was JSON. */
  readonly repairs: readonly ShapeNote[];
  /** The parameters that were not there and stand for nothing. */
  readonly assumed: readonly string[];
}

/** One captured event, and what is in it for the rules. */
export type CapturedEvent =
  | CapturedTask
  /** The pipeline has no use for it, or no attributes are in it. */
  | { readonly kind: 'without-task'; readonly why: string }
  | { readonly kind: 'unreadable'; readonly why: string };

/**
 * Reads whatever somebody captured: the parameters of a workspace callback as a JSON object or as the form they came in,
 * a CloudEvent, a list of these (an Event Streams body), one of these a line, or a task's bare attributes, which are
 * then taken for those of a `task.created`. `at` stands for a time that is not there. Of several lines each is read for
 * itself: one that cannot be read says its number in the file and takes no other with it.
 */
export function capturedEvents(text: string, at: Date): readonly CapturedEvent[] {
  const trimmed = text.trim();
  if (trimmed === '') return [{ kind: 'unreadable', why: 'it is empty' }];
  const lines = linesOf(text);
  if (isOneALine(lines, trimmed)) return lines.flatMap((line) => capturedLine(line, at));
  return trimmed.startsWith('[') ? listed(trimmed, at) : [captured(trimmed, at)];
}

interface Line {
  /** In the file, from 1. */
  readonly number: number;
  readonly text: string;
}

/** Those that are not empty. */
function linesOf(text: string): readonly Line[] {
  return text
    .split('\n')
    .map((line, place) => ({ number: place + 1, text: line.trimEnd() }))
    .filter((line) => line.text.trim() !== '');
}

/**
 * One line that is JSON tells it, where the whole is none. In one value over several lines that lacks a comma somewhere,
 * such a line is indented, or the list around it opens on a line of its own.
 */
function isOneALine(lines: readonly Line[], whole: string): boolean {
  if (lines.length < 2 || lines[0]?.text.trim() === '[' || jsonOf(whole) !== undefined) return false;
  const isEvent = ({ text }: Line): boolean => /^\s*[[{]/.test(text) && jsonOf(text) !== undefined;
  return lines.some((line) => !/^\s/.test(line.text) && isEvent(line)) || lines.every(isEvent);
}

/** What is not JSON is not put right here: of half an event nobody knows what it was. */
function capturedLine({ number, text }: Line, at: Date): readonly CapturedEvent[] {
  const line = text.trim();
  const isReadable = isForm(line) || jsonOf(line) !== undefined;
  const events: readonly CapturedEvent[] = !isReadable
    ? [{ kind: 'unreadable', why: 'not JSON' }]
    : line.startsWith('[')
      ? listed(line, at)
      : [captured(line, at)];
  return events.map((event) =>
    event.kind === 'unreadable' ? { ...event, why: `line ${number}: ${event.why}` } : event,
  );
}

const isForm = (text: string): boolean => /^[A-Za-z]+=/.test(text) && text.includes('EventType=');

/** A list is read as the value of a key, so that numbers too long for JavaScript are kept as in attributes. */
function listed(text: string, at: Date): readonly CapturedEvent[] {
  const parsed = parseTaskAttributes(`{"listed":${text}}`);
  const items = parsed.kind === 'object' ? parsed.attributes['listed'] : undefined;
  if (!Array.isArray(items)) return [{ kind: 'unreadable', why: 'it begins like a list and is not JSON' }];
  if (items.length === 0) return [{ kind: 'unreadable', why: 'the list is empty' }];
  return items.map((item: unknown) =>
    isObject(item)
      ? captured(attributesText(item), at)
      : { kind: 'unreadable', why: 'the list holds something that is no object' },
  );
}

function captured(text: string, at: Date): CapturedEvent {
  if (isForm(text)) return fromCallback(Object.fromEntries(new URLSearchParams(text)), at);
  const json = jsonOf(text);
  if (!isObject(json)) return fromAttributes(text, at);
  if (typeof json['EventType'] === 'string') return fromCallback(json, at);
  if (typeof json['specversion'] === 'string' || (typeof json['type'] === 'string' && isObject(json['data'])))
    return fromCloudEvent(text);
  return fromAttributes(text, at);
}

const nobody = '0'.repeat(32);

/** What stands for a parameter that nobody kept; what somebody kept is never changed. */
function standIns(parameters: Readonly<Record<string, unknown>>, at: Date): readonly (readonly [string, string])[] {
  const all = [
    ['AccountSid', `AC${nobody}`],
    ['WorkspaceSid', `WS${nobody}`],
    ['TaskSid', `WT${nobody}`],
    ['Timestamp', String(Math.floor(at.getTime() / 1000))],
  ] as const;
  const isThere = (name: string): boolean => parameters[name] !== undefined && parameters[name] !== null;
  return all.filter(([name]) => !isThere(name) && !(name === 'Timestamp' && isThere('TimestampMs')));
}

function fromCallback(parameters: Readonly<Record<string, unknown>>, at: Date): CapturedEvent {
  const missing = standIns(parameters, at);
  const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined);
  const form = new URLSearchParams([
    ...missing.map(([name, text]): [string, string] => [name, text]),
    ...given.map(([name, value]): [string, string] => [name, textOf(value)]),
  ]);
  const parsed = parseTaskCallback(asIfProved('twilio/task-events', form.toString()));
  return fromParsed(
    parsed,
    missing.map(([name]) => name),
  );
}

/** Whoever captured an event may have opened the texts in it that hold JSON. */
function textOf(value: unknown): string {
  return isObject(value) ? attributesText(value) : String(value);
}

function fromCloudEvent(text: string): CapturedEvent {
  const [parsed] = parseEventStreams(asIfProved('twilio/event-streams', text));
  return parsed === undefined ? { kind: 'unreadable', why: 'the list is empty' } : fromParsed(parsed, []);
}

type Parsed = ReturnType<typeof parseEventStreams>[number];

function fromParsed(parsed: Parsed, assumed: readonly string[]): CapturedEvent {
  if (parsed.kind === 'unreadable') return { kind: 'unreadable', why: parsed.error.message };
  if (parsed.kind === 'ignored') return { kind: 'without-task', why: `the pipeline ignores it: ${parsed.reason}` };
  if (parsed.kind === 'test-event') return { kind: 'without-task', why: 'it tests a sink, and is about no task' };
  if (parsed.kind === 'worker-event') return { kind: 'without-task', why: 'it is about a worker and no task' };
  const { event } = parsed;
  if (event.attributesText === undefined)
    return { kind: 'without-task', why: `${event.eventType} came without the task's attributes` };
  const read = readTaskBody(event.attributesText);
  if (read.kind === 'unreadable') return read;
  return { kind: 'task', event, attributes: read.attributes, repairs: read.notes, assumed };
}

function fromAttributes(text: string, at: Date): CapturedEvent {
  const read = readTaskBody(text);
  if (read.kind === 'unreadable') return read;
  return {
    kind: 'task',
    event: {
      eventSid: 'captured',
      eventType: 'task.created',
      accountSid: accountSid(`AC${nobody}`),
      workspaceSid: workspaceSid(`WS${nobody}`),
      taskSid: taskSid(`WT${nobody}`),
      occurredAt: at,
      ...(read.taskChannel !== undefined && { channel: read.taskChannel }),
    },
    attributes: read.attributes,
    repairs: read.notes,
    assumed: ['EventType', 'TaskSid', 'Timestamp'],
  };
}

/** Nobody has proved it, and nothing is done by what it says: it is shown to the person who has it anyway. */
function asIfProved(route: ProvedWebhook['route'], body: string): ProvedWebhook {
  return {
    proved: true,
    route,
    requestId: 'captured',
    receivedAt: new Date(0),
    contentType: '',
    signature: '',
    bodySha256: '',
    body,
  };
}
