import fc from 'fast-check';
import type { EnrichmentMode } from '../../../lambdas/shared/domain/enrichment/enrichment-config.ts';
import { insightsIdentity } from '../../../lambdas/shared/domain/enrichment/identity-splits.ts';
import { mergeAttributes } from '../../../lambdas/shared/domain/enrichment/merge-attributes.ts';
import { withRd } from '../../../lambdas/shared/domain/enrichment/with-rd.ts';
import type { FittedValue } from '../../../lambdas/shared/domain/insights/finding.ts';
import { fitValue } from '../../../lambdas/shared/domain/insights/fit-value.ts';
import { attributesText, parseTaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';

const roots = ['conversations', 'customers', 'rd', 'own', '__proto__', 'constructor'];
const keys = ['language', 'order', 'name', 'hang_up_by', '__proto__', 'a.b'];
const json = fc.jsonValue({ maxDepth: 3 });

/** JSON text of any object, often with the very keys that are wanted, and with numbers that JavaScript cannot hold. */
const number = fc.constantFrom('1.0', '1e3', '12345678901234567890', '-0');
const member = (names: readonly string[], value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .uniqueArray(fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string()), value), { selector: ([name]) => name })
    .map((members) => `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`);
const anyText = fc.oneof(
  json.map((value) => JSON.stringify(value)),
  number,
);
const attributesTexts = member(roots, fc.oneof(anyText, member(keys, anyText)));

const wanted = fc.array(
  fc.record(
    {
      path: fc
        .tuple(fc.constantFrom(...roots), fc.option(fc.constantFrom(...keys), { nil: undefined }))
        .map(([root, key]) => (key === undefined ? root : `${root}.${key}`)),
      value: fc.oneof(json, fc.constant(undefined)),
      overwrite: fc.boolean(),
    },
    { requiredKeys: ['path', 'value'] },
  ),
);
const modes = fc.constantFrom<EnrichmentMode>('observe', 'fill', 'overwrite');
const fit = (path: string, value: unknown): FittedValue => fitValue(path, value, { hipaaMode: false });

function parsed(text: string): TaskAttributes {
  const read = parseTaskAttributes(text);
  return read.kind === 'object' ? read.attributes : {};
}

describe('a merge of any wants into any attributes', () => {
  it('is made once: the second finds nothing to change', () => {
    fc.assert(
      fc.property(attributesTexts, wanted, modes, (text, wants, mode) => {
        const first = mergeAttributes(parsed(text), wants, mode, fit);
        const again = mergeAttributes(parsed(attributesText(first.attributes)), wants, mode, fit);

        expect(again.changes).toEqual([]);
        expect(attributesText(again.attributes)).toBe(attributesText(first.attributes));
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves every key byte for byte that it tells no change of', () => {
    fc.assert(
      fc.property(attributesTexts, wanted, modes, (text, wants, mode) => {
        const before = parsed(text);
        const { attributes, changes } = mergeAttributes(before, wants, mode, fit);
        const changed = changes.map(({ path }) => path);
        // A root that is null becomes an object when something in it is written.
        const untouched = (of: TaskAttributes): readonly string[] =>
          leaves(of)
            .filter(({ path, root }) => !changed.includes(path) && !changed.includes(root))
            .filter(({ path, text }) => text !== 'null' || !changed.some((one) => one.startsWith(`${path}.`)))
            .map(({ path, text }) => `${path} ${text}`);

        expect(untouched(attributes)).toEqual(untouched(before));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives back the attributes themselves where it tells no change', () => {
    fc.assert(
      fc.property(attributesTexts, wanted, modes, (text, wants, mode) => {
        const before = parsed(text);
        const { attributes, changes } = mergeAttributes(before, wants, mode, fit);

        expect(attributes === before).toBe(changes.length === 0);
      }),
    );
  });

  it('replaces nothing that is there where every rule only fills', () => {
    fc.assert(
      fc.property(attributesTexts, wanted, (text, wants) => {
        const filling = wants.map(({ path, value }) => ({ path, value }));

        const { changes } = mergeAttributes(parsed(text), filling, 'fill', fit);

        expect(changes.filter(({ before }) => before !== undefined && before !== null && before !== '')).toEqual([]);
      }),
    );
  });
});

describe('what is read of any attributes', () => {
  it('is read without a fault', () => {
    fc.assert(
      fc.property(attributesTexts, fc.dictionary(fc.string(), json), (text, rd) => {
        const attributes = parsed(text);
        const identity = insightsIdentity(attributes);
        const copies = withRd(attributes, { shape: 'unknown', medium: 'other', rd, customer: {}, processing: {} });

        expect(identity === undefined || identity !== '').toBe(true);
        expect(copies.every(({ path, overwrite }) => path.startsWith('rd.') && overwrite === false)).toBe(true);
      }),
    );
  });
});

/** Each key of a root that is an object, and each other root, with its text, in the order in which they are written. */
function leaves(
  attributes: TaskAttributes,
): readonly { readonly root: string; readonly path: string; readonly text: string }[] {
  return Object.entries(attributes).flatMap(([root, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value)
      ? Object.entries(value).map(([key, item]) => ({ root, path: `${root}.${key}`, text: JSON.stringify(item) }))
      : [{ root, path: root, text: JSON.stringify(value) }],
  );
}
