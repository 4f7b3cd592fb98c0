import { enrichmentFileFindings } from './enrichment-file.ts';
import { recognise } from './recognise.ts';
import type { FoundAttributes } from './recognise.ts';
import type { Finding } from '../../lambdas/shared/domain/insights/finding.ts';
import { lintTaskAttributes } from '../../lambdas/shared/domain/insights/lint-task-attributes.ts';
import { lintWorkerAttributes } from '../../lambdas/shared/domain/insights/lint-worker-attributes.ts';
import { finding } from '../../lambdas/shared/domain/insights/rules.ts';
import { secretFindings } from '../../lambdas/shared/domain/insights/secret-findings.ts';
import { isObject } from '../../lambdas/shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../../lambdas/shared/domain/task-attributes.ts';
import { jsonOf } from '../../lambdas/shared/messages/json-text.ts';
import { readTaskBody } from '../../lambdas/shared/domain/task-shapes/read-task-body.ts';

export interface LintOptions {
  readonly hipaaMode: boolean;
  /** The attributes are a worker's, whatever they look like. */
  readonly isWorker: boolean;
}

export type LintedText =
  | { readonly kind: 'linted'; readonly is: string; readonly findings: readonly Finding[] }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Finds out what a text is and judges it. A text of several events is judged event by event. */
export function lintText(text: string, options: LintOptions): LintedText {
  const events = eventsOf(text);
  if (events !== undefined) return lintEvents(events, options);
  const read = readTaskBody(text);
  if (read.kind === 'unreadable') return read;
  if (Array.isArray(read.attributes['rules']))
    return { kind: 'linted', is: 'an enrichment file', findings: enrichmentFileFindings(text, options) };
  const repairs = read.notes.map(({ path }) => repaired(path));
  const isBody = 'timeout' in read || 'taskChannel' in read;
  const found: FoundAttributes = isBody
    ? { of: 'task', is: 'the body that creates a task', attributes: read.attributes }
    : recognise(read.attributes);
  const linted = lintFound(found, options);
  return linted.kind === 'unreadable' ? linted : { ...linted, findings: [...repairs, ...linted.findings] };
}

/** A webhook's body is a list of CloudEvents. */
function eventsOf(text: string): readonly unknown[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined;
  // What is no list is told by whoever reads it as an object.
  const parsed = jsonOf(text);
  return Array.isArray(parsed) ? parsed : undefined;
}

function lintEvents(events: readonly unknown[], options: LintOptions): LintedText {
  const linted = events.map((event) =>
    isObject(event)
      ? lintFound(recognise(event), options)
      : ({ kind: 'unreadable', why: 'the list holds something that is no event' } as const),
  );
  const [unreadable] = linted.filter((one) => one.kind === 'unreadable');
  if (unreadable !== undefined) return unreadable;
  if (linted.length === 0) return { kind: 'unreadable', why: 'the list is empty: events are wanted' };
  const findings = linted.flatMap((one, place) =>
    one.kind === 'linted' ? one.findings.map((each) => ({ ...each, path: `[${place}] ${each.path}` })) : [],
  );
  return { kind: 'linted', is: 'captured events', findings };
}

function lintFound({ of, is, attributes }: FoundAttributes, options: LintOptions): LintedText {
  const read =
    typeof attributes === 'string' ? readTaskBody(attributes) : ({ kind: 'object', attributes, notes: [] } as const);
  if (read.kind === 'unreadable') return read;
  const ofWorker = options.isWorker || of === 'worker';
  const findings = ofWorker ? lintWorkerAttributes(read.attributes) : lintTaskAttributes(read.attributes, options);
  return {
    kind: 'linted',
    is: options.isWorker && of === 'task' ? "a worker's attributes" : is,
    findings: [...read.notes.map(({ path }) => repaired(path)), ...withSecretsHidden(findings, read.attributes)],
  };
}

/** What looks like a credential is told without its value, wherever else it is told of. */
function withSecretsHidden(findings: readonly Finding[], attributes: TaskAttributes): readonly Finding[] {
  const secrets = secretFindings(attributes);
  const shown = findings.map((one) => {
    const { value, ...rest } = one;
    return secrets.some(({ path }) => isAtOrIn(path, one.path)) ? rest : one;
  });
  return [...secrets, ...shown];
}

function isAtOrIn(path: string, holder: string): boolean {
  return path === holder || path.startsWith(`${holder}.`) || path.startsWith(`${holder}[`);
}

function repaired(path: string): Finding {
  return finding(
    'repaired-json',
    { path: path === '' ? 'attributes' : path },
    'This is no JSON as it stands: TaskRouter refuses it. It was read as it was likely meant; correct whoever sends it.',
  );
}
