import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { decodeAwsChunked, type ChunkSigning } from '../../../local/aws/s3/aws-chunked.ts';

const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

/** The seed signatures, chunks and their signatures of the two worked examples (read 2026-11):
 *  https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and …/sigv4-streaming-trailers.html */
const plain = {
  seed: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  chunks: [
    ['a'.repeat(65_536), 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648'],
    ['a'.repeat(1024), '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497'],
    ['', 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9'],
  ],
} as const;
const withTrailer = {
  seed: '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
  chunks: [
    ['a'.repeat(65_536), 'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2'],
    ['a'.repeat(1024), '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7'],
    ['', '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992'],
  ],
  trailer: 'x-amz-checksum-crc32c:sOO8/Q==',
  trailerSignature: 'd81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435',
} as const;

describe('the aws-chunked coding', () => {
  it('is taken off, and the trailer handed over, however the body is cut', async () => {
    const body = '5\r\nhello\r\n7\r\n world!\r\n0\r\nx-amz-checksum-crc32:abc=\r\n\r\n';

    for (const size of [1, 2, 3, 7, body.length]) {
      const read = await decode(inPieces(body, size));
      expect([read.text, read.trailer]).toEqual(['hello world!', { 'x-amz-checksum-crc32': 'abc=' }]);
    }
  });

  it('is proved chunk by chunk as in the worked example', async () => {
    expect((await decode(Readable.from([Buffer.from(coded(plain.chunks))]), signing(plain.seed))).text).toHaveLength(
      66_560,
    );
  });

  it('is proved with its trailer as in the worked example', async () => {
    const tail = `${withTrailer.trailer}\r\nx-amz-trailer-signature:${withTrailer.trailerSignature}\r\n\r\n`;
    const body = Readable.from([Buffer.from(coded(withTrailer.chunks) + tail)]);

    expect((await decode(body, signing(withTrailer.seed))).trailer).toEqual({ 'x-amz-checksum-crc32c': 'sOO8/Q==' });
  });

  it('is refused when a byte of a chunk or of the trailer is another', async () => {
    const changed = coded(plain.chunks).replace('aaa', 'aba');
    const tail = `x-amz-checksum-crc32c:AAAAAA==\r\nx-amz-trailer-signature:${withTrailer.trailerSignature}\r\n\r\n`;

    await expect(decode(Readable.from([Buffer.from(changed)]), signing(plain.seed))).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
    });
    await expect(
      decode(Readable.from([Buffer.from(coded(withTrailer.chunks) + tail)]), signing(withTrailer.seed)),
    ).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
  });

  it.each([
    ['breaks off within a chunk', '5\r\nhel'],
    ['breaks off before its last chunk', '5\r\nhello\r\n'],
    ['has a chunk longer than it says', '3\r\nhello\r\n0\r\n\r\n'],
    ['is not so coded', 'hello\r\n'],
  ])('is refused when the body %s', async (_what, body) => {
    await expect(decode(Readable.from([Buffer.from(body)]))).rejects.toMatchObject({
      code: 'IncompleteBody',
      status: 400,
    });
  });

  it('is refused when a signed trailer comes without its signature', async () => {
    const body = Readable.from([Buffer.from(`${coded(withTrailer.chunks)}${withTrailer.trailer}\r\n\r\n`)]);

    await expect(decode(body, signing(withTrailer.seed)).then(() => 'decoded')).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
    });
  });
});

async function decode(source: AsyncIterable<Buffer>, signed?: ChunkSigning) {
  const trailer: Record<string, string> = {};
  const pieces: Buffer[] = [];
  for await (const piece of decodeAwsChunked(source, (name, value) => void (trailer[name] = value), signed))
    pieces.push(piece);
  return { text: Buffer.concat(pieces).toString('latin1'), trailer };
}

function inPieces(body: string, size: number): Readable {
  return Readable.from(
    Array.from({ length: Math.ceil(body.length / size) }, (_, at) =>
      Buffer.from(body.slice(at * size, (at + 1) * size)),
    ),
  );
}

function coded(chunks: readonly (readonly [content: string, signature: string])[]): string {
  return chunks
    .map(
      ([content, signature]) =>
        `${content.length.toString(16)};chunk-signature=${signature}\r\n${content === '' ? '' : `${content}\r\n`}`,
    )
    .join('');
}

function signing(seed: string): ChunkSigning {
  const scope = ['20130524', 'us-east-1', 's3', 'aws4_request'];
  return {
    signingKey: scope.reduce(
      (key, part) => createHmac('sha256', key).update(part).digest(),
      Buffer.from(`AWS4${secretAccessKey}`),
    ),
    claim: {
      place: 'header',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      scope: scope.join('/'),
      date: '20130524',
      region: 'us-east-1',
      service: 's3',
      timestamp: '20130524T000000Z',
      signedAtEpochMs: Date.UTC(2013, 4, 24),
      signedHeaders: [],
      signature: seed,
    },
  };
}
