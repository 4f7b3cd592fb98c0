import { AwsError } from '../aws-error.ts';
import { emptyAnswer, xmlAnswer } from '../http/answer.ts';
import { header } from '../http/aws-request.ts';
import { demand, type WorkContext } from '../http/service.ts';
import { malformedXml, preconditionFailed } from './s3-errors.ts';
import { bypassCall, isBypassing, refuseIfProtected } from './object-lock.ts';
import { objectCall, query, xmlBody, type S3Call, type S3Operation } from './s3-call.ts';
import { childrenOf, childText, xml, xmlDocument, xmlGroup } from './xml.ts';

interface ToDelete {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string | undefined;
}

/** DeleteObject: a marker where versioning is on, for good with a version id; deleting nothing is a success too. */
export const deleteObject: S3Operation = (call) => {
  const target = { bucket: call.bucket, key: call.key, versionId: query(call, 'versionId') };
  return {
    calls: [callOf(target), ...bypassCall(call)],
    run() {
      call.store.bucket(call.bucket);
      checkIfMatch(call);
      const gone = remove(call, target);
      return emptyAnswer(204, {
        ...(gone.versionId === undefined ? {} : { 'x-amz-version-id': gone.versionId }),
        ...(gone.isMarker ? { 'x-amz-delete-marker': 'true' } : {}),
      });
    },
  };
};

/** DeleteObjects: each key is judged by itself and answers for itself. */
export const deleteObjects: S3Operation = async (call) => {
  const root = await xmlBody(call, 'Delete');
  const targets = childrenOf(root, 'Object').map((named) => {
    const key = childText(named, 'Key');
    if (key === undefined || key === '') throw malformedXml();
    return { bucket: call.bucket, key, versionId: childText(named, 'VersionId') };
  });
  const [first, ...others] = targets.map(callOf);
  if (first === undefined || targets.length > 1000) throw malformedXml();
  return {
    calls: [first, ...others],
    judgesInRun: true,
    run(context) {
      call.store.bucket(call.bucket);
      const isQuiet = childText(root, 'Quiet') === 'true';
      for (const bypass of bypassCall(call)) demand(context.caller, bypass);
      const written = targets.map((target) => deleteOne(call, target, { context, isQuiet }));
      return xmlAnswer(200, xmlDocument('DeleteResult', ...written));
    },
  };
};

function deleteOne(
  call: S3Call,
  target: ToDelete,
  how: { readonly context: WorkContext; readonly isQuiet: boolean },
): string {
  const named = [xml('Key', target.key), xml('VersionId', target.versionId)];
  let gone: Gone;
  try {
    demand(how.context.caller, callOf(target));
    gone = remove(call, target);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return xmlGroup('Error', ...named, xml('Code', error.code), xml('Message', error.message));
  }
  if (how.isQuiet) return '';
  const marker = gone.isMarker ? [xml('DeleteMarker', true), xml('DeleteMarkerVersionId', gone.versionId)] : [];
  return xmlGroup('Deleted', ...named, ...marker);
}

interface Gone {
  readonly versionId?: string;
  readonly isMarker: boolean;
}

/** @throws {AwsError} AccessDenied for a version under a lock or a hold. */
function remove({ store, request, now }: S3Call, target: ToDelete): Gone {
  if (target.versionId === undefined) {
    const { markerVersionId } = store.deleteCurrent(target.bucket, target.key);
    return markerVersionId === undefined ? { isMarker: false } : { versionId: markerVersionId, isMarker: true };
  }
  const there = store.versionsOf(target.bucket, target.key).find(({ versionId }) => versionId === target.versionId);
  if (there !== undefined) refuseIfProtected(there, { nowEpochMs: now(), isBypassing: isBypassing(request) });
  const found = store.deleteVersion(target.bucket, target.key, target.versionId);
  return { versionId: target.versionId, isMarker: found !== undefined && found.content === undefined };
}

function checkIfMatch(call: S3Call): void {
  const wanted = header(call.request, 'if-match');
  if (wanted === undefined) return;
  const current = call.store.versionsOf(call.bucket, call.key)[0]?.content;
  const isSame = current !== undefined && (wanted === '*' || wanted.replaceAll('"', '') === current.eTag);
  if (!isSame) throw preconditionFailed('If-Match');
}

function callOf(target: ToDelete) {
  return objectCall(target.versionId === undefined ? 'DeleteObject' : 'DeleteObjectVersion', target);
}
