import { mappingsOf, webhookUrl } from './acd-sheet.ts';
import type { AcdFacts, MetadataMapping } from './acd-sheet.ts';
import { withCorrelation } from '../../lambdas/shared/domain/correlation.ts';
import { conferenceSid, recordingSid, taskSid } from '../../lambdas/shared/domain/sids.ts';
import { isObject } from '../../lambdas/shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../../lambdas/shared/domain/task-attributes.ts';

/** One thing that the page wants and whether it is so; `fault` says what is wrong and what to change. */
export interface Lint {
  readonly rule: string;
  readonly fault?: string;
}

/** Every rule of the page, kept or not, in the order of the page. */
export function lintAcdSheet(facts: AcdFacts): readonly Lint[] {
  const mappings = mappingsOf(facts);
  return [
    lint('the time zone is one of the IANA list', timeZoneFault(facts)),
    lint('a mapped attribute is at most one level below its object', depthFault(mappings)),
    lint('the value of a mapped attribute is text', textFault(facts, mappings)),
    lint('a metadata name is mapped once', repeatedFault(mappings)),
    lint('every mapping has a label to be created first, as Text', labelFault(facts)),
    lint('the event webhook URL is an absolute https URL with a fully qualified domain name', urlFault(facts)),
  ];
}

function lint(rule: string, fault: string | undefined): Lint {
  return { rule, ...(fault !== undefined && { fault }) };
}

function timeZoneFault({ calabrio }: AcdFacts): string | undefined {
  const { timeZone } = calabrio.acd;
  // Node's list leaves out UTC, which is in IANA's.
  const isKnown = timeZone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(timeZone);
  return isKnown ? undefined : `calabrio.acd.timeZone is "${timeZone}": a name such as America/Denver is wanted`;
}

/** Calabrio takes `<Object Name>` and `<Attribute Name>`, and maps nothing that is deeper. */
function depthFault(mappings: readonly MetadataMapping[]): string | undefined {
  const deep = mappings.filter(({ object, attribute }) => `${object}.${attribute}`.split('.').length > 2);
  return deep.length === 0
    ? undefined
    : `${deep.map(({ object, attribute }) => `${object}.${attribute}`).join(', ')} is nested deeper: name an object without dots in calabrio.correlationObject`;
}

const exampleKeys = {
  recordingSid: recordingSid(`RE${'0'.repeat(32)}`),
  taskSid: taskSid(`WT${'0'.repeat(32)}`),
  conferenceSid: conferenceSid(`CF${'0'.repeat(32)}`),
};

/** Looks at what link-recording would write, so that a change there is found here. */
function textFault({ calabrio }: AcdFacts, mappings: readonly MetadataMapping[]): string | undefined {
  if (calabrio.correlationObject === undefined) return undefined;
  const written: TaskAttributes = withCorrelation({}, calabrio.correlationObject, exampleKeys) ?? {};
  const bad = mappings.filter(({ object, attribute }) => {
    const holder = written[object];
    return !isObject(holder) || typeof holder[attribute] !== 'string';
  });
  return bad.length === 0 ? undefined : `${bad.map(({ attribute }) => attribute).join(', ')} is written as no text`;
}

function repeatedFault(mappings: readonly MetadataMapping[]): string | undefined {
  const names = mappings.map(({ metadataName }) => metadataName);
  const repeated = [...new Set(names.filter((name, place) => names.indexOf(name) !== place))];
  return repeated.length === 0
    ? undefined
    : `${repeated.join(', ')} would be mapped more than once: give each of calabrio.metadataNames its own`;
}

function labelFault({ calabrio }: AcdFacts): string | undefined {
  const { metadataNames, correlationObject } = calabrio;
  if (correlationObject === undefined) return undefined;
  const empty = Object.entries(metadataNames).filter(([, name]) => name.trim() === '');
  return empty.length === 0
    ? undefined
    : `calabrio.metadataNames.${empty.map(([key]) => key).join(', ')} is empty: name the label`;
}

const fullyQualified = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

function urlFault(facts: AcdFacts): string | undefined {
  if (facts.publicUrl === undefined)
    return 'the pipeline does not say its public URL: deploy its pipeline stack, or give the stage a customDomain';
  const url = URL.parse(webhookUrl({ ...facts, token: facts.token ?? 'token' }));
  if (url === null) return `${facts.publicUrl} is no absolute URL`;
  if (url.protocol !== 'https:') return `${facts.publicUrl} is not https`;
  return fullyQualified.test(url.hostname) ? undefined : `${url.hostname} is not a fully qualified domain name`;
}
