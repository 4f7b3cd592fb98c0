import {
  attributeFacts,
  attributesText,
  isObject,
  parseTaskAttributes,
  recordingOfTwilioUrl,
} from '../../../lambdas/shared/domain/task-attributes.ts';
import type { TaskAttributes } from '../../../lambdas/shared/domain/task-attributes.ts';
import { sids } from '../../support/example-sids.ts';

function read(text: string): TaskAttributes {
  const parsed = parseTaskAttributes(text);
  if (parsed.kind !== 'object') throw new Error(parsed.why);
  return parsed.attributes;
}

const mediaUrl = (n: number): string =>
  `https://api.twilio.com/2010-04-01/Accounts/${sids.account()}/Recordings/${sids.recording(n)}`;

describe('attributes that are read and written back', () => {
  it('keep every number as it was spelt, also one that JavaScript cannot hold', () => {
    const text = '{"crm_id":9007199254740993,"rate":1.0,"tiny":1e-7,"plain":42}';

    expect(attributesText(read(text))).toBe(text);
  });

  it('are unreadable as a number that is kept as it was spelt: it is no object', () => {
    expect(parseTaskAttributes('1.0').kind).toBe('unreadable');
    expect(isObject(read('{"conversations":1.0}')['conversations'])).toBe(false);
  });

  it('keep a key called __proto__ as a key', () => {
    const text = '{"__proto__":{"conversations":{"segment_link":"x"}},"call_sid":"CA1"}';

    expect(attributesText({ ...read(text) })).toBe(text);
    expect(attributeFacts(read(text)).segmentLink).toBeUndefined();
  });

  it.each([
    ['an empty text', '', 'the attributes are an empty text'],
    ['an array', '[1]', 'the attributes are JSON and not an object'],
    ['null', 'null', 'the attributes are JSON and not an object'],
    ['a curly quote', '{"targetWorker":"client:ada”}', 'the attributes (29 characters) are not JSON'],
  ])('are unreadable as %s, and say why without a word of theirs', (_case, text, why) => {
    expect(parseTaskAttributes(text)).toEqual({ kind: 'unreadable', why });
  });
});

describe('what attributes say', () => {
  it('of an incoming call with its conference and Flex’s own recording', () => {
    const facts = attributeFacts({
      call_sid: sids.call(1),
      conference: { sid: sids.conference(1), participants: { worker: sids.call(2), customer: sids.call(1) } },
      conversations: { segment_link: mediaUrl(1) },
    });

    expect(facts).toEqual({
      callSids: [sids.call(1), sids.call(2)],
      conferenceSids: [sids.conference(1)],
      conversationSids: [],
      workerCallSid: sids.call(2),
      customerCallSid: sids.call(1),
      recordings: [{ recordingSid: sids.recording(1), foundBy: 'segment-link' }],
      mediaRecordings: [],
      segmentLink: mediaUrl(1),
    });
  });

  it('of an outbound call whose participants have a call SID for a key', () => {
    const facts = attributeFacts({
      worker_call_sid: sids.call(2),
      conference: {
        sid: sids.conference(1),
        participants: { customer: sids.call(3), [sids.call(3)]: '+12025550143', worker: sids.call(2) },
      },
    });

    expect(facts.callSids).toEqual([sids.call(2), sids.call(3)]);
    expect(facts.workerCallSid).toBe(sids.call(2));
  });

  it('of a task whose conferenceSid holds a call', () => {
    const facts = attributeFacts({ conferenceSid: sids.call(7) });

    expect(facts.callSids).toEqual([sids.call(7)]);
    expect(facts.conferenceSids).toEqual([]);
  });

  it('of media on the task and on one agent’s part of it, each recording once', () => {
    const facts = attributeFacts({
      conversations: {
        media: [
          { type: 'VoiceRecording', url: mediaUrl(1) },
          { type: 'ChatTranscript', sid: 'CH1' },
        ],
      },
      reservation_attributes: {
        [sids.reservation(5)]: { media: [{ type: 'VoiceRecording', url: mediaUrl(2) }, { url: mediaUrl(1) }] },
      },
    });

    expect(facts.recordings).toEqual([
      { recordingSid: sids.recording(1), foundBy: 'media' },
      { recordingSid: sids.recording(2), foundBy: 'media', reservationSid: sids.reservation(5) },
    ]);
    expect(facts.mediaRecordings).toEqual([sids.recording(1), sids.recording(2)]);
  });

  it('of a recording that is both linked and among the media, that it is among the media too', () => {
    const facts = attributeFacts({ conversations: { segment_link: mediaUrl(1), media: [{ url: mediaUrl(1) }] } });

    expect(facts.recordings).toEqual([{ recordingSid: sids.recording(1), foundBy: 'segment-link' }]);
    expect(facts.mediaRecordings).toEqual([sids.recording(1)]);
  });

  it.each([
    ['rd', { rd: { parent_task_sid: sids.task(9), spoken_language_required: 'spanish' } }],
    ['legacy keys', { parentTaskSid: sids.task(9), spoken_language_required: 'spanish' }],
  ])('of a child task and its language, by %s', (_case, attributes) => {
    expect(attributeFacts(attributes)).toMatchObject({ parentTaskSid: sids.task(9), spokenLanguage: 'spanish' });
  });

  it('of an empty parent SID is nothing', () => {
    expect(attributeFacts({ parentTaskSid: '' }).parentTaskSid).toBeUndefined();
  });
});

describe('a recording of another account', () => {
  const foreign = mediaUrl(4).replace(sids.account(), sids.account(2));

  it('is none of this task, wherever the attributes name it', () => {
    const media = [{ type: 'VoiceRecording', url: foreign }];
    const attributes = {
      conversations: { segment_link: foreign, media },
      reservation_attributes: { [sids.reservation(5)]: { media: [...media, { url: mediaUrl(1) }] } },
    };

    expect(attributeFacts(attributes, sids.account()).recordings).toEqual([
      { recordingSid: sids.recording(1), foundBy: 'media', reservationSid: sids.reservation(5) },
    ]);
  });
});

describe('a Twilio media URL', () => {
  it.each(['', '.wav', '.mp3', '?RequestedChannels=2', '#t=3'])('names its recording with %p behind it', (ending) => {
    expect(recordingOfTwilioUrl(mediaUrl(4) + ending)).toBe(sids.recording(4));
  });

  it.each([
    `https://evil.example/?u=${mediaUrl(4)}`,
    `https://evil.example#${mediaUrl(4)}`,
    mediaUrl(4).replace('/Recordings/', '/Recordings/../Recordings/'),
    mediaUrl(4).replace('/Recordings/RE', '/Recordings/..%2FRE'),
    mediaUrl(4).replace('RE0', 'RE\u0000'),
    `${mediaUrl(4)}0`,
    `${mediaUrl(4)}\n`,
    'https://calls.example.com/r/RE1',
    42,
  ])('is not %p', (url) => {
    expect(recordingOfTwilioUrl(url)).toBeUndefined();
  });
});
