import { createHash, randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AwsError } from '../aws-error.ts';
import { bodyOf, header, type AwsRequest } from '../http/aws-request.ts';
import type { ClaimedSignature } from '../http/claimed-signature.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import {
  checksumAlgorithm,
  checksumAlgorithms,
  checksumHeader,
  startChecksum,
  type ChecksumAlgorithm,
} from './checksums.ts';

/** What a body is proved with, known from the request's head. */
export interface BodyProof {
  readonly claim: ClaimedSignature;
  readonly signingKey: Buffer;
  /** `x-amz-content-sha256`, or UNSIGNED-PAYLOAD. */
  readonly contentSha256: string;
}

/** A body that lies in a file, whole and proved; it belongs to whoever receives it. */
export interface ReceivedBody {
  readonly file: string;
  readonly sizeBytes: number;
  readonly md5: Buffer;
  readonly algorithm: ChecksumAlgorithm;
  readonly checksum: Buffer;
}

/** Without a client's wish S3 keeps a CRC64NVME (https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html, read 2026-11). */
const defaultAlgorithm: ChecksumAlgorithm = 'CRC64NVME';

/**
 * Streams a request's body into a new file and checks everything that was promised of it: length, SHA-256, chunk
 * signatures, Content-MD5 and the flexible checksum, from the head or the trailer. Nothing is left behind on refusal.
 * With `expectedAlgorithm` (a part's upload has one) no other checksum is taken, and this one is kept when none comes.
 *
 * @throws {AwsError} BadDigest, XAmzContentSHA256Mismatch, IncompleteBody, MissingContentLength, InvalidRequest, …
 */
export async function receiveBody(
  request: AwsRequest,
  proof: BodyProof,
  directory: string,
  expectedAlgorithm?: ChecksumAlgorithm,
): Promise<ReceivedBody> {
  const promised = promisedChecksum(request, expectedAlgorithm ?? defaultAlgorithm);
  if (expectedAlgorithm !== undefined && promised.algorithm !== expectedAlgorithm) {
    throw invalid(
      `Checksum Type mismatch occurred, expected checksum Type: ${expectedAlgorithm}, actual: ${promised.algorithm}`,
    );
  }
  const expectedBytes = expectedLength(request, proof);
  const file = join(directory, randomUUID());
  const received = await writeAndHash(request, proof, { file, algorithm: promised.algorithm });
  try {
    const trailing = promised.inTrailer ? received.trailer.get(checksumHeader(promised.algorithm)) : promised.value;
    if (promised.inTrailer && trailing === undefined)
      throw invalid('The trailer that x-amz-trailer announced did not come.');
    verify(request, proof, received, { expectedBytes, checksum: trailing });
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  return {
    file,
    sizeBytes: received.sizeBytes,
    md5: received.md5,
    algorithm: promised.algorithm,
    checksum: received.checksum,
  };
}

interface Written {
  readonly sizeBytes: number;
  readonly md5: Buffer;
  readonly sha256Hex: string | undefined;
  readonly checksum: Buffer;
  readonly trailer: ReadonlyMap<string, string>;
}

async function writeAndHash(
  request: AwsRequest,
  proof: BodyProof,
  to: { readonly file: string; readonly algorithm: ChecksumAlgorithm },
): Promise<Written> {
  const trailer = new Map<string, string>();
  const md5 = createHash('md5');
  const sha256 = /^[0-9a-f]{64}$/.test(proof.contentSha256) ? createHash('sha256') : undefined;
  const checksum = startChecksum(to.algorithm);
  let sizeBytes = 0;
  const output = await open(to.file, 'wx');
  try {
    for await (const piece of content(request, proof, trailer)) {
      md5.update(piece);
      sha256?.update(piece);
      checksum.update(piece);
      sizeBytes += piece.length;
      await output.writeFile(piece);
    }
  } catch (error) {
    await rm(to.file, { force: true });
    throw error;
  } finally {
    await output.close();
  }
  return { sizeBytes, md5: md5.digest(), sha256Hex: sha256?.digest('hex'), checksum: checksum.digest(), trailer };
}

function content(request: AwsRequest, proof: BodyProof, trailer: Map<string, string>): AsyncIterable<Buffer> {
  const onTrailer = (name: string, value: string): void => void trailer.set(name, value);
  switch (proof.contentSha256) {
    case 'STREAMING-UNSIGNED-PAYLOAD-TRAILER':
      return decodeAwsChunked(bodyOf(request), onTrailer);
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD':
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER':
      return decodeAwsChunked(bodyOf(request), onTrailer, proof);
    default:
      return bodyOf(request);
  }
}

function verify(
  request: AwsRequest,
  proof: BodyProof,
  received: Written,
  promised: { readonly expectedBytes: number | undefined; readonly checksum: string | undefined },
): void {
  if (promised.expectedBytes !== undefined && promised.expectedBytes !== received.sizeBytes) {
    throw new AwsError(
      400,
      'IncompleteBody',
      `The body has ${received.sizeBytes} bytes, not the ${promised.expectedBytes} announced.`,
    );
  }
  if (received.sha256Hex !== undefined && received.sha256Hex !== proof.contentSha256) {
    throw new AwsError(
      400,
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  const contentMd5 = header(request, 'content-md5');
  if (contentMd5 !== undefined && Buffer.from(contentMd5, 'base64').length !== 16) {
    throw new AwsError(400, 'InvalidDigest', 'The Content-MD5 you specified was invalid.');
  }
  if (contentMd5 !== undefined && contentMd5 !== received.md5.toString('base64')) {
    throw new AwsError(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  if (promised.checksum !== undefined && promised.checksum !== received.checksum.toString('base64')) {
    throw new AwsError(400, 'BadDigest', 'The checksum you specified did not match the calculated checksum.');
  }
}

function expectedLength(request: AwsRequest, proof: BodyProof): number | undefined {
  const isChunked = proof.contentSha256.startsWith('STREAMING-');
  const length = header(request, isChunked ? 'x-amz-decoded-content-length' : 'content-length');
  if (length === undefined)
    throw new AwsError(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  return Number(length);
}

/** Which checksum is kept, and where the client's own value of it stands. */
function promisedChecksum(
  request: AwsRequest,
  otherwise: ChecksumAlgorithm,
): {
  readonly algorithm: ChecksumAlgorithm;
  readonly inTrailer: boolean;
  readonly value: string | undefined;
} {
  const inHead = checksumAlgorithms.filter((algorithm) => header(request, checksumHeader(algorithm)) !== undefined);
  const [algorithm, second] = inHead;
  if (second !== undefined)
    throw invalid('Expecting a single x-amz-checksum- header. Multiple checksum types are not allowed.');
  if (algorithm !== undefined)
    return { algorithm, inTrailer: false, value: header(request, checksumHeader(algorithm)) };
  const announced = header(request, 'x-amz-trailer');
  if (announced === undefined) return { algorithm: otherwise, inTrailer: false, value: undefined };
  const trailing = checksumAlgorithm(
    announced
      .trim()
      .toLowerCase()
      .replace(/^x-amz-checksum-/, ''),
  );
  if (trailing === undefined) throw invalid(`The trailer ${announced} is not supported.`);
  return { algorithm: trailing, inTrailer: true, value: undefined };
}

function invalid(message: string): AwsError {
  return new AwsError(400, 'InvalidRequest', message);
}
