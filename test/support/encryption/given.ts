import type { Readable } from 'node:stream';

/** Everything that the stream gave before it ended or broke, and how it broke. */
export async function given(stream: Readable): Promise<{ readonly bytes: Buffer; readonly failure: unknown }> {
  const parts: Buffer[] = [];
  const failure = await new Promise<unknown>((resolve) => {
    stream.on('data', (part: Buffer) => void parts.push(part));
    stream.on('end', () => resolve(undefined)).on('error', resolve);
  });
  return { bytes: Buffer.concat(parts), failure };
}
