import fc from 'fast-check';
import { participantsEver, transcriptJson } from '../../../lambdas/shared/domain/transcripts/transcript.ts';
import type { Transcript } from '../../../lambdas/shared/domain/transcripts/transcript.ts';
import { transcriptText } from '../../../lambdas/shared/domain/transcripts/transcript-text.ts';
import type { ConversationMessage } from '../../../lambdas/shared/domain/transcripts/conversation.ts';
import { participantsIn } from '../../../lambdas/shared/messages/archived-transcript.ts';
import { sids } from '../../support/example-sids.ts';

const at = (time: string): Date => new Date(`2026-11-20T${time}Z`);

function transcriptOf(...messages: readonly Partial<ConversationMessage>[]): Transcript {
  return {
    accountSid: sids.account(),
    conversationSid: sids.conversation(),
    startedAt: at('10:00:00'),
    taskSids: [],
    participants: [],
    messages: messages.map((one, index) => ({
      ...{ messageSid: `IM${index}`, index, author: 'ada', sentAt: at('10:01:02.789'), media: [] },
      ...one,
    })),
  };
}

/** What stands below the header. */
const linesOf = (...messages: readonly Partial<ConversationMessage>[]): readonly string[] =>
  transcriptText(transcriptOf(...messages))
    .split('\n')
    .slice(8, -1);

describe('the text of a transcript', () => {
  it('names nobody and counts nothing where there is nothing', () => {
    expect(transcriptText(transcriptOf())).toBe(
      `Conversation ${sids.conversation()} of account ${sids.account()}\nBegan 2026-11-20 10:00:00 UTC\n\nParticipants\n    nobody\n\n0 messages, times in UTC\n\n`,
    );
  });

  it('names participants by identity, by their address, or by their SID where they have neither', () => {
    const participants = [
      { participantSid: 'MB1', identity: 'ada' },
      { participantSid: 'MB2', address: '+12025550143', proxyAddress: '+15005550006' },
      { participantSid: 'MB3', address: '+12025550144' },
      { participantSid: 'MB4' },
    ];

    expect(transcriptText({ ...transcriptOf(), participants })).toContain(
      'Participants\n    ada\n    +12025550143, who wrote to +15005550006\n    +12025550144\n    MB4\n',
    );
  });

  it('gives emoji, accents and right-to-left words as they were written', () => {
    expect(linesOf({ body: '👩‍👩‍👧 Grüße, שלום' })).toEqual(['2026-11-20 10:01:02  ada: 👩‍👩‍👧 Grüße, שלום']);
  });

  it.each([
    ['a new line', 'one\ntwo'],
    ['a carriage return and a new line', 'one\r\ntwo'],
    ['a carriage return', 'one\rtwo'],
    ['a line separator', 'one\u2028two'],
    ['a next line', 'one\u0085two'],
  ])('indents what follows %s, so that nobody can write a line in another’s name', (_title, body) => {
    expect(linesOf({ body })).toEqual(['2026-11-20 10:01:02  ada: one', '    two']);
  });

  it('keeps an author and a file’s name in one line', () => {
    const media = [{ mediaSid: 'ME1', filename: 'a\n2026-11-20 10:02:00  bob: b.png' }];

    expect(linesOf({ author: 'a\nb', media })).toEqual([
      '2026-11-20 10:01:02  a b: [a 2026-11-20 10:02:00  bob: b.png, type unknown, size unknown]',
    ]);
  });

  it('takes no command to a terminal along', () => {
    expect(linesOf({ body: 'a\u001b[2Jb\tc' })).toEqual(['2026-11-20 10:01:02  ada: a\u{fffd}[2Jb\tc']);
  });

  it('names files by name, type and bytes, after the words', () => {
    const media = [
      { mediaSid: 'ME1', filename: 'tap.jpg', contentType: 'image/jpeg', sizeBytes: 48_213 },
      { mediaSid: 'ME2', contentType: 'audio/ogg' },
    ];

    expect(linesOf({ body: 'See:', media })).toEqual([
      '2026-11-20 10:01:02  ada: See:',
      '    [tap.jpg, image/jpeg, 48213 bytes]',
      '    [ME2, audio/ogg, size unknown]',
    ]);
  });

  it('says of a message without words or files that it has none, and of one that was edited when', () => {
    expect(linesOf({}, { body: '' }, { body: 'Yes', editedAt: at('10:05:00') })).toEqual([
      '2026-11-20 10:01:02  ada: [no words]',
      '2026-11-20 10:01:02  ada: [no words]',
      '2026-11-20 10:01:02  ada: Yes',
      '    (edited 2026-11-20 10:05:00)',
    ]);
  });

  it('has exactly one line that begins with a time for each message, whatever was written', () => {
    const words = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.array(fc.record({ body: words, author: words })), (messages) => {
        const begins = linesOf(...messages).filter((line) => line.startsWith('2026-11-20 10:01:02  '));
        expect(begins).toHaveLength(messages.length);
      }),
    );
  });
});

describe('the JSON of a transcript', () => {
  it('is the same text whatever order Twilio’s lists and objects come in', () => {
    const one = { participantSid: 'MB1', identity: 'ada', joinedAt: at('10:00:00') };
    const two = { joinedAt: at('10:00:00'), participantSid: 'MB2', identity: 'bob' };
    const transcript = { ...transcriptOf({ body: 'a' }, { body: 'b' }), participants: [one, two] };
    const shuffled = {
      ...transcript,
      messages: transcript.messages.toReversed(),
      participants: [two, { joinedAt: at('10:00:00'), identity: 'ada', participantSid: 'MB1' }],
    };

    expect(transcriptJson(shuffled)).toBe(transcriptJson(transcript));
  });

  it('tells who took part when it is read again', () => {
    const participants = [
      { participantSid: 'MB1', identity: 'ada', joinedAt: at('10:00:00') },
      { participantSid: 'MB2', address: '+12025550143', proxyAddress: '+15005550006', joinedAt: at('10:00:01') },
    ];

    expect(participantsIn(transcriptJson({ ...transcriptOf(), participants }))).toEqual(participants);
  });

  it.each(['', 'no JSON', '{}', '{"transcriptVersion":2,"participants":[{"participantSid":"MB1"}]}'])(
    'tells of nobody where it is none of ours: %s',
    (text) => {
      expect(participantsIn(text)).toEqual([]);
    },
  );
});

describe('those who ever took part', () => {
  it('are those who are there, as they are now, and those who have left', () => {
    const before = [
      { participantSid: 'MB1', identity: 'ada', joinedAt: at('10:00:05') },
      { participantSid: 'MB2', identity: 'bob', joinedAt: at('10:00:01') },
    ];
    const now = [{ participantSid: 'MB1', identity: 'ada.new', joinedAt: at('10:00:05') }];

    expect(participantsEver(before, now)).toEqual([before[1], now[0]]);
  });
});
