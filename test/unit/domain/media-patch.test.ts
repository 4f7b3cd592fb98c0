import { isMediaInPlace, mediaPatch } from '../../../lambdas/shared/domain/media-patch.ts';
import type { MediaPatch, WantedPlace } from '../../../lambdas/shared/domain/media-patch.ts';
import { attributesText, parseTaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import type { MediaPlace } from '../../../lambdas/shared/domain/task-record.ts';
import { sids } from '../../support/example-sids.ts';

const base = 'https://calls.example.com';
const twilios = (n = 1): string =>
  `https://api.twilio.com/2010-04-01/Accounts/${sids.account()}/Recordings/${sids.recording(n)}`;
const ours = (n = 1) => ({ type: 'VoiceRecording', url_provider: `${base}/r/${sids.recording(n)}` });
const flex = (n = 1) => ({ type: 'VoiceRecording', url: twilios(n) });

const whole: WantedPlace = { recordingSid: sids.recording(1) };
const partOf = (n: number): WantedPlace => ({ recordingSid: sids.recording(n), reservationSid: sids.reservation(n) });
const policy = { baseUrl: base, account: sids.account(), onExistingLink: 'replace', hasBeenOurs: false } as const;

function patch(
  attributes: TaskAttributes,
  wanted: readonly WantedPlace[],
  before: readonly MediaPlace[] = [],
): MediaPatch {
  return mediaPatch(attributes, wanted, before, policy);
}

describe('the media of a task', () => {
  it('gets the whole recording at the task’s level and leaves everything else', () => {
    const before = { name: 'Ada Example', conversations: { language: 'spanish' }, reservation_attributes: { x: 1 } };

    expect(patch(before, [whole])).toEqual({
      kind: 'write',
      attributes: { ...before, conversations: { language: 'spanish', media: [ours()] } },
      places: [whole],
      isThere: false,
      hasKept: false,
      replaced: [],
      fromTwilio: [],
    });
  });

  it('gets each agent’s recording at the reservation, also where nobody named that reservation yet', () => {
    const before = { reservation_attributes: { [sids.reservation(2)]: { media: [flex(2)], language: 'en' } } };

    expect(patch(before, [partOf(2), partOf(3)])).toMatchObject({
      attributes: {
        reservation_attributes: {
          [sids.reservation(2)]: { media: [ours(2), flex(2)], language: 'en' },
          [sids.reservation(3)]: { media: [ours(3)] },
        },
      },
      replaced: [twilios(2)],
      fromTwilio: [],
    });
  });

  it('changes nothing a second time, and says so with the very attributes', () => {
    const attributes = {
      conversations: { media: [ours(1), flex(1)] },
      reservation_attributes: { [sids.reservation(2)]: { media: [ours(2)] } },
    };
    const again = patch(attributes, [whole, partOf(2)]);

    expect(again).toMatchObject({ kind: 'present', isThere: true });
    expect(again.kind === 'present' && again.attributes).toBe(attributes);
  });

  it('leaves entries that are not ours byte for byte, a number of 64 bits too', () => {
    const entries = '{"type":"Embedded","url":"https://crm.example/1","case":12345678901234567890,"n":1.0}';
    const parsed = parseTaskAttributes(`{"conversations":{"media":[${entries}]}}`);
    if (parsed.kind !== 'object') throw new Error('the example attributes are no object');
    const patched = patch(parsed.attributes, [whole]);

    expect(patched.kind === 'write' && attributesText(patched.attributes)).toBe(
      `{"conversations":{"media":[${entries},{"type":"VoiceRecording","url_provider":"${base}/r/${sids.recording()}"}]}}`,
    );
  });

  it('is left where our recording is wanted no more, and a list that we alone filled is gone', () => {
    const before = {
      conversations: { language: 'en', media: [ours(1)] },
      reservation_attributes: { [sids.reservation(2)]: { media: [flex(2), ours(2)] } },
    };

    expect(patch(before, [])).toMatchObject({
      kind: 'write',
      attributes: {
        conversations: { language: 'en' },
        reservation_attributes: { [sids.reservation(2)]: { media: [flex(2)] } },
      },
      fromTwilio: [sids.recording(2)],
    });
    expect(patch({ conversations: { media: [] } }, [])).toMatchObject({ kind: 'present' });
  });

  it('is left by a transcript of ours together with our recording', () => {
    const wanted = { ...whole, transcriptSid: sids.conversation() };
    const put = patch({}, [wanted]);
    if (put.kind !== 'write') throw new Error('nothing was written');

    expect(put.places).toEqual([wanted]);
    expect(patch(put.attributes, [], put.places)).toMatchObject({ attributes: { conversations: {} } });
    expect(patch(put.attributes, [wanted], put.places)).toMatchObject({ kind: 'present', places: [wanted] });
  });

  it('does not take a transcript for ours that was there before us', () => {
    const theirs = { type: 'ChatTranscript', sid: sids.conversation() };
    const put = patch({ conversations: { media: [theirs] } }, [{ ...whole, transcriptSid: sids.conversation() }]);

    expect(put).toMatchObject({ places: [whole] });
    if (put.kind !== 'write') throw new Error('nothing was written');
    expect(patch(put.attributes, [], put.places)).toMatchObject({ attributes: { conversations: { media: [theirs] } } });
  });

  it('moves our entry to the reservation when it turns out to be one agent’s part', () => {
    expect(patch({ conversations: { media: [ours(1)] } }, [partOf(1)])).toMatchObject({
      attributes: { conversations: {}, reservation_attributes: { [sids.reservation(1)]: { media: [ours(1)] } } },
    });
  });

  it.each([
    ['conversations', { conversations: 'none' }, [whole], 'conversations.media'],
    ['the list', { conversations: { media: { 0: flex() } } }, [whole], 'conversations.media'],
    ['reservation_attributes', { reservation_attributes: [] }, [partOf(2)], 'reservation_attributes'],
    [
      'a reservation',
      { reservation_attributes: { [sids.reservation(2)]: 7 } },
      [partOf(2)],
      `reservation_attributes.${sids.reservation(2)}.media`,
    ],
  ])('is not touched where %s is not what it should be', (_what, attributes, wanted, where) => {
    expect(patch(attributes, wanted)).toEqual({ kind: 'unfit', where: expect.stringContaining(where) });
  });

  it('does not mind what lies where nothing of ours belongs', () => {
    expect(patch({ reservation_attributes: 'none', conversations: { media: null } }, [whole])).toMatchObject({
      kind: 'write',
      attributes: { reservation_attributes: 'none', conversations: { media: [ours(1)] } },
    });
  });

  it('with keep takes a link of another’s for what plays, and with replace remembers it', () => {
    const linked = { conversations: { segment_link: twilios() } };

    expect(mediaPatch(linked, [whole], [], { ...policy, onExistingLink: 'keep' })).toMatchObject({
      kind: 'present',
      hasKept: true,
    });
    expect(patch(linked, [whole])).toMatchObject({ kind: 'write', replaced: [twilios()] });
    const ourLink = { conversations: { segment_link: `${base}/r/${sids.recording()}?k=k1.${'a'.repeat(22)}` } };
    expect(mediaPatch(ourLink, [whole], [], { ...policy, onExistingLink: 'keep' })).toMatchObject({
      kind: 'write',
      replaced: [],
    });
  });
});

describe('media of ours', () => {
  const places = [whole, partOf(2)];
  const attributes = {
    conversations: { media: [{ type: 'Raw', url: 'https://crm.example' }, ours(1)] },
    reservation_attributes: { [sids.reservation(2)]: { media: [ours(2), flex(2)] } },
  };

  it('is in its place where it comes first among recordings', () => {
    expect(isMediaInPlace(attributes, places, base)).toBe(true);
  });

  it.each([
    ['is behind another', { ...attributes, conversations: { media: [flex(1), ours(1)] } }],
    ['is of another recording', { ...attributes, conversations: { media: [ours(3)] } }],
    ['is gone', { ...attributes, reservation_attributes: {} }],
    ['was merged with Twilio’s', { ...attributes, conversations: { media: [{ ...ours(1), ...flex(1) }] } }],
  ])('is not where it %s', (_what, changed) => {
    expect(isMediaInPlace(changed, places, base)).toBe(false);
  });
});
