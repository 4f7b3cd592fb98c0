/** A PCM WAV of 8 kHz, 16 bit, with a sound that differs from sample to sample; the header is written by hand. */
export function wavBytes({ channels, seconds }: { readonly channels: number; readonly seconds: number }): Buffer {
  const dataBytes = 8000 * 2 * channels * seconds;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(8000 * 2 * channels, 28);
  header.writeUInt16LE(2 * channels, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  const sound = Buffer.alloc(dataBytes);
  for (let at = 0; at < dataBytes; at += 2) sound.writeInt16LE(((at * 7919) % 65_536) - 32_768, at);
  return Buffer.concat([header, sound]);
}
