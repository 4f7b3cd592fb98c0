import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { recordingOfOurEntry } from '../../../lambdas/shared/domain/media-entries.ts';
import { isMediaInPlace, mediaPatch } from '../../../lambdas/shared/domain/media-patch.ts';
import type { WantedPlace } from '../../../lambdas/shared/domain/media-patch.ts';
import { isObject } from '../../../lambdas/shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import { sids } from '../../support/example-sids.ts';

const base = 'https://calls.example.com';
const policy = { baseUrl: base, account: sids.account(), onExistingLink: 'replace', hasBeenOurs: false } as const;

const small = fc.integer({ min: 1, max: 3 });
const ourUrl = small.map((n) => `${base}/r/${sids.recording(n)}`);
const twilioUrl = small.map(
  (n) => `https://api.twilio.com/2010-04-01/Accounts/${sids.account()}/Recordings/${sids.recording(n)}`,
);
/** Entries of every making: whole, half, ours, Twilio's, a CRM's, and mixtures as merging by index makes them. */
const entry = fc.oneof(
  fc.record(
    {
      type: fc.constantFrom('Raw', 'Embedded', 'Referenced', 'VoiceRecording', 'ChatTranscript'),
      url: fc.oneof(twilioUrl, ourUrl, fc.constant('https://crm.example/1')),
      url_provider: fc.oneof(ourUrl, fc.constant('https://player.example/1')),
      sid: small.map((n) => sids.conversation(n)),
      conversation_sid: small.map((n) => sids.conversation(n)),
      title: fc.string(),
      start_time: fc.oneof(fc.integer(), fc.string(), fc.constant(null)),
      channels: fc.array(fc.string()),
    },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
);
const list = fc.array(entry, { maxLength: 5 });
const attributes = fc.record(
  {
    name: fc.string(),
    conversations: fc.record({ media: list, segment_link: fc.oneof(twilioUrl, fc.string()) }, { requiredKeys: [] }),
    reservation_attributes: fc.dictionary(
      small.map((n) => sids.reservation(n)),
      fc.record({ media: list, other: fc.jsonValue() }, { requiredKeys: [] }),
      { noNullPrototype: true },
    ),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const startedAt = fc.option(
  fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
  {
    nil: undefined,
  },
);
const place = fc
  .record({ n: small, reservation: fc.option(small, { nil: undefined }), startedAt, hasTranscript: fc.boolean() })
  .map(({ n, reservation, startedAt: began, hasTranscript }): WantedPlace => ({
    recordingSid: sids.recording(n),
    ...(reservation !== undefined && { reservationSid: sids.reservation(reservation) }),
    ...(began !== undefined && { startedAt: began }),
    ...(hasTranscript && { transcriptSid: sids.conversation(1) }),
  }));
const wanted = fc.uniqueArray(place, { selector: ({ reservationSid }) => reservationSid ?? 'task', maxLength: 4 });

/** Every list of the attributes by its place. */
function listsOf({
  conversations,
  reservation_attributes: reservations,
}: TaskAttributes): Map<string, readonly unknown[]> {
  const holders: readonly (readonly [string, unknown])[] = [
    ['task', conversations],
    ...Object.entries(isObject(reservations) ? reservations : {}),
  ];
  return new Map(
    holders.map(([key, holder]) => [key, isObject(holder) && Array.isArray(holder['media']) ? holder['media'] : []]),
  );
}

/** Everything but what is ours, by our own link's form and the one transcript that was asked for. */
function others(entries: readonly unknown[]): readonly unknown[] {
  return entries.filter((one) => recordingOfOurEntry(one, base) === undefined);
}

function patched(before: TaskAttributes, places: readonly WantedPlace[]): TaskAttributes {
  const patch = mediaPatch(before, places, [], policy);
  if (patch.kind === 'unfit') throw new Error(`unfit at ${patch.where}`);
  return patch.attributes;
}

describe('putting our entries into a task’s media', () => {
  it('leaves every entry that is not ours as it was and in its order, but for one transcript before them', () => {
    fc.assert(
      fc.property(attributes, wanted, (before, places) => {
        const after = listsOf(patched(before, places));
        for (const [key, entries] of listsOf(before)) {
          const left = others(after.get(key) ?? []);
          const added = left.findIndex((one, at) => !isDeepStrictEqual(one, others(entries)[at]));
          const isSame = isDeepStrictEqual(left, others(entries));
          const withoutTranscript = left.filter((_one, at) => at !== added);
          expect(isSame || isDeepStrictEqual(withoutTranscript, others(entries))).toBe(true);
          if (!isSame) expect(left[added]).toEqual({ type: 'ChatTranscript', sid: sids.conversation(1) });
        }
      }),
    );
  });

  it('touches no other key', () => {
    fc.assert(
      fc.property(attributes, wanted, (before, places) => {
        const strip = ({ conversations, reservation_attributes: reservations, ...rest }: TaskAttributes): unknown => ({
          rest,
          conversations: withoutMedia(conversations),
          reservations: Object.fromEntries(
            Object.entries(isObject(reservations) ? reservations : {})
              .map(([key, holder]) => [key, withoutMedia(holder)] as const)
              .filter(([, holder]) => Object.keys(holder).length > 0),
          ),
        });
        expect(strip(patched(before, places))).toEqual(strip(before));
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(attributes, wanted, (before, places) => {
        const once = mediaPatch(before, places, [], policy);
        if (once.kind === 'unfit') throw new Error('the attributes are fit');
        expect(mediaPatch(once.attributes, places, once.places, policy)).toMatchObject({
          kind: 'present',
          isThere: true,
        });
      }),
    );
  });

  it('ends with the same recordings in place in whatever order they were wanted', () => {
    fc.assert(
      fc.property(attributes, wanted, (before, places) => {
        const oneByOne = places.reduce(
          ({ sofar, known }, next) => ({ sofar: patched(sofar, [...known, next]), known: [...known, next] }),
          { sofar: before, known: [] as readonly WantedPlace[] },
        ).sofar;
        const backwards = places
          .toReversed()
          .reduce(({ sofar, known }, next) => ({ sofar: patched(sofar, [...known, next]), known: [...known, next] }), {
            sofar: before,
            known: [] as readonly WantedPlace[],
          }).sofar;
        expect(isMediaInPlace(oneByOne, places, base)).toBe(true);
        expect(isMediaInPlace(backwards, places, base)).toBe(true);
        for (const [key, entries] of listsOf(oneByOne))
          expect(others(listsOf(backwards).get(key) ?? [])).toEqual(others(entries));
      }),
    );
  });

  it('is undone by wanting nothing, but for entries of ours that were there before', () => {
    fc.assert(
      fc.property(attributes, wanted, (before, places) => {
        const put = mediaPatch(before, places, [], policy);
        if (put.kind === 'unfit') throw new Error('the attributes are fit');
        const undone = mediaPatch(put.attributes, [], put.places, policy);
        if (undone.kind === 'unfit') throw new Error('the attributes are fit');
        for (const [key, entries] of listsOf(undone.attributes))
          expect(entries).toEqual(others(listsOf(before).get(key) ?? []));
      }),
    );
  });
});

function withoutMedia(holder: unknown): object {
  if (!isObject(holder)) return {};
  const { media: _media, ...rest } = holder;
  return rest;
}
