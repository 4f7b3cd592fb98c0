/** What a WAV's own header says of the sound that follows it. */
export interface WavFacts {
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly durationSeconds: number;
  /** Where the sound begins in the file. */
  readonly dataOffsetBytes: number;
}

export type WavReading =
  { readonly kind: 'wav'; readonly facts: WavFacts } | { readonly kind: 'not-wav'; readonly why: string };

/** How much of a file's beginning `readWavHeader` wants to see. */
export const wavHeadBytes = 4096;

/**
 * Reads a RIFF/WAVE header, so that an error page, a truncated file or the wrong number of channels is never called a
 * recording. `sizeBytes` is the whole file's length; a `data` chunk that claims more than the file holds is refused,
 * one that claims nothing (0 or 0xFFFFFFFF, as streaming encoders write) is taken to reach to the end of the file.
 *
 * Chunk layout: Microsoft/IBM, Multimedia Programming Interface and Data Specifications 1.0 (1991).
 */
export function readWavHeader(head: Buffer, sizeBytes: number): WavReading {
  if (head.length < 12 || head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE') {
    return { kind: 'not-wav', why: 'it does not begin with RIFF…WAVE' };
  }
  let format: { readonly channels: number; readonly sampleRateHz: number; readonly bytesPerSecond: number } | undefined;
  for (let at = 12; at + 8 <= head.length;) {
    const id = head.toString('latin1', at, at + 4);
    const length = head.readUInt32LE(at + 4);
    const begin = at + 8;
    if (id === 'fmt ' && begin + 16 <= head.length) {
      format = {
        channels: head.readUInt16LE(begin + 2),
        sampleRateHz: head.readUInt32LE(begin + 4),
        bytesPerSecond: head.readUInt32LE(begin + 8),
      };
    }
    if (id === 'data') return format === undefined ? noFormat : soundFrom(format, begin, length, sizeBytes);
    at = begin + length + (length % 2);
  }
  return { kind: 'not-wav', why: `no data chunk in its first ${head.length} bytes` };
}

const noFormat: WavReading = { kind: 'not-wav', why: 'its data chunk comes before any fmt chunk' };

function soundFrom(
  format: { readonly channels: number; readonly sampleRateHz: number; readonly bytesPerSecond: number },
  dataOffsetBytes: number,
  claimedBytes: number,
  sizeBytes: number,
): WavReading {
  if (format.channels === 0 || format.bytesPerSecond === 0)
    return { kind: 'not-wav', why: 'its fmt chunk says no channels or no bytes a second' };
  const isOpenEnded = claimedBytes === 0 || claimedBytes === 0xffffffff;
  const leftBytes = sizeBytes - dataOffsetBytes;
  if (leftBytes < 0) return { kind: 'not-wav', why: `its header alone is longer than its ${sizeBytes} bytes` };
  const dataBytes = isOpenEnded ? leftBytes : claimedBytes;
  if (dataBytes > leftBytes) {
    return { kind: 'not-wav', why: `its data chunk claims ${dataBytes} bytes and the file has ${leftBytes} left` };
  }
  const { channels, sampleRateHz, bytesPerSecond } = format;
  return {
    kind: 'wav',
    facts: { channels, sampleRateHz, durationSeconds: dataBytes / bytesPerSecond, dataOffsetBytes },
  };
}
