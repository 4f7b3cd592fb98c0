import fc from 'fast-check';
import { linkPatch, withoutOurLink } from '../../../lambdas/shared/domain/link.ts';
import type { OnExistingLink } from '../../../lambdas/shared/domain/link.ts';
import { attributesText, parseTaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import { sids } from '../../support/example-sids.ts';

const baseUrl = 'https://calls.example.com';
const link = `${baseUrl}/r/${sids.recording()}?k=k1.fj_Ad6AOK6Gtw2V3Kr_EIA`;
const ownKeys = ['segment_link', 'conversation_id', 'language'];

/** Any JSON object as task attributes, half of them with conversations of any kind. */
const json = fc.jsonValue({ maxDepth: 3 });
const conversations = fc.oneof(
  fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...ownKeys)), json),
  fc.constantFrom({ segment_link: link }, { segment_link: '' }, { segment_link: 'https://elsewhere.example/x' }),
  json,
);
const attributes = fc
  .tuple(fc.dictionary(fc.string(), json), fc.option(conversations, { nil: undefined }))
  .map(([others, inner]) => readAgain(inner === undefined ? others : { ...others, conversations: inner }));

function readAgain(value: unknown): TaskAttributes {
  const parsed = parseTaskAttributes(JSON.stringify(value));
  if (parsed.kind !== 'object') throw new Error(parsed.why);
  return parsed.attributes;
}

function withoutOwnKeys(value: TaskAttributes): string {
  const { conversations: inner, ...others } = value;
  const isObject = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
  const rest = isObject ? Object.entries(inner).filter(([key]) => !ownKeys.includes(key)) : [];
  return attributesText({ others, rest, kind: isObject || inner === undefined || inner === null ? 'object' : inner });
}

const policy = fc.record({
  onExistingLink: fc.constantFrom<OnExistingLink>('replace', 'keep', 'fill'),
  hasBeenOurs: fc.boolean(),
  baseUrl: fc.constant(baseUrl),
});

describe('a link patch', () => {
  it('is not needed twice, and leaves every other key as it was', () => {
    fc.assert(
      fc.property(attributes, policy, (before, rules) => {
        const patch = linkPatch(before, link, rules);
        if (patch.kind !== 'write') return;

        expect(linkPatch(readAgain(patch.attributes), link, rules)).toEqual({ kind: 'present' });
        expect(withoutOwnKeys(patch.attributes)).toBe(withoutOwnKeys(before));
      }),
      { numRuns: 300 },
    );
  });

  it('that is taken off again leaves every other key as it was, and is not taken off twice', () => {
    fc.assert(
      fc.property(attributes, policy, (before, rules) => {
        const patch = linkPatch(before, link, rules);
        const cleared =
          patch.kind === 'write' ? withoutOurLink(patch.attributes, baseUrl, sids.recording()) : undefined;
        if (cleared === undefined) return;

        expect(withoutOwnKeys(cleared)).toBe(withoutOwnKeys(before));
        expect(withoutOurLink(cleared, baseUrl, sids.recording())).toBeUndefined();
      }),
    );
  });
});
