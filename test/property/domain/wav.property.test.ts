import fc from 'fast-check';
import { readWavHeader, wavHeadBytes } from '../../../lambdas/shared/domain/wav.ts';
import { wavBytes } from '../../support/wav-bytes.ts';

const channels = fc.constantFrom<1 | 2>(1, 2);
const seconds = fc.integer({ min: 1, max: 3 });
const read = (bytes: Buffer) => readWavHeader(bytes.subarray(0, wavHeadBytes), bytes.length);

describe('a WAV header', () => {
  it('of a whole file says its channels and its length', () => {
    fc.assert(
      fc.property(channels, seconds, (count, length) => {
        expect(read(wavBytes({ channels: count, seconds: length }))).toEqual({
          kind: 'wav',
          facts: { channels: count, sampleRateHz: 8000, durationSeconds: length, dataOffsetBytes: 44 },
        });
      }),
    );
  });

  it('of a file that was cut anywhere is not a WAV’s', () => {
    fc.assert(
      fc.property(channels, seconds, fc.double({ min: 0, max: 0.999999, noNaN: true }), (count, length, share) => {
        const whole = wavBytes({ channels: count, seconds: length });

        expect(read(whole.subarray(0, Math.floor(whole.length * share))).kind).toBe('not-wav');
      }),
    );
  });

  it('with anything before it is not a WAV’s', () => {
    fc.assert(
      fc.property(channels, fc.uint8Array({ minLength: 1, maxLength: 64 }), (count, prefix) => {
        expect(read(Buffer.concat([prefix, wavBytes({ channels: count, seconds: 1 })])).kind).toBe('not-wav');
      }),
    );
  });

  it('of random bytes after RIFF…WAVE never claims more sound than the file holds, nor less than none', () => {
    const chunk = fc
      .tuple(
        fc.constantFrom('fmt ', 'data', 'LIST'),
        fc.oneof(fc.constantFrom(0, 16, 0xffffffff), fc.nat(5000)),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
      )
      .map(([id, length, body]) => {
        const head = Buffer.alloc(8);
        head.write(id, 'latin1');
        head.writeUInt32LE(length, 4);
        return Buffer.concat([head, body]);
      });
    const file = fc.array(chunk).map((parts) => {
      return Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE', 'latin1'), ...parts]);
    });

    fc.assert(
      fc.property(file, fc.oneof(fc.nat(60), fc.nat(5000)), (bytes, sizeBytes) => {
        const reading = readWavHeader(bytes.subarray(0, wavHeadBytes), sizeBytes);
        if (reading.kind === 'not-wav') return;

        expect(reading.facts.durationSeconds).toBeGreaterThanOrEqual(0);
        expect(reading.facts.dataOffsetBytes).toBeLessThanOrEqual(sizeBytes);
        expect(reading.facts.channels).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([0, 0xffffffff])('whose length was left open (%d) reaches to the end of the file', (claimedBytes) => {
    const whole = wavBytes({ channels: 1, seconds: 2 });
    whole.writeUInt32LE(claimedBytes, 40);

    expect(read(whole)).toMatchObject({ kind: 'wav', facts: { durationSeconds: 2 } });
  });
});
