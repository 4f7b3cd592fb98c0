import { createReadStream, openSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AwsError } from '../aws-error.ts';
import type { Answer } from '../http/answer.ts';
import { header, type AwsRequest } from '../http/aws-request.ts';
import { findObject } from './find-object.ts';
import { lockHeaders } from './object-lock.ts';
import { checksumHeaders, versionHeader } from './object-headers.ts';
import { byteRange, type ByteRange } from './byte-range.ts';
import { objectCall, query, type S3Call, type S3Operation } from './s3-call.ts';
import { notImplemented, preconditionFailed } from './s3-errors.ts';
import type { Content, StoredObject } from './stored-shapes.ts';

const overridable = [
  'content-type',
  'content-language',
  'expires',
  'cache-control',
  'content-disposition',
  'content-encoding',
];

/** GetObject and HeadObject: the same but for the body. */
export const getObject: S3Operation = (call) => {
  if (query(call, 'partNumber') !== undefined) throw notImplemented('GetObject by part number');
  const versionId = query(call, 'versionId');
  return {
    calls: [objectCall(versionId === undefined ? 'GetObject' : 'GetObjectVersion', call)],
    run(context) {
      const object = findObject(call.store, { ...call, versionId }, context);
      return read(call, object, lockHeaders(call, object, context));
    },
  };
};

function read(call: S3Call, object: StoredObject, locks: Answer['headers']): Answer {
  const { content } = object;
  const headers = { ...headersOf(call, object), ...locks };
  if (judgeConditions(call.request, object) === 'not-modified') return { status: 304, headers, body: '' };
  const range = byteRange(header(call.request, 'range'), content.sizeBytes);
  if (range === 'unsatisfiable') {
    const more = { headers: { 'content-range': `bytes */${content.sizeBytes}` } };
    throw new AwsError(416, 'InvalidRange', 'The requested range is not satisfiable', more);
  }
  const wanted = range ?? { first: 0, last: content.sizeBytes - 1 };
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      ...headers,
      'content-length': String(wanted.last - wanted.first + 1),
      ...(range === undefined ? {} : { 'content-range': `bytes ${range.first}-${range.last}/${content.sizeBytes}` }),
    },
    body: call.request.method === 'HEAD' ? '' : readAll(open(call.store.bodies, content, wanted)),
  };
}

function headersOf(call: S3Call, object: StoredObject): Readonly<Record<string, string>> {
  const { content } = object;
  const overrides = overridable.flatMap((name) => {
    const value = query(call, `response-${name}`);
    return value === undefined ? [] : [[name, value] as const];
  });
  const wantsChecksum =
    header(call.request, 'x-amz-checksum-mode') === 'ENABLED' && header(call.request, 'range') === undefined;
  return {
    'x-amz-server-side-encryption': 'AES256',
    ...content.headers,
    ...Object.fromEntries(overrides),
    etag: `"${content.eTag}"`,
    'last-modified': new Date(object.lastModifiedEpochMs).toUTCString(),
    'accept-ranges': 'bytes',
    ...(content.tags.length === 0 ? {} : { 'x-amz-tagging-count': String(content.tags.length) }),
    ...(wantsChecksum ? checksumHeaders(content) : {}),
    ...versionHeader(object),
  };
}

/** RFC 9110 §13.2.2: If-Match before If-Unmodified-Since, then If-None-Match before If-Modified-Since. */
function judgeConditions(request: AwsRequest, object: StoredObject): 'go-on' | 'not-modified' {
  const [match, noneMatch] = [header(request, 'if-match'), header(request, 'if-none-match')];
  const seconds = Math.floor(object.lastModifiedEpochMs / 1000);
  const unmodifiedSince = Date.parse(header(request, 'if-unmodified-since') ?? '') / 1000;
  const modifiedSince = Date.parse(header(request, 'if-modified-since') ?? '') / 1000;
  if (match !== undefined && !names(match, object.content)) throw preconditionFailed('If-Match');
  if (match === undefined && seconds > unmodifiedSince) throw preconditionFailed('If-Unmodified-Since');
  if (noneMatch !== undefined) return names(noneMatch, object.content) ? 'not-modified' : 'go-on';
  return seconds <= modifiedSince ? 'not-modified' : 'go-on';
}

function names(condition: string, content: Content): boolean {
  return condition
    .split(',')
    .some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '').replaceAll('"', '') === content.eTag);
}

interface OpenPiece {
  readonly descriptor: number;
  readonly first: number;
  readonly last: number;
}

/** The files are opened at once, so that a delete or a replacing write that comes next does not take them away. */
function open(bodies: string, content: Content, range: ByteRange): readonly OpenPiece[] {
  let start = 0;
  return content.segments.flatMap((segment) => {
    const [first, last] = [Math.max(range.first - start, 0), Math.min(range.last - start, segment.sizeBytes - 1)];
    start += segment.sizeBytes;
    return first > last ? [] : [{ descriptor: openSync(join(bodies, segment.file), 'r'), first, last }];
  });
}

function readAll(pieces: readonly OpenPiece[]): Readable {
  const streams = pieces.map(({ descriptor, first, last }) =>
    createReadStream('', { fd: descriptor, start: first, end: last, highWaterMark: 256 * 1024 }),
  );
  const [only, ...others] = streams;
  if (only !== undefined && others.length === 0) return only;
  const joined = Readable.from(concatenate(streams));
  joined.once('close', () => streams.forEach((stream) => stream.destroy()));
  return joined;
}

async function* concatenate(streams: readonly Readable[]): AsyncGenerator<Buffer> {
  for (const stream of streams) yield* stream;
}
