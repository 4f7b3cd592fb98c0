import { basename } from 'node:path';
import { emptyAnswer, xmlAnswer } from '../http/answer.ts';
import { header, type AwsRequest } from '../http/aws-request.ts';
import type { IamCall, WorkContext } from '../http/service.ts';
import { findObject } from './find-object.ts';
import { headersToKeep, tagsOf, versionHeader, writtenHeaders } from './object-headers.ts';
import { receiveBody } from './receive-body.ts';
import { notImplemented } from './s3-errors.ts';
import { objectCall, type S3Call, type S3Operation } from './s3-call.ts';
import type { WriteConditions } from './store.ts';
import { xml, xmlDocument } from './xml.ts';
import { AwsError } from '../aws-error.ts';

export function writeConditions(request: AwsRequest): WriteConditions {
  return { ifNoneMatch: header(request, 'if-none-match'), ifMatch: header(request, 'if-match') };
}

/** A write asks for reading too when it depends on what lies there (If-Match), and for tagging when it brings tags. */
export function callsOfWrite(call: S3Call): readonly [IamCall, ...IamCall[]] {
  const tagging = header(call.request, 'x-amz-tagging') === undefined ? [] : [objectCall('PutObjectTagging', call)];
  const reading = header(call.request, 'if-match') === undefined ? [] : [objectCall('GetObject', call)];
  return [objectCall('PutObject', call), ...tagging, ...reading];
}

export const putObject: S3Operation = (call) => ({
  calls: callsOfWrite(call),
  async run() {
    const { request, store } = call;
    store.bucket(call.bucket);
    const [headers, tags] = [headersToKeep(request), tagsOf(request)];
    const body = await receiveBody(request, call.bodyProof, store.bodies);
    const object = store.put(
      call.bucket,
      call.key,
      {
        eTag: body.md5.toString('hex'),
        sizeBytes: body.sizeBytes,
        segments: [{ file: basename(body.file), sizeBytes: body.sizeBytes }],
        headers,
        tags,
        checksum: { algorithm: body.algorithm, value: body.checksum.toString('base64'), type: 'FULL_OBJECT' },
      },
      writeConditions(request),
    );
    return emptyAnswer(200, writtenHeaders(object));
  },
});

/** CopyObject of a whole object; the copy shares the bytes on disk until either is deleted. */
export const copyObject: S3Operation = (call) => {
  const source = copySource(call.request);
  const unknown = Object.keys(call.request.incoming.headers).find((name) => name.startsWith('x-amz-copy-source-'));
  if (unknown !== undefined) throw notImplemented(`the header ${unknown}`);
  const reading = objectCall(source.versionId === undefined ? 'GetObject' : 'GetObjectVersion', source);
  return {
    calls: [...callsOfWrite(call), reading],
    run: (context) => copy(call, source, context),
  };
};

function copy(call: S3Call, source: CopySource, context: WorkContext) {
  const { request, store } = call;
  const found = findObject(store, source, context);
  const replacesHeaders = header(request, 'x-amz-metadata-directive') === 'REPLACE';
  const replacesTags = header(request, 'x-amz-tagging-directive') === 'REPLACE';
  if (!replacesHeaders && source.versionId === undefined && source.bucket === call.bucket && source.key === call.key) {
    throw new AwsError(
      400,
      'InvalidRequest',
      'This copy request is illegal because it is trying to copy an object to itself without changing it.',
    );
  }
  const content = {
    ...found.content,
    segments: store.linkSegments(found.content),
    headers: replacesHeaders ? headersToKeep(request) : found.content.headers,
    tags: replacesTags ? tagsOf(request) : found.content.tags,
  };
  const object = store.put(call.bucket, call.key, content, writeConditions(request));
  const body = xmlDocument(
    'CopyObjectResult',
    xml('LastModified', new Date(object.lastModifiedEpochMs).toISOString()),
    xml('ETag', `"${object.content.eTag}"`),
  );
  return xmlAnswer(200, body, {
    ...versionHeader(object),
    ...(found.versionId === 'null' ? {} : { 'x-amz-copy-source-version-id': found.versionId }),
  });
}

interface CopySource {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

function copySource(request: AwsRequest): CopySource {
  const [, bucket, key, , version] =
    /^\/?([^/]+)\/([^?]+)(\?versionId=(.+))?$/.exec(header(request, 'x-amz-copy-source') ?? '') ?? [];
  if (bucket === undefined || key === undefined) {
    throw new AwsError(
      400,
      'InvalidArgument',
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    );
  }
  return { bucket, key: decodeURIComponent(key), ...(version === undefined ? {} : { versionId: version }) };
}
