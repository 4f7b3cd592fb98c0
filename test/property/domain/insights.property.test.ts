import fc from 'fast-check';
import { insightsKeys } from '../../../lambdas/shared/domain/insights/dictionary.ts';
import { fitValue } from '../../../lambdas/shared/domain/insights/fit-value.ts';
import { lintTaskAttributes } from '../../../lambdas/shared/domain/insights/lint-task-attributes.ts';
import { lintWorkerAttributes } from '../../../lambdas/shared/domain/insights/lint-worker-attributes.ts';
import type { Finding } from '../../../lambdas/shared/domain/insights/finding.ts';
import { parseTaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';

const key = fc.constantFrom(...insightsKeys);
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', minLength: 120, maxLength: 140 }),
  fc.integer({ min: 1890, max: 2060 }).map((year) => `${year}-06-15`),
  fc.integer({ min: 1890, max: 2060 }).map(String),
  fc.double(),
  fc.double().map(String),
  fc.tuple(fc.double({ min: -100, max: 100 }), fc.double({ min: -200, max: 200 })).map((degrees) => degrees.join(';')),
  fc.array(fc.dictionary(fc.string(), fc.string())),
);
const hipaaMode = fc.boolean();

function findingsOf(root: string, name: string, one: unknown, hipaa: boolean): readonly Finding[] {
  return root === 'worker'
    ? lintWorkerAttributes({ team_id: '1', department_id: '1', [name]: one })
    : lintTaskAttributes(
        { [root]: { handling_team_id: '1', handling_department_id: '1', [name]: one } },
        { hipaaMode: hipaa },
      ).filter(({ path }) => path === `${root}.${name}`);
}

describe('what Insights is given', () => {
  it('has at most 128 characters, begins as the text does, and never ends in half a surrogate pair', () => {
    fc.assert(
      fc.property(key, fc.string({ unit: 'grapheme', maxLength: 400 }), ({ root, name, type }, text) => {
        const fitted = fitValue(`${root}.${name}`, text, { hipaaMode: false });
        if (type !== 'text' || fitted.kind === 'refused' || typeof fitted.value !== 'string') return;
        expect(Array.from(fitted.value).length).toBeLessThanOrEqual(128);
        expect(text.startsWith(fitted.value)).toBe(true);
        expect(fitted.value.isWellFormed()).toBe(text.isWellFormed());
      }),
      { numRuns: 1_000 },
    );
  });

  it('fits again unchanged', () => {
    fc.assert(
      fc.property(key, value, hipaaMode, ({ root, name }, one, hipaa) => {
        const fitted = fitValue(`${root}.${name}`, one, { hipaaMode: hipaa });
        if (fitted.kind === 'refused') return;
        expect(fitValue(`${root}.${name}`, fitted.value, { hipaaMode: hipaa })).toEqual({
          kind: 'fits',
          value: fitted.value,
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('is refused with the rule that the linter names as an error, and what fits has no error', () => {
    fc.assert(
      fc.property(key, value, hipaaMode, ({ root, name }, one, hipaa) => {
        // What belongs together is judged elsewhere, and an empty text is no value to the linter.
        fc.pre(!/^(handling_)?(team|department)_(id|name)/.test(name) && one !== '' && name !== 'segment_link');
        const ofHipaa = hipaa && root !== 'worker';
        const fitted = fitValue(`${root}.${name}`, one, { hipaaMode: ofHipaa });
        const errors = findingsOf(root, name, one, ofHipaa).filter(({ level }) => level === 'error');

        expect(errors.map(({ rule }) => rule)).toEqual(fitted.kind === 'refused' ? [fitted.rule] : []);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the linter', () => {
  const attributes = fc
    .dictionary(
      fc.oneof(fc.string(), fc.constantFrom('conversations', 'customers')),
      fc.oneof(
        fc.jsonValue(),
        fc.dictionary(
          fc.oneof(
            key.map(({ name }) => name),
            fc.string(),
          ),
          value,
        ),
      ),
    )
    .map(readAgain);

  it('judges any JSON object, says where, and never throws', () => {
    fc.assert(
      fc.property(attributes, hipaaMode, (any, hipaa) => {
        for (const { path, rule, message, source } of [
          ...lintTaskAttributes(any, { hipaaMode: hipaa }),
          ...lintWorkerAttributes(any),
        ]) {
          expect(typeof path).toBe('string');
          expect([rule, message, source].every((text) => text.length > 0)).toBe(true);
        }
      }),
    );
  });
});

/** As it comes from Twilio: keys such as `__proto__` and numbers that JavaScript cannot hold included. */
function readAgain(value: unknown): TaskAttributes {
  const parsed = parseTaskAttributes(JSON.stringify(value));
  if (parsed.kind !== 'object') throw new Error(parsed.why);
  return parsed.attributes;
}
