import { arrange, recordingsFromTwilio, withoutOurs } from '../../../lambdas/shared/domain/media-entries.ts';
import type { ListWish, MediaList, MediaPolicy } from '../../../lambdas/shared/domain/media-entries.ts';
import { sids } from '../../support/example-sids.ts';

const base = 'https://calls.example.com';
const twilios = (n = 1): string =>
  `https://api.twilio.com/2010-04-01/Accounts/${sids.account()}/Recordings/${sids.recording(n)}`;

const ours = { type: 'VoiceRecording', url_provider: `${base}/r/${sids.recording()}`, start_time: 1772445605000 };
const flex = { type: 'VoiceRecording', url: twilios(), start_time: 1772445605000 };
const transcript = { type: 'ChatTranscript', sid: sids.conversation() };
const crm = { type: 'Referenced', url: 'https://crm.example/cases/4711', title: 'Case 4711' };
const raw = { type: 'Raw', url: 'https://crm.example/raw/4711', title: 'Raw' };

/** 2026-03-02T10:00:05Z is 1772445605 s after 1970 (date -ud 2026-03-02T10:00:05Z +%s). */
const wish: ListWish = { recordingSid: sids.recording(), startedAt: new Date('2026-03-02T10:00:05Z') };
const replace: MediaPolicy = {
  baseUrl: base,
  account: sids.account(),
  onExistingLink: 'replace',
  hasBeenOurs: false,
};

function listOf(list: MediaList, wanted: ListWish = wish, policy: MediaPolicy = replace): MediaList | 'kept' {
  const arranged = arrange(list, wanted, policy);
  return arranged.kind === 'kept' ? 'kept' : arranged.list;
}

describe('our recording in a list of media', () => {
  it.each([
    ['nothing', [], [ours]],
    ['what is no recording', [crm], [crm, ours]],
    ['ours', [ours], [ours]],
    ['ours and more', [ours, crm, raw], [ours, crm, raw]],
    ['Twilio’s', [flex], [ours, flex]],
    ['Twilio’s behind something else', [crm, flex, raw], [crm, ours, flex, raw]],
    ['Twilio’s before ours', [flex, crm, ours], [ours, flex, crm]],
    ['Twilio’s behind ours', [ours, flex], [ours, flex]],
    ['ours twice, as two programs add to a list', [ours, crm, { ...ours }], [ours, crm]],
    [
      'ours of a recording that was chosen before',
      [{ ...ours, url_provider: `${base}/r/${sids.recording(2)}` }],
      [ours],
    ],
    ['entries of no kind', [null, 7, 'text', [], {}], [null, 7, 'text', [], {}, ours]],
  ])('comes first among recordings where there is %s', (_what, before, after) => {
    expect(listOf(before)).toEqual(after);
  });

  it.each([[[]], [[flex]], [[crm, flex, raw]], [[raw]], [[flex, crm, ours]]])(
    'is where it belongs after the first time: %j',
    (before) => {
      const once = listOf(before, { ...wish, transcriptSid: sids.conversation() });

      expect(once).not.toBe('kept');
      expect(listOf(once === 'kept' ? [] : once, { ...wish, transcriptSid: sids.conversation() })).toEqual(once);
    },
  );

  it('is put before what lodash made of ours and Twilio’s by merging them by index', () => {
    // _.merge([ours], [flex]): one entry with both addresses, which is Twilio's by its url.
    const merged = { ...ours, ...flex };

    expect(listOf([merged])).toEqual([ours, merged]);
    expect(withoutOurs([ours, merged], base, undefined)).toEqual([merged]);
  });

  it('is put into a list in which merging by index made a transcript of it', () => {
    // _.merge([ours], [transcript]): a ChatTranscript with our url_provider.
    const merged = { ...ours, ...transcript };

    expect(listOf([merged], { ...wish, transcriptSid: sids.conversation() })).toEqual([merged, ours]);
  });

  it('is not taken for there where another host has our path', () => {
    const elsewhere = { ...ours, url_provider: `https://calls.example.org/r/${sids.recording()}` };

    expect(listOf([elsewhere])).toEqual([ours, elsewhere]);
  });

  it('takes over what Twilio’s entry of the same recording says of channels and title, and keeps it', () => {
    const dual = { ...flex, channels: ['customer', 'others'], title: 'Call' };
    const whole = { ...ours, channels: ['customer', 'others'], title: 'Call' };

    expect(listOf([dual])).toEqual([whole, dual]);
    expect(listOf([whole])).toEqual([whole]);
  });

  it('takes nothing from an entry of another recording', () => {
    const other = { ...flex, url: twilios(2), channels: ['customer', 'others'], title: 'Another call' };

    expect(listOf([other])).toEqual([ours, other]);
  });
});

describe('the start of our recording', () => {
  const unknown: ListWish = { recordingSid: sids.recording() };
  const { start_time: _known, ...undated } = ours;

  it('is not said while nobody told us, and never 0', () => {
    expect(listOf([], unknown)).toEqual([undated]);
    expect(listOf([{ ...flex, start_time: 0 }], unknown)).toEqual([undated, { ...flex, start_time: 0 }]);
    expect(listOf([{ ...flex, start_time: null }], unknown)).toEqual([undated, { ...flex, start_time: null }]);
    expect(listOf([{ ...flex, start_time: 'soon' }], unknown)).toEqual([undated, { ...flex, start_time: 'soon' }]);
  });

  it.each([
    ['milliseconds', 1772445605000],
    ['ISO 8601, as Studio’s page has it', '2026-03-02T10:00:05.000Z'],
  ])('is what Twilio’s entry of the same recording says, in %s', (_what, spelt) => {
    const entry = { ...flex, start_time: spelt };

    expect(listOf([entry], unknown)).toEqual([ours, entry]);
  });

  it('stays what it was when nobody says it any more', () => {
    expect(listOf([ours], unknown)).toEqual([ours]);
  });

  it('is never after the agent took the call, of which Insights drops the milliseconds', () => {
    const accepted = new Date('2026-03-02T10:00:04.900Z');

    expect(listOf([flex], { ...unknown, startsNoLaterThan: accepted })).toEqual([
      { ...ours, start_time: 1772445604000 },
      flex,
    ]);
  });

  it('is corrected in its place', () => {
    expect(listOf([crm, { ...ours, start_time: 1 }, raw])).toEqual([crm, ours, raw]);
  });
});

describe('a transcript', () => {
  const both: ListWish = { ...wish, transcriptSid: sids.conversation() };

  it.each([
    ['nothing is there', [], [transcript, ours]],
    ['other things are', [crm, flex], [transcript, crm, ours, flex]],
    ['a Raw entry is first, which stays so', [raw, crm], [raw, transcript, crm, ours]],
    ['a Raw entry comes later', [crm, raw], [transcript, crm, raw, ours]],
  ])('goes first where %s', (_what, before, after) => {
    expect(listOf(before, both)).toEqual(after);
  });

  it.each([
    ['of the same conversation', transcript],
    ['of another', { type: 'ChatTranscript', sid: sids.conversation(2) }],
    ['by its older name', { type: 'ChatTranscript', conversation_sid: sids.conversation() }],
    ['of another kind', { type: 'Embedded', sid: sids.conversation(), url: 'https://chat.example/1' }],
  ])('is not added where there is one %s', (_what, entry) => {
    expect(listOf([crm, entry], both)).toEqual([crm, entry, ours]);
  });

  it('alone is put where nothing else of ours belongs', () => {
    expect(listOf([crm], { transcriptSid: sids.conversation() })).toEqual([transcript, crm]);
  });

  it('is not added to a list that stays another’s', () => {
    expect(listOf([flex], both, { ...replace, onExistingLink: 'keep' })).toBe('kept');
  });

  it('of ours goes with our recording, and another’s stays', () => {
    expect(withoutOurs([transcript, ours, crm], base, sids.conversation())).toEqual([crm]);
    expect(withoutOurs([transcript, ours, crm], base, undefined)).toEqual([transcript, crm]);
    const titled = { ...transcript, title: 'Chat' };
    expect(withoutOurs([titled, ours], base, sids.conversation())).toEqual([titled]);
  });
});

describe('somebody else’s recording in a list', () => {
  const foreign = { type: 'VoiceRecording', url: 'https://recordings.example/4711' };

  it.each([
    ['replace', false, [ours, foreign]],
    ['replace', true, [ours, foreign]],
    ['keep', false, 'kept'],
    ['keep', true, [ours, foreign]],
    ['fill', false, 'kept'],
    ['fill', true, 'kept'],
  ] as const)('is met: %s, ours seen before: %p', (onExistingLink, hasBeenOurs, expected) => {
    expect(listOf([foreign], wish, { ...replace, onExistingLink, hasBeenOurs })).toEqual(expected);
  });

  it.each(['replace', 'keep', 'fill'] as const)('behind ours is let alone: %s', (onExistingLink) => {
    expect(listOf([ours, foreign], wish, { ...replace, onExistingLink })).toEqual([ours, foreign]);
  });

  it.each([
    [{ type: 'VoiceRecording', url: twilios() }, twilios()],
    [{ type: 'VoiceRecording', url_provider: 'https://player.example/4711' }, 'https://player.example/4711'],
    [{ type: 'VoiceRecording', sid: sids.recording(7), url: twilios(7) }, sids.recording(7)],
  ])('is remembered by what it is about: %j', (entry, replaced) => {
    expect(arrange([entry], wish, replace)).toMatchObject({ kind: 'arranged', replaced });
  });

  it('is nobody’s where only a link would play, which media replaces, keeps or fills like a recording', () => {
    const linkBehind = twilios();

    expect(arrange([crm], wish, { ...replace, linkBehind })).toMatchObject({ list: [crm, ours], replaced: linkBehind });
    expect(listOf([crm], wish, { ...replace, linkBehind, onExistingLink: 'keep' })).toBe('kept');
    expect(listOf([crm], wish, { ...replace, linkBehind, onExistingLink: 'fill' })).toBe('kept');
    expect(listOf([crm, ours], wish, { ...replace, linkBehind, onExistingLink: 'fill' })).toEqual([crm, ours]);
  });
});

describe('what a list plays from Twilio', () => {
  it.each([
    ['nothing where ours comes first', [ours, flex], []],
    ['the first recording alone', [flex, { ...flex, url: twilios(2) }], [sids.recording(1)]],
    ['nothing of another account', [{ ...flex, url: twilios().replace(sids.account(), sids.account(2)) }], []],
    [
      'every hyperlink of another kind, wherever it is',
      [ours, { type: 'Referenced', url: `${twilios(3)}.mp3` }, { url: twilios(4) }],
      [sids.recording(3), sids.recording(4)],
    ],
  ])('is %s', (_what, list, expected) => {
    expect(recordingsFromTwilio(list, sids.account())).toEqual(expected);
  });
});
