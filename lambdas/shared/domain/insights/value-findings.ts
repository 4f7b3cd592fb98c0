import { codePointCount, maxValueCodePoints } from './code-points.ts';
import type { InsightsKey } from './dictionary.ts';
import type { Finding } from './finding.ts';
import { fitKey } from './fit-value.ts';
import { looksUnique } from './looks-unique.ts';
import { finding } from './rules.ts';
import type { InsightsRule } from './rules.ts';
import { segmentLinkFindings } from './segment-link.ts';
import { firstYear, isIsoDate, lastYear } from './years.ts';
import { isE164 } from '../e164.ts';
import { isObject } from '../task-attributes.ts';

/** Everything that one value of a key breaks by itself, whatever stands beside it; `path` is where it was found. */
export function valueFindings(key: InsightsKey, value: unknown, path: string): readonly Finding[] {
  if (value === undefined || value === null || value === '') return [];
  const at = { path, value };
  const fitted = fitKey(key, value);
  if (fitted.kind === 'refused') return [refusal(key, fitted.rule, at)];
  if (key.type === 'media') return mediaFindings(value, at);
  const isConverted = fitted.kind === 'fits' && fitted.value !== value;
  return [
    ...(isConverted ? [finding('type-converted', at, converted(key))] : []),
    ...(fitted.kind === 'cut' ? [finding('too-long', at, tooLong(value))] : []),
    ...(typeof fitted.value === 'string' ? textFindings(key, fitted.value, at) : []),
  ];
}

interface At {
  readonly path: string;
  readonly value: unknown;
}

const wantedOf = {
  text: 'a text',
  number: 'a number',
  date: 'a date as text, such as "2026-11-20"',
  year: 'a year as text, such as "1947"',
  media: 'a list of objects, each with a type',
} as const;

function refusal(key: InsightsKey, rule: string, at: At): Finding {
  switch (rule) {
    case 'year-range':
      return finding(
        rule,
        at,
        `Insights knows the years ${firstYear} to ${lastYear} alone; correct it or leave it out.`,
      );
    case 'year-of-birth':
      return finding(rule, at, 'This is no year; write four digits as a text, such as "1947".');
    case 'geo-location':
      return finding(
        rule,
        at,
        'This is no place; write latitude, a semicolon and longitude in degrees, such as "-22.5743922;17.0790688".',
      );
    case 'too-long-to-cut':
      return finding(
        rule,
        at,
        `${tooLong(at.value)} Half of ${key.name === 'segment_link' || key.name === 'customer_link' ? 'a link leads nowhere' : 'an identity is another one'}; use a shorter one.`,
      );
    default:
      return finding('wrong-type', at, `${kindOf(at.value)} stands where Insights wants ${wantedOf[key.type]}.`);
  }
}

function tooLong(value: unknown): string {
  const count = codePointCount(typeof value === 'string' ? value : String(value));
  return `${count} characters; Insights loads the first ${maxValueCodePoints} and drops the rest.`;
}

function converted(key: InsightsKey): string {
  return key.type === 'number'
    ? 'A text stands where Insights wants a number; write it without quotes. The pipeline does so in what it writes.'
    : `This is no text, and Insights wants ${wantedOf[key.type]}; put it in quotes. The pipeline does so in what it writes.`;
}

function textFindings(key: InsightsKey, text: string, at: At): readonly Finding[] {
  const path = `${key.root}.${key.name}`;
  const unique = key.holds === 'category' ? looksUnique(text) : undefined;
  const checks: readonly (readonly [rule: InsightsRule, isBroken: boolean, message: string])[] = [
    ['high-cardinality', unique !== undefined, uniqueMessage(key, unique ?? '')],
    ['date-format', key.type === 'date' && !isIsoDate(text), dateFormat],
    ['hierarchy-separator', isHierarchy(key) && !text.includes('▸') && /[,>/\\|]/.test(text), separator],
    ['phone-not-e164', path === 'customers.phone' && !isE164(text), notE164],
    ['yes-or-no', yesOrNo.has(path) && text !== 'Yes' && text !== 'No', thirdValue],
    ['unrendered-template', text.includes('{{'), unrendered],
  ];
  return [
    ...checks.flatMap(([rule, isBroken, message]) => (isBroken ? [finding(rule, at, message)] : [])),
    ...(path === 'conversations.segment_link' ? segmentLinkFindings(text, at) : []),
  ];
}

const dateFormat = 'No format is documented; only ISO 8601, such as "2026-11-20", is sure to be read.';
const separator = 'Levels are told apart by " ▸ ", as in "London ▸ Sales"; this is one level.';
const thirdValue = 'The documentation shows "Yes" and "No" here; another word becomes a third value in reports.';
const unrendered = 'A template was not filled in: reports show the braces. Look at the flow that made the task.';

function uniqueMessage(key: InsightsKey, unique: string): string {
  const advice =
    key.slot === undefined
      ? 'put a category here, and the unique value in a label slot alone'
      : `put it in ${key.name.replace('attribute', 'label')} alone, without the attribute`;
  return `This looks like ${unique}: nearly every record has its own, each counts towards Insights' 2 billion values and slows its loads; ${advice}.`;
}

const notE164 =
  'Insights takes this for who the customer is, and Twilio writes numbers as E.164: the same person becomes two. ' +
  'Write + and the country code, such as "+12025550143".';

const yesOrNo = new Set(['conversations.abandoned', 'conversations.in_business_hours', 'conversations.virtual']);

function isHierarchy({ name }: InsightsKey): boolean {
  return name.endsWith('_in_hierarchy') || name === 'ivr_path';
}

function mediaFindings(media: unknown, at: At): readonly Finding[] {
  const recordings = Array.isArray(media)
    ? media.filter((item: unknown) => isObject(item) && item['type'] === 'VoiceRecording')
    : [];
  return recordings.length < 2
    ? []
    : [
        finding(
          'media-one-recording',
          at,
          `${recordings.length} recordings; the player shows the first alone. Put one agent's part in reservation_attributes.<WR…>.media.`,
        ),
      ];
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'A list';
  if (isObject(value)) return 'An object';
  if (typeof value === 'boolean') return 'True or false';
  return typeof value === 'string' ? 'A text' : 'A number';
}
