import { codePointCount, maxValueCodePoints } from './code-points.ts';
import { slotPath } from './dictionary.ts';
import type { Finding } from './finding.ts';
import { looksLikeName } from './label-findings.ts';
import { keyWritten, lintRule } from './lint-rule.ts';
import type { PlacedRule } from './lint-rule.ts';
import { literalOf } from './rule-literal.ts';
import { finding } from './rules.ts';
import type { EnrichmentConfig, Rule } from '../enrichment/enrichment-config.ts';

/**
 * Everything in an enrichment file that Flex Insights would lose, refuse or read differently from what is meant,
 * whatever the mode it runs in. The file itself has passed `readEnrichmentConfig`.
 */
export function lintEnrichmentConfig(
  config: EnrichmentConfig,
  options: { readonly hipaaMode: boolean },
): readonly Finding[] {
  const ofTasks = placed(config.rules, 'rules', 'task');
  const ofWorkers = placed(config.workerRules, 'workerRules', 'worker');
  return [
    ...[ofTasks, ofWorkers].flatMap((rules) => [
      ...rules.flatMap((rule) => lintRule(rule, options)),
      ...twiceFindings(rules),
      ...constantLabelFindings(rules),
      ...idNeeded(rules),
    ]),
    ...identityFindings(config, options),
    ...wordFindings(config),
  ];
}

function placed(rules: readonly Rule[], list: string, of: PlacedRule['of']): readonly PlacedRule[] {
  return rules.map((rule, index) => ({ rule, place: `${list}[${index}]`, of }));
}

/** Two rules of one path are for two conditions; without them, which one wins is an accident of their order. */
function twiceFindings(rules: readonly PlacedRule[]): readonly Finding[] {
  return rules.flatMap(({ rule, place }, index) => {
    const earlier = rules.slice(0, index).find((one) => one.rule.write === rule.write);
    if (earlier === undefined || (rule.when !== undefined && earlier.rule.when !== undefined)) return [];
    return [
      finding(
        'slot-used-twice',
        { path: `${place}.write`, value: rule.write },
        `"${earlier.rule.name}" writes it too, and one of the two has no condition: use another slot, or give both a when.`,
      ),
    ];
  });
}

/**
 * The same label beside an attribute that varies makes all of its values look alike. Where something else writes the
 * attribute, only a label that is a name by its words is told of.
 */
function constantLabelFindings(rules: readonly PlacedRule[]): readonly Finding[] {
  return rules.flatMap((label) => {
    const key = keyWritten(label);
    const attribute = key?.slot?.kind === 'label' ? slotPath(key, 'attribute') : undefined;
    const text = literalOf(label.rule.value)?.value;
    if (attribute === undefined || text === undefined) return [];
    const writers = rules.filter((one) => pathOf(one) === attribute);
    const varying = writers.find((one) => literalOf(one.rule.value) === undefined);
    const at = { path: `${label.place}.value`, value: label.rule.value };
    if (varying !== undefined) return [finding('constant-label', at, constantLabel(varying.rule.name))];
    return writers.length === 0 && typeof text === 'string' && looksLikeName(text)
      ? [finding('label-names-attribute', at, namingLabel(attribute))]
      : [];
  });
}

function constantLabel(ruleName: string): string {
  return (
    `A label is shown instead of its attribute's value, so every value of "${ruleName}" would be shown as this one text. ` +
    'Compute the text that people shall read, or take the label away.'
  );
}

function namingLabel(attribute: string): string {
  return (
    `A label is shown instead of the value of ${attribute}; by its words this is that value's name. Write the text that ` +
    'people shall read, or take the label away.'
  );
}

function pathOf(rule: PlacedRule): string | undefined {
  const key = keyWritten(rule);
  return key === undefined ? undefined : `${key.root}.${key.name}`;
}

/** A name is shown beside its id alone, which something other than these rules may write: hence as of a value, but told. */
function idNeeded(rules: readonly PlacedRule[]): readonly Finding[] {
  const written = new Set(rules.map(pathOf));
  return rules.flatMap((rule) => {
    const [, root, prefix = '', unit] =
      /^(conversations|worker)\.(handling_)?(team|department)_name(?:_in_hierarchy)?$/.exec(pathOf(rule) ?? '') ?? [];
    if ((unit !== 'team' && unit !== 'department') || written.has(`${root}.${prefix}${unit}_id`)) return [];
    const id = `${prefix}${unit}_id`;
    return [
      {
        ...finding(
          `${unit}-id-missing`,
          { path: `${rule.place}.write`, value: rule.rule.write },
          `Insights shows it only beside ${id}, which no rule here writes. Add a rule for ${id}, unless the attributes have it already.`,
        ),
        level: 'warning',
      } as const,
    ];
  });
}

function identityFindings(
  config: EnrichmentConfig,
  { hipaaMode }: { readonly hipaaMode: boolean },
): readonly Finding[] {
  if (config.identity === undefined) return [];
  const at = { path: 'identity' };
  return hipaaMode
    ? [
        finding(
          'hipaa-removed',
          at,
          'Insights links no conversations to customers in an account under HIPAA: take identity away.',
        ),
      ]
    : [
        finding(
          'external-id-opt-in',
          at,
          'An identity that differs from the one Insights took until now begins a second history of the customer, for good. ' +
            'Count them first: npm run cli -- identity.',
        ),
      ];
}

/** The words that rules look up or that calls end with are values too. */
function wordFindings({ lookups, endings }: EnrichmentConfig): readonly Finding[] {
  const words: readonly (readonly [path: string, word: string | null])[] = [
    ...Object.entries(endings).map(([name, word]) => [`endings.${name}`, word] as const),
    ...Object.entries(lookups).flatMap(([table, entries]) =>
      Object.entries(entries).map(([id, word]) => [`lookups.${table}.${id}`, word] as const),
    ),
  ];
  return words.flatMap(([path, word]) =>
    word === null || codePointCount(word) <= maxValueCodePoints
      ? []
      : [
          finding(
            'too-long',
            { path, value: word },
            `${codePointCount(word)} characters; Insights loads the first ${maxValueCodePoints} and drops the rest.`,
          ),
        ],
  );
}
