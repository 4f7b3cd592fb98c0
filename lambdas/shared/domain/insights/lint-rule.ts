import { insightsKey } from './dictionary.ts';
import type { InsightsKey } from './dictionary.ts';
import type { Finding } from './finding.ts';
import { likelyKey, unknownKey } from './key-findings.ts';
import { literalOf } from './rule-literal.ts';
import { finding } from './rules.ts';
import { valueFindings } from './value-findings.ts';
import type { Rule } from '../enrichment/enrichment-config.ts';

/** A rule, where it stands in its file, and whose attributes it writes. */
export interface PlacedRule {
  readonly rule: Rule;
  /** `rules[3]`, `workerRules[0]`. */
  readonly place: string;
  readonly of: 'task' | 'worker';
}

/** The key that a rule writes; undefined for one of the team's own. */
export function keyWritten({ rule, of }: PlacedRule): InsightsKey | undefined {
  return insightsKey(of === 'task' ? rule.write : `worker.${rule.write.replace(/^worker\./, '')}`);
}

/** Whatever is wrong with one rule, whichever others there are. */
export function lintRule(placed: PlacedRule, options: { readonly hipaaMode: boolean }): readonly Finding[] {
  const key = placed.of === 'task' && isRoot(placed.rule.write) ? undefined : keyWritten(placed);
  if (key === undefined) return notReadFindings(placed);
  const at = { path: `${placed.place}.write`, value: placed.rule.write };
  if (options.hipaaMode && !key.isKeptByHipaa)
    return [
      finding(
        'hipaa-removed',
        at,
        `Insights keeps no ${placed.rule.write} of an account under HIPAA: take the rule away.`,
      ),
    ];
  return [...idFindings(placed, key), ...literalFindings(placed, key), ...identityFindings(placed, key)];
}

function isRoot(path: string): path is 'conversations' | 'customers' {
  return path === 'conversations' || path === 'customers';
}

function notReadFindings({ rule, place, of }: PlacedRule): readonly Finding[] {
  const at = { path: `${place}.write`, value: rule.write };
  if (isRoot(rule.write) && of === 'task')
    return [finding('not-an-object', at, `A rule writes one key; name it: ${rule.write}.<key>.`)];
  const [, root, name] = /^(conversations|customers)\.(.+)$/s.exec(rule.write) ?? [];
  if (of === 'task' && (root === 'conversations' || root === 'customers') && name !== undefined)
    return [unknownKey(root, name, at)];
  const meant = of === 'worker' ? likelyKey('worker', rule.write) : undefined;
  const hint = meant === undefined ? 'it is for your own programs' : `did you mean ${meant}?`;
  return [finding('not-read', at, `Insights does not read ${rule.write}; ${hint}${meant === undefined ? '.' : ''}`)];
}

function idFindings({ rule, place }: PlacedRule, key: InsightsKey): readonly Finding[] {
  const at = { path: `${place}.write`, value: rule.write };
  if (rule.isId === true && key.holds === 'category')
    return [
      finding(
        'id-in-attribute',
        at,
        "The rule says that its value is an id: as an attribute each one counts towards Insights' 2 billion values, and no " +
          `measure can use it. Write it into ${key.slot?.kind === 'attribute' ? key.name.replace('attribute', 'label') : 'a label slot'} alone.`,
      ),
    ];
  if (key.holds === 'category' && looksLikeId(rule.value))
    return [
      finding(
        'high-cardinality',
        { path: `${place}.value`, value: rule.value },
        `By its name this is another value for nearly every record. If it is an id, say "isId": true and write it into a label ` +
          'slot alone.',
      ),
    ];
  return [];
}

/** True for a bare path whose last name is that of somebody's or something's id, number or address. */
function looksLikeId(expression: string): boolean {
  return /^\s*(?:\$string\()?[\w.$]*(?:lead|resident|person|user|customer|call_detail|email_message)_?id\)?\s*$|^\s*(?:\$string\()?[\w.$]*\.(?:\w*sid|\w*phone|\w*email|\w*external_?id)\)?\s*$/i.test(
    expression,
  );
}

/** A constant is judged like a value that was met. */
function literalFindings({ rule, place }: PlacedRule, key: InsightsKey): readonly Finding[] {
  const literal = literalOf(rule.value);
  return literal === undefined ? [] : valueFindings(key, literal.value, `${place}.value`);
}

function identityFindings({ rule, place }: PlacedRule, key: InsightsKey): readonly Finding[] {
  const at = { path: `${place}.write`, value: rule.write };
  if (key.root !== 'customers') return [];
  if (key.name === 'external_id')
    return [
      finding(
        'external-id-opt-in',
        at,
        'Insights takes this before everything else for who the customer is: customers whom it knows by their number begin ' +
          'a second history, for good. Count them first: npm run cli -- identity.',
      ),
    ];
  return key.name === 'phone' || key.name === 'email'
    ? [
        finding(
          'customers-rekeyed',
          at,
          `Insights takes ${rule.write} before from and to for who the customer is: whoever calls from another number than this begins ` +
            'a second history, for good. Leave it out unless that is meant.',
        ),
      ]
    : [];
}
