/** 8 kHz, 16 bits: the 128 kbit/s a channel that Twilio's WAVs have (twilio.com/docs/voice/api/recording, read 2026-11). */
export const SAMPLES_PER_SECOND = 8_000;
const BYTES_PER_SAMPLE = 2;
const WAV_HEADER_BYTES = 44;

export const wavSizeBytes = (durationSeconds: number, channels: number): number =>
  WAV_HEADER_BYTES + durationSeconds * bytesPerSecond(channels);

const bytesPerSecond = (channels: number): number => SAMPLES_PER_SECOND * BYTES_PER_SAMPLE * channels;

/** The canonical header of a PCM WAV: RIFF, `fmt ` of 16 bytes, `data`. */
export function wavHeader(durationSeconds: number, channels: number): Buffer {
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(wavSizeBytes(durationSeconds, channels) - 8, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(SAMPLES_PER_SECOND, 24);
  header.writeUInt32LE(bytesPerSecond(channels), 28);
  header.writeUInt16LE(BYTES_PER_SAMPLE * channels, 32);
  header.writeUInt16LE(BYTES_PER_SAMPLE * 8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(durationSeconds * bytesPerSecond(channels), 40);
  return header;
}
