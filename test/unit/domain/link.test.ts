import {
  checkLinkCode,
  linkPatch,
  playbackLink,
  recordingOfOurLink,
  withoutOurLink,
} from '../../../lambdas/shared/domain/link.ts';
import type { TaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import { sids } from '../../support/example-sids.ts';

const ring = { signingKeyId: 'k1', keys: { k1: Buffer.alloc(32, 1) } };
const base = 'https://calls.example.com';

describe('a playback link', () => {
  // openssl: printf RE00000000000000000000000000000001 | openssl dgst -sha256 -mac HMAC -macopt hexkey:0101…01 (32 bytes)
  const code = 'fj_Ad6AOK6Gtw2V3Kr_EIA';

  it('carries the first 128 bits of the HMAC that openssl computes', () => {
    expect(playbackLink(base, sids.recording(1), ring)).toBe(`${base}/r/${sids.recording(1)}?k=k1.${code}`);
  });

  it('is good for its own recording only', () => {
    expect(checkLinkCode(sids.recording(1), `k1.${code}`, ring)).toEqual({ kind: 'good', keyId: 'k1' });
    expect(checkLinkCode(sids.recording(2), `k1.${code}`, ring)).toEqual({ kind: 'forged' });
  });

  it('signed three rotations ago is still good', () => {
    const rotated = {
      signingKeyId: 'k4',
      keys: { ...ring.keys, k2: Buffer.alloc(32, 2), k3: Buffer.alloc(32, 3), k4: Buffer.alloc(32, 4) },
    };

    expect(checkLinkCode(sids.recording(1), `k1.${code}`, rotated)).toEqual({ kind: 'good', keyId: 'k1' });
  });

  it.each(['', 'k1.', 'k1', `K1.${code}`, `k1.${code}x`, `k1.${code.slice(1)}`, `toolong.${code}`])(
    'is forged with the code %p',
    (text) => {
      expect(checkLinkCode(sids.recording(1), text, ring)).toEqual({ kind: 'forged' });
    },
  );

  it('by a key that the ring does not hold is not called forged, because the ring may be old', () => {
    expect(checkLinkCode(sids.recording(1), `k9.${code}`, ring)).toEqual({ kind: 'unknown-key' });
  });

  it('of more than 128 characters is refused, because Insights may cut it', () => {
    // 63 of base, "/r/" 3, SID 34, "?k=" 3, "k1." 3, code 22: 128.
    const longest = `https://${'x'.repeat(55)}`;

    expect(playbackLink(longest, sids.recording(1), ring)).toHaveLength(128);
    expect(() => playbackLink(`${longest}x`, sids.recording(1), ring)).toThrow(
      /has 129 characters, at most 128 are allowed/,
    );
  });

  it('is recognised as ours by its base, and by nothing else', () => {
    expect(recordingOfOurLink(base, playbackLink(base, sids.recording(1), ring))).toBe(sids.recording(1));
    expect(
      recordingOfOurLink('https://other.example.com', playbackLink(base, sids.recording(1), ring)),
    ).toBeUndefined();
    expect(recordingOfOurLink(base, undefined)).toBeUndefined();
  });
});

describe('putting the link onto a task', () => {
  const ours = playbackLink(base, sids.recording(1), ring);
  const twilios = 'https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1';
  const policy = { baseUrl: base, hasBeenOurs: false };

  it('leaves every other key as it was', () => {
    const before = {
      name: 'Ada Example',
      conversations: { language: 'spanish', media: [{ type: 'ChatTranscript', sid: 'CH1' }] },
    };

    expect(linkPatch(before, ours, { ...policy, onExistingLink: 'replace' })).toEqual({
      kind: 'write',
      attributes: {
        name: 'Ada Example',
        conversations: { language: 'spanish', media: [{ type: 'ChatTranscript', sid: 'CH1' }], segment_link: ours },
      },
    });
  });

  it('a second time changes nothing', () => {
    expect(
      linkPatch({ conversations: { segment_link: ours } }, ours, { ...policy, onExistingLink: 'replace' }),
    ).toEqual({ kind: 'present' });
  });

  const linked = (link: string): TaskAttributes => ({ conversations: { segment_link: link } });

  it.each([
    ['replace', false, { kind: 'write', attributes: linked(ours), replaced: twilios }],
    ['keep', false, { kind: 'kept', existing: twilios }],
    ['keep', true, { kind: 'write', attributes: linked(ours), replaced: twilios }],
    ['fill', false, { kind: 'kept', existing: twilios }],
    ['fill', true, { kind: 'kept', existing: twilios }],
  ] as const)('meets somebody else’s link: %s, ours seen before: %p', (onExistingLink, hasBeenOurs, expected) => {
    expect(
      linkPatch({ conversations: { segment_link: twilios } }, ours, { baseUrl: base, hasBeenOurs, onExistingLink }),
    ).toEqual(expected);
  });

  it.each(['replace', 'keep', 'fill'] as const)('writes into an empty place: %s', (onExistingLink) => {
    expect(linkPatch({ conversations: { segment_link: '' } }, ours, { ...policy, onExistingLink })).toEqual({
      kind: 'write',
      attributes: linked(ours),
    });
    expect(linkPatch({}, ours, { ...policy, onExistingLink })).toEqual({ kind: 'write', attributes: linked(ours) });
  });

  it('replaces a link of ours that another key signed, in every mode', () => {
    const older = `${base}/r/${sids.recording(1)}?k=k0.${'a'.repeat(22)}`;

    expect(linkPatch(linked(older), ours, { ...policy, onExistingLink: 'fill' })).toEqual({
      kind: 'write',
      attributes: linked(ours),
    });
  });

  it('leaves conversations alone where it is no object', () => {
    expect(linkPatch({ conversations: 'none' }, ours, { ...policy, onExistingLink: 'replace' })).toEqual({
      kind: 'not-an-object',
    });
  });

  it('comes off again without touching anything else', () => {
    expect(withoutOurLink({ a: 1, conversations: { b: 2, segment_link: ours } }, base, sids.recording(1))).toEqual({
      a: 1,
      conversations: { b: 2 },
    });
    expect(withoutOurLink({ conversations: { segment_link: twilios } }, base, sids.recording(1))).toBeUndefined();
    expect(withoutOurLink({ conversations: { segment_link: ours } }, base, sids.recording(2))).toBeUndefined();
  });
});
