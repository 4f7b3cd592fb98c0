import type { JudgedEvent } from './judge-event.ts';
import type { ChosenEnrichment } from './chosen-enrichment.ts';
import { valueText } from '../value-text.ts';
import { isObject } from '../../lambdas/shared/domain/task-attributes.ts';
import type { RuleResult } from '../../lambdas/shared/steps/evaluate-rules.ts';
import type { Column } from '../../local/terminal/table.ts';

/** A part of what is told of an event: sentences first, then a table. */
export interface Section {
  readonly title: string;
  readonly sentences: readonly string[];
  /** What is cut on a terminal is whole in plain lines and with `--json`. */
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** What a line of its own begins with, for a sentence and for a row. */
  readonly word: string;
  /** A row as such a line says it, after the word. */
  readonly line: (...cells: readonly string[]) => string;
}

function cutAt(title: string, maxWidth: number): Column {
  return { title, cut: 'end', maxWidth };
}

/** What is told of a judged event, in the order in which it came about. A part that has nothing to tell is left out. */
export function judgedSections(judged: JudgedEvent, chosen: ChosenEnrichment): readonly Section[] {
  return [
    taskSection(judged),
    conflictSection(judged),
    noteSection(judged),
    secretSection(judged),
    ruleSection(judged),
    diffSection(judged, chosen),
  ].filter(({ sentences, rows }) => sentences.length > 0 || rows.length > 0);
}

function taskSection({ read: { task, provenance }, identityWhenNew }: JudgedEvent): Section {
  return {
    title: 'the task as it is read',
    sentences: [],
    columns: [cutAt('path', 44), cutAt('value', 44), cutAt('from', 44)],
    rows: [
      ...leaves(task).map(([path, value]) => [path, valueText(value), provenance[path] ?? '']),
      ...(identityWhenNew === undefined
        ? []
        : [['identity', valueText(identityWhenNew), 'where nobody is remembered']]),
    ],
    word: 'task',
    line: (path, value, from) => `${path} = ${value}${from === '' ? '' : ` from ${from}`}`,
  };
}

function conflictSection({ read }: JudgedEvent): Section {
  return {
    title: 'told differently in two places',
    sentences: [],
    columns: [{ title: 'path' }, { title: 'taken from' }, { title: 'not from' }],
    rows: read.conflicts.map(({ path, keptFrom, droppedFrom }) => [path, keptFrom, droppedFrom]),
    word: 'conflict',
    line: (path, kept, dropped) => `${path}: from ${kept}, not from ${dropped}`,
  };
}

function noteSection({ read }: JudgedEvent): Section {
  return {
    title: 'notes',
    sentences: [],
    columns: [{ title: 'note' }, { title: 'path' }],
    rows: read.notes.map(({ kind, path }) => [kind, path === '' ? 'the whole text' : path]),
    word: 'note',
    line: (note, path) => `${note}: ${path}`,
  };
}

function secretSection({ secrets }: JudgedEvent): Section {
  return {
    title: 'left out: looks like a secret',
    sentences: [],
    columns: [{ title: 'path' }],
    rows: secrets.map((path) => [path]),
    word: 'secret',
    line: (path) => `left out: ${path}`,
  };
}

function ruleSection(judged: JudgedEvent): Section {
  const { results } = judged;
  return {
    title: 'rules',
    sentences: results.length === 0 ? ['the configuration has none'] : [],
    columns: [cutAt('rule', 44), { title: 'writes' }, cutAt('result', 72)],
    rows: results.map((result) => [result.rule.name, result.rule.write, resultText(result, judged)]),
    word: 'rule',
    line: (rule, path, result) => `${rule} → ${path}: ${result}`,
  };
}

function resultText(result: RuleResult, judged: JudgedEvent): string {
  switch (result.kind) {
    case 'value':
      return `${valueText(result.value)}${whyNotWritten(result.rule.write, judged)}`;
    case 'nothing':
      return 'no value';
    case 'not-on-this-event':
      return 'not on this event';
    case 'condition-not-met':
      return 'its condition does not hold';
    case 'late':
      return 'too late: Insights has read this';
    case 'depends':
      return `asked at run time: ${result.on.join(', ')}`;
    case 'beaten':
      return `"${result.by}" comes first`;
    case 'failed':
      return `failed: ${result.why}`;
  }
}

/** What became of a value on its way; nothing where it is in the diff. */
function whyNotWritten(path: string, { changes, latePaths, refused, noRoomPaths }: JudgedEvent): string {
  const refusal = refused.find((one) => one.path === path);
  if (changes.some((change) => change.path === path)) return '';
  if (refusal !== undefined) return `, refused (${refusal.rule})`;
  if (latePaths.includes(path)) return ', too late';
  return noRoomPaths.includes(path) ? ', no room' : ', what is there stays';
}

function diffSection(judged: JudgedEvent, chosen: ChosenEnrichment): Section {
  const { changes, characters } = judged;
  return {
    title: 'what would be written',
    sentences: [...verdicts(judged, chosen), sizeText(characters), ...leftOut(judged)],
    columns: [{ title: 'path' }, { title: 'before' }, { title: 'after' }],
    rows: changes.map(({ path, before, after }) => [
      path,
      before === undefined ? 'nothing' : valueText(before),
      valueText(after),
    ]),
    word: 'write',
    line: (path, before, after) => `${path}: ${before} → ${after}`,
  };
}

function verdicts({ changes, isWritten, read }: JudgedEvent, { mode }: ChosenEnrichment): readonly string[] {
  if (changes.length === 0) return ['nothing'];
  if (isWritten) return [];
  return [
    ...(mode === 'observe' ? ['nothing: the mode is observe; this is what fill would write'] : []),
    ...(read.notes.some(({ kind }) => kind === 'repaired-json')
      ? ['nothing as it stands: the text is no JSON, and this is what it was likely meant to be']
      : []),
  ];
}

function sizeText({ before, after, most }: JudgedEvent['characters']): string {
  const size = before === after ? `${after} characters` : `${before} → ${after} characters`;
  return `${size} of ${most}: ${after <= most ? 'it fits' : 'TaskRouter refuses it'}`;
}

function leftOut({ latePaths, cutPaths, refused, noRoomPaths }: JudgedEvent): readonly string[] {
  const told = (what: string, paths: readonly string[]): readonly string[] =>
    paths.length === 0 ? [] : [`${what}: ${paths.join(', ')}`];
  return [
    ...told('too late for Insights, not written', latePaths),
    ...told('cut to 128 characters', cutPaths),
    ...told(
      'refused',
      refused.map(({ path, rule }) => `${path} (${rule})`),
    ),
    ...told('no room for', noRoomPaths),
  ];
}

/** The values in an object, each with its path; a list is one value. */
function leaves(value: object, path = ''): readonly (readonly [path: string, value: unknown])[] {
  return Object.entries(value).flatMap(([key, inner]: readonly [string, unknown]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return isObject(inner) ? leaves(inner, at) : [[at, inner] as const];
  });
}
