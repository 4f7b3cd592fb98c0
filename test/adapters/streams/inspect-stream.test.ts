import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { streamInspector } from '../../../lambdas/shared/adapters/streams/inspect-stream.ts';

const inspected = (...pieces: readonly string[]) =>
  streamInspector.inspect(
    Readable.from(
      pieces.map((piece) => Buffer.from(piece)),
      { objectMode: false },
    ),
  );

describe('an inspected stream', () => {
  it('says size, SHA-256 and CRC64NVME of what passed', async () => {
    const { stream, facts } = inspected('123', '45', '6789');

    expect((await buffer(stream)).toString()).toBe('123456789');

    // CRC-64/NVME's check value is 0xae8b14860a799888 (https://reveng.sourceforge.io/crc-catalogue/, read 2026-11).
    expect(await facts).toEqual({
      sizeBytes: 9,
      sha256: '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225',
      crc64Nvme: 'rosUhgp5mIg=',
      head: Buffer.from('123456789'),
    });
  });

  it('says the same of the same bytes however they are cut', async () => {
    const whole = inspected('123456789');
    const cut = inspected(...'123456789');
    await Promise.all([buffer(whole.stream), buffer(cut.stream)]);

    expect(await cut.facts).toEqual(await whole.facts);
  });

  it('says of an empty stream that it was empty', async () => {
    const { stream, facts } = inspected();
    await buffer(stream);

    expect(await facts).toEqual({
      sizeBytes: 0,
      sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      crc64Nvme: 'AAAAAAAAAAA=',
      head: Buffer.alloc(0),
    });
  });

  it('keeps the first 4,096 bytes of a longer stream and no more', async () => {
    const { stream, facts } = inspected('a'.repeat(4000), 'b'.repeat(4000), 'c'.repeat(4000));
    await buffer(stream);

    expect((await facts).head.toString()).toBe('a'.repeat(4000) + 'b'.repeat(96));
    expect((await facts).sizeBytes).toBe(12_000);
  });

  it('breaks with its source', async () => {
    const source = Readable.from(
      (function* () {
        yield Buffer.from('1234');
        throw new Error('the line went dead');
      })(),
    );
    const { stream, facts } = streamInspector.inspect(source);

    await expect(buffer(stream)).rejects.toThrow('the line went dead');
    await expect(facts).rejects.toThrow('the line went dead');
  });

  it('lets go of its source when nobody wants it any more', async () => {
    const source = new Readable({ read: () => undefined });
    const { stream, facts } = streamInspector.inspect(source);

    stream.destroy();

    await expect(facts).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    expect(source.destroyed).toBe(true);
  });
});
