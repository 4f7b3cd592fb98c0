import { parseTaskAttributes } from '../task-attributes.ts';
import type { TaskAttributes } from '../task-attributes.ts';
import type { ShapeNote } from './canonical-task.ts';
import { createBody } from './create-body.ts';
import { repairJson } from './repair-json.ts';

export type ReadTaskBody =
  | {
      readonly kind: 'object';
      readonly attributes: TaskAttributes;
      readonly notes: readonly ShapeNote[];
      /** As it came, where the text is the body of a request that creates a task. */
      readonly timeout?: unknown;
      readonly taskChannel?: string;
    }
  | { readonly kind: 'unreadable'; readonly why: string };

/**
 * Reads a task's attributes from their JSON text, or from the body of a request that creates a task, where they are in
 * `attributes`, as an object or as a text of their own.
 *
 * A text that is not JSON for want of a comma, or for curly quotes, broken lines or an unrendered template, is put right,
 * with a note for each place. Attributes that were put right are for reading only: TaskRouter holds the text that was
 * sent, if it took it at all. Never throws; `unreadable` says why without quoting the text.
 */
export function readTaskBody(text: string): ReadTaskBody {
  const read = readLoosely(text);
  if (read.kind === 'unreadable') return read;
  const body = createBody(read.attributes);
  if (body === undefined) return { kind: 'object', attributes: read.attributes, notes: notesAt(read.repairedAt) };
  const { attributes, ...rest } = body;
  const repairedInBody = read.repairedAt.map((path) => path.replace(/^attributes(?:\.|$)/, ''));
  if (typeof attributes !== 'string') return { kind: 'object', attributes, notes: notesAt(repairedInBody), ...rest };
  const inner = readLoosely(attributes);
  if (inner.kind === 'unreadable') return inner;
  const notes = notesAt([...repairedInBody, ...inner.repairedAt]);
  return { kind: 'object', attributes: inner.attributes, notes, ...rest };
}

type LooselyRead =
  | { readonly kind: 'object'; readonly attributes: TaskAttributes; readonly repairedAt: readonly string[] }
  | { readonly kind: 'unreadable'; readonly why: string };

function readLoosely(text: string): LooselyRead {
  const strict = parseTaskAttributes(text);
  if (strict.kind === 'object') return { ...strict, repairedAt: [] };
  const repaired = repairJson(text);
  if (repaired.repairedAt.length === 0) return strict;
  const read = parseTaskAttributes(repaired.text);
  return read.kind === 'object' ? { ...read, repairedAt: repaired.repairedAt } : strict;
}

function notesAt(paths: readonly string[]): readonly ShapeNote[] {
  return [...new Set(paths)].map((path) => ({ kind: 'repaired-json', path }));
}
