import { readWavHeader } from '../../../lambdas/shared/domain/wav.ts';
import { wavBytes } from '../../support/wav-bytes.ts';

const head = (bytes: Buffer) => readWavHeader(bytes, bytes.length);

describe('a WAV header', () => {
  it('says what it holds: 2 channels of 8,000 samples for 3 s', () => {
    expect(head(wavBytes({ channels: 2, seconds: 3 }))).toEqual({
      kind: 'wav',
      facts: { channels: 2, sampleRateHz: 8000, durationSeconds: 3, dataOffsetBytes: 44 },
    });
  });

  it('may have other chunks before its sound, padded to an even length', () => {
    const plain = wavBytes({ channels: 1, seconds: 1 });
    const list = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1');
    const bytes = Buffer.concat([plain.subarray(0, 36), list, plain.subarray(36)]);

    expect(head(bytes)).toMatchObject({ kind: 'wav', facts: { durationSeconds: 1, dataOffsetBytes: 44 + 12 } });
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'it does not begin with RIFF…WAVE'],
    ['an error page', Buffer.from('<!doctype html><title>502 Bad Gateway</title>'), 'it does not begin with RIFF…WAVE'],
    ['an MP3 with its tag', Buffer.from('ID3\x04\0\0\0\0\0\0some more bytes'), 'it does not begin with RIFF…WAVE'],
    ['a RIFF that is an AVI', Buffer.from('RIFF\0\0\0\0AVI LIST'), 'it does not begin with RIFF…WAVE'],
    [
      'a beginning without sound',
      wavBytes({ channels: 1, seconds: 1 }).subarray(0, 40),
      'no data chunk in its first 40 bytes',
    ],
    [
      'sound before its format',
      Buffer.from('RIFF\0\0\0\0WAVEdata\x04\0\0\0abcd', 'latin1'),
      'its data chunk comes before any fmt chunk',
    ],
  ])('is not seen in %s', (_what, bytes, why) => {
    expect(head(bytes)).toEqual({ kind: 'not-wav', why });
  });

  it('of a file that breaks off half-way is refused with both lengths', () => {
    const half = wavBytes({ channels: 1, seconds: 2 }).subarray(0, 44 + 16_000);

    expect(head(half)).toEqual({
      kind: 'not-wav',
      why: 'its data chunk claims 32000 bytes and the file has 16000 left',
    });
  });

  it('with an open length is refused where the file is shorter than the header itself', () => {
    const bytes = wavBytes({ channels: 1, seconds: 1 });
    bytes.writeUInt32LE(0xffffffff, 40);

    expect(readWavHeader(bytes, 20).kind).toBe('not-wav');
  });

  it('without channels is refused', () => {
    const bytes = wavBytes({ channels: 1, seconds: 1 });
    bytes.writeUInt16LE(0, 22);

    expect(head(bytes)).toEqual({ kind: 'not-wav', why: 'its fmt chunk says no channels or no bytes a second' });
  });
});
