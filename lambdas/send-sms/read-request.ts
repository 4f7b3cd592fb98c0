import { nearest } from '../shared/domain/nearest.ts';
import type { ToE164 } from '../shared/domain/task-shapes/canonical-task.ts';
import { isObject } from '../shared/domain/task-attributes.ts';
import { jsonOf } from '../shared/messages/json-text.ts';
import type { HttpRequest } from '../shared/ports/http.ts';
import type { Fault, Problem } from './problem.ts';
import * as problems from './problems.ts';

/** What is asked for, in numbers that can be dialled. */
export interface SmsOrder {
  readonly fromNumber: string;
  readonly toName: string;
  readonly toNumber: string;
  readonly message?: string;
  /** False: nothing but the message, and no task. */
  readonly hasAgent: boolean;
  /** Absent: every request is one of its own. */
  readonly idempotencyKey?: string;
}

type Read<T> = { readonly kind: 'read'; readonly value: T } | { readonly kind: 'faulty'; readonly fault: Fault };

/** A hundred times what the longest request takes. */
const MOST_BYTES = 16_384;
const LONGEST_NAME = 256;
/** Longer texts Twilio refuses. (https://www.twilio.com/docs/api/errors/21617, read 2026-11) */
const LONGEST_MESSAGE = 1_600;
const properties = ['fromNumber', 'toName', 'toNumber', 'message', 'agent'] as const;

/** Reads the request; every fault of the body is told at once, so that it is corrected once. */
export function readRequest(
  { headers, body }: Pick<HttpRequest, 'headers' | 'body'>,
  toE164: ToE164,
): { readonly kind: 'order'; readonly order: SmsOrder } | { readonly kind: 'problem'; readonly problem: Problem } {
  const refused = (problem: Problem) => ({ kind: 'problem' as const, problem });
  const contentType = headers['content-type'] ?? '';
  if (!/^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType.trim()))
    return refused(problems.wrongContentType(contentType));
  const bytes = Buffer.byteLength(body);
  if (bytes > MOST_BYTES) return refused(problems.bodyTooLarge(bytes, MOST_BYTES));
  const idempotencyKey = headers['idempotency-key'];
  if (idempotencyKey !== undefined && !/^[\x21-\x7e]{1,255}$/.test(idempotencyKey))
    return refused(problems.idempotencyKeyInvalid());
  const said = jsonOf(body);
  if (said === undefined) return refused(problems.notJson());
  if (!isObject(said)) return refused(problems.notAnObject());
  const read = readBody(said, toE164);
  if (read.kind === 'faulty') return refused(problems.invalidRequest(read.faults));
  return { kind: 'order', order: { ...read.order, ...(idempotencyKey !== undefined && { idempotencyKey }) } };
}

function readBody(
  said: Readonly<Record<string, unknown>>,
  toE164: ToE164,
):
  | { readonly kind: 'order'; readonly order: SmsOrder }
  | { readonly kind: 'faulty'; readonly faults: readonly Fault[] } {
  const from = readNumber(said, 'fromNumber', toE164);
  const name = readName(said);
  const to = readNumber(said, 'toNumber', toE164);
  const message = said['message'] === undefined ? undefined : readMessage(said);
  const agent = readAgent(said);
  const alone = agent.kind === 'read' && !agent.value && message === undefined;
  const same = from.kind === 'read' && to.kind === 'read' && from.value === to.value;
  const faults = [
    ...[from, name, to, message, agent].flatMap((one) => (one?.kind === 'faulty' ? [one.fault] : [])),
    ...(alone ? [fault('message', 'missing; without an agent there is nothing but the message to send')] : []),
    ...(same ? [fault('toNumber', 'the same as fromNumber; nobody sends a message to themselves')] : []),
    ...unknownProperties(said),
  ];
  if (from.kind !== 'read' || name.kind !== 'read' || to.kind !== 'read' || agent.kind !== 'read' || faults.length > 0)
    return { kind: 'faulty', faults };
  const order = { fromNumber: from.value, toName: name.value, toNumber: to.value, hasAgent: agent.value };
  return { kind: 'order', order: { ...order, ...(message?.kind === 'read' && { message: message.value }) } };
}

function readNumber(said: Readonly<Record<string, unknown>>, name: string, toE164: ToE164): Read<string> {
  const value = said[name];
  if (typeof value !== 'string') return faulty(name, `${missingOr(value)} a number in E.164, such as "+12025550143"`);
  if (!value.trim().startsWith('+'))
    return faulty(name, 'wanted E.164: a plus sign, the country code and the number, such as "+12025550143"');
  const number = toE164(value);
  if (number === value) return { kind: 'read', value };
  return faulty(
    name,
    number === undefined
      ? 'no number that could be dialled; look whether digits are missing or too many for its country'
      : `wanted E.164, without spaces or signs between the digits; did you mean "${number}"?`,
  );
}

/** Of characters that are seen, and as long as Twilio's own names. */
function readText(said: Readonly<Record<string, unknown>>, name: string, longest: number): Read<string> {
  const value = said[name];
  const wanted = `a text of 1 to ${longest} characters`;
  if (typeof value !== 'string') return faulty(name, `${missingOr(value)} ${wanted}`);
  if (value.trim() === '' || value.length > longest) return faulty(name, `wanted ${wanted}, not only blanks`);
  if (/\p{Cc}/u.test(value)) return faulty(name, 'has a control character in it, such as a line break; take it away');
  if (!value.isWellFormed()) return faulty(name, 'has half of a character in it (a lone surrogate); take it away');
  return { kind: 'read', value };
}

/** A name stands in one line among other texts, and must not turn them around. */
function readName(said: Readonly<Record<string, unknown>>): Read<string> {
  const read = readText(said, 'toName', LONGEST_NAME);
  if (read.kind === 'faulty' || !/[\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(read.value)) return read;
  return faulty('toName', 'has a sign in it that breaks the line or turns the text around; take it away');
}

/** As a name, but a message may have lines. */
function readMessage(said: Readonly<Record<string, unknown>>): Read<string> {
  const value = said['message'];
  const read = readText(
    { message: typeof value === 'string' ? value.replace(/\r\n/g, '  ').replace(/[\n\t]/g, ' ') : value },
    'message',
    LONGEST_MESSAGE,
  );
  return read.kind === 'read' && typeof value === 'string' ? { kind: 'read', value } : read;
}

function readAgent(said: Readonly<Record<string, unknown>>): Read<boolean> {
  const value = said['agent'] === undefined ? true : said['agent'];
  if (typeof value === 'boolean') return { kind: 'read', value };
  return faulty('agent', 'wanted true, which is meant when it is left out, or false');
}

function unknownProperties(said: Readonly<Record<string, unknown>>): readonly Fault[] {
  return Object.keys(said)
    .filter((name) => !properties.some((known) => known === name))
    .map((name) => {
      const near = nearest(name, properties);
      return fault(
        name,
        `unknown; ${near === undefined ? '' : `did you mean ${near}? `}known are ${properties.join(', ')}`,
      );
    });
}

function missingOr(value: unknown): string {
  return value === undefined ? 'missing; wanted' : `is ${value === null ? 'null' : `a ${typeof value}`}; wanted`;
}

function faulty(name: string, detail: string): { readonly kind: 'faulty'; readonly fault: Fault } {
  return { kind: 'faulty', fault: fault(name, detail) };
}

/** The name as RFC 6901 writes it into a pointer, at most as much as tells it from others. */
function fault(name: string, detail: string): Fault {
  return { pointer: `#/${name.slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1')}`, detail };
}
