import { createHash } from 'node:crypto';
import type { RecordingSid } from '../../../lambdas/shared/domain/sids.ts';
import {
  account,
  apiKeyHeader,
  startAccount,
  talk,
  type TwilioUnderTest,
} from '../../support/twilio/twilio-account.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('the simulator’s media', () => {
  let under: TwilioUnderTest;
  beforeEach(async () => void (under = await startAccount()));
  afterEach(() => under.twilio.stop());

  const urlOf = (sid: RecordingSid, rest = ''): string =>
    `${under.twilio.url}/2010-04-01/Accounts/${account.accountSid}/Recordings/${sid}${rest}`;
  const get = (sid: RecordingSid, rest = ''): Promise<Response> =>
    fetch(urlOf(sid, rest), { headers: { authorization: apiKeyHeader } });
  const bytesOf = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer());
  const placed = (channels: 1 | 2, durationSeconds: number): RecordingSid =>
    under.twilio.voice.placeRecording({ callSid: under.twilio.voice.startCall(), channels, durationSeconds });

  it.each([
    // 44 bytes of header and 8,000 samples of 2 bytes a second and channel.
    { channels: 1, sizeBytes: 44 + 3 * 16_000 },
    { channels: 2, sizeBytes: 44 + 3 * 32_000 },
  ] as const)('is a WAV of 8 kHz, 16 bits and $channels channel(s)', async ({ channels, sizeBytes }) => {
    const answer = await get(placed(channels, 3), `.wav?RequestedChannels=${channels}`);
    const wav = await bytesOf(answer);

    expect(answer.headers.get('content-type')).toBe('audio/x-wav');
    expect(answer.headers.get('content-length')).toBe(String(sizeBytes));
    expect(wav).toHaveLength(sizeBytes);
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
    expect(wav.readUInt32LE(4)).toBe(sizeBytes - 8);
    expect(wav.toString('latin1', 8, 16)).toBe('WAVEfmt ');
    expect([16, 20, 22, 32, 34].map((at) => wav.readUInt16LE(at))).toEqual([16, 1, channels, 2 * channels, 16]);
    expect([24, 28].map((at) => wav.readUInt32LE(at))).toEqual([8_000, 16_000 * channels]);
    expect(wav.toString('latin1', 36, 40)).toBe('data');
    expect(wav.readUInt32LE(40)).toBe(sizeBytes - 44);
  });

  it('has two people who speak in turns, and mixes them into one channel', async () => {
    const sid = placed(2, 20);
    const both = await bytesOf(await get(sid, '?RequestedChannels=2'));
    const mix = await bytesOf(await get(sid, '?RequestedChannels=1'));
    const spoke = [0, 0];

    for (let i = 0; i < 20 * 8_000; i += 1) {
      const [one, other] = [both.readInt16LE(44 + 4 * i), both.readInt16LE(46 + 4 * i)];
      if (one + other !== mix.readInt16LE(44 + 2 * i)) throw new Error(`sample ${i} of the mix is not the sum`);
      if (one !== 0) spoke[0] = (spoke[0] ?? 0) + 1;
      if (other !== 0) spoke[1] = (spoke[1] ?? 0) + 1;
    }

    expect(Math.min(...spoke)).toBeGreaterThan(5_000);
  });

  it('differs from recording to recording and from second to second', async () => {
    const [one, other] = [placed(1, 40), placed(1, 40)];
    const wav = await bytesOf(await get(one));
    const seconds = Array.from({ length: 40 }, (_none, second) =>
      sha256(wav.subarray(44 + second * 16_000, 44 + (second + 1) * 16_000)),
    );

    expect(new Set(seconds).size).toBe(40);
    expect(await under.twilio.media.sha256(one, 1)).not.toBe(await under.twilio.media.sha256(other, 1));
  });

  it('is what `bytes`, `sha256` and `served` say it is', async () => {
    const sid = placed(2, 5);
    const wav = await bytesOf(await get(sid, '?RequestedChannels=2'));
    const direct: Buffer[] = [];
    for await (const chunk of under.twilio.media.bytes(sid, 2)) direct.push(Buffer.from(chunk));

    expect(Buffer.concat(direct).equals(wav)).toBe(true);
    expect(await under.twilio.media.sha256(sid, 2)).toBe(sha256(wav));
    expect(under.twilio.media.served(sid)).toEqual({
      sizeBytes: wav.length,
      sha256: sha256(wav),
      channels: 2,
      whole: true,
    });
  });

  it('refuses two channels of a mono recording with 400 and gives one', async () => {
    const sid = placed(1, 1);

    expect((await get(sid, '?RequestedChannels=2')).status).toBe(400);
    expect((await get(sid, '?RequestedChannels=1')).status).toBe(200);
  });

  it('unasked, gives a conference as one channel and a call as it was recorded', async () => {
    const { conference } = talk(under);
    const call = placed(2, 1);
    const ofConference = under.twilio.voice.placeRecording({
      conferenceSid: conference,
      channels: 2,
      durationSeconds: 1,
    });

    expect((await bytesOf(await get(ofConference))).readUInt16LE(22)).toBe(1);
    expect((await bytesOf(await get(call))).readUInt16LE(22)).toBe(2);
  });

  it('is not there before the recording is completed, for a while after it when told so, and never as MP3', async () => {
    const { conference } = talk(under);
    const sid = under.twilio.voice.startRecording({ conferenceSid: conference, channels: 1 });
    under.twilio.media.notFoundAfterCompletion(10_000);
    under.clock.advance(2_000);
    expect((await get(sid)).status).toBe(404);

    under.twilio.voice.stopRecording(sid);
    under.clock.advance(13_999);
    expect((await get(sid)).status).toBe(404);
    under.clock.advance(1);

    expect((await get(sid)).status).toBe(200);
    expect((await get(sid, '.mp3')).status).toBe(404);
  });

  it('is given to nobody without credentials', async () => {
    const answer = await fetch(urlOf(placed(1, 1)));

    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Twilio API"');
  });

  it('answers HEAD with the length and no body', async () => {
    const answer = await fetch(urlOf(placed(1, 1)), { method: 'HEAD', headers: { authorization: apiKeyHeader } });

    expect(answer.headers.get('content-length')).toBe('16044');
    expect(await bytesOf(answer)).toHaveLength(0);
  });

  it('comes chunked when the length is not to be declared', async () => {
    under.twilio.media.declareLength(false);

    const answer = await get(placed(1, 1));

    expect(answer.headers.get('content-length')).toBeNull();
    expect(await bytesOf(answer)).toHaveLength(16_044);
  });

  it('redirects to another port, where it shows whether the credentials were taken along', async () => {
    const sid = placed(1, 1);
    const elsewhere = await under.twilio.media.redirect();

    const first = await fetch(urlOf(sid), { headers: { authorization: apiKeyHeader }, redirect: 'manual' });
    const location = first.headers.get('location') ?? '';
    const followed = await fetch(location);
    await fetch(location, { headers: { authorization: apiKeyHeader } });

    expect(first.status).toBe(307);
    expect(new URL(location).host).toBe(elsewhere.host);
    expect(elsewhere.host).not.toBe(new URL(under.twilio.url).host);
    expect(sha256(await bytesOf(followed))).toBe(await under.twilio.media.sha256(sid, 1));
    expect(elsewhere.counts()).toEqual({ requests: 2, withAuthorization: 1 });
  });

  describe('with a fault', () => {
    it.each([
      { declares: 'whole', endsWell: false },
      { declares: 'what-came', endsWell: true },
      { declares: 'nothing', endsWell: true },
    ] as const)('truncated, declaring $declares, it ends early', async ({ declares, endsWell }) => {
      const sid = placed(1, 2);
      under.twilio.media.fault(sid, { kind: 'truncated', afterBytes: 10_000, declares });

      const answer = await get(sid);
      const read = bytesOf(answer);

      if (endsWell) expect(await read).toHaveLength(10_000);
      else await expect(read).rejects.toThrow('terminated');
      expect(under.twilio.media.served(sid)).toMatchObject({ sizeBytes: 10_000, whole: false });
    });

    it('reset, it breaks in the middle, once', async () => {
      const sid = placed(1, 2);
      under.twilio.media.fault(sid, { kind: 'reset', afterBytes: 10_000 });

      await expect(get(sid).then(bytesOf)).rejects.toThrow();

      expect(await bytesOf(await get(sid))).toHaveLength(32_044);
    });

    it('an error page, it is 200 and no sound', async () => {
      const sid = placed(1, 1);
      under.twilio.media.fault(sid, { kind: 'error-page' }, 2);

      const answers = [await get(sid), await get(sid), await get(sid)];

      expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
      expect(answers.map((answer) => answer.headers.get('content-type'))).toEqual([
        'text/html',
        'text/html',
        'audio/x-wav',
      ]);
    });

    it('corrupted, it differs in one byte', async () => {
      const sid = placed(1, 1);
      under.twilio.media.fault(sid, { kind: 'corrupted', atByte: 9_000 });

      const spoiled = await bytesOf(await get(sid));
      const sound = await bytesOf(await get(sid));

      const differing = [...sound.keys()].filter((at) => sound[at] !== spoiled[at]);
      expect(differing).toEqual([9_000]);
    });

    it('of the wrong channels, it is a sound WAV of the other count', async () => {
      const sid = placed(2, 1);
      under.twilio.media.fault(sid, { kind: 'wrong-channels' });

      const wav = await bytesOf(await get(sid, '?RequestedChannels=2'));

      expect(wav.readUInt16LE(22)).toBe(1);
      expect(wav).toHaveLength(16_044);
    });

    it('slow, it is whole all the same', async () => {
      const sid = placed(1, 1);
      under.twilio.media.fault(sid, { kind: 'slow-drip', chunkBytes: 8_000, pauseMs: 1 });

      expect(sha256(await bytesOf(await get(sid)))).toBe(await under.twilio.media.sha256(sid, 1));
    });
  });
});
