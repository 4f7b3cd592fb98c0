import { AwsError } from '../aws-error.ts';
import { emptyAnswer, xmlAnswer } from '../http/answer.ts';
import { findObject } from './find-object.ts';
import { bypassCall, demandDigest, demandObjectLock, isBypassing } from './object-lock.ts';
import { malformedXml } from './s3-errors.ts';
import { objectCall, query, xmlBody, type S3Call, type S3Operation } from './s3-call.ts';
import type { Retention } from './stored-shapes.ts';
import { childText, xml, xmlDocument, type XmlElement } from './xml.ts';

export const getObjectRetention: S3Operation = (call) => ({
  calls: [objectCall('GetObjectRetention', call)],
  run(context) {
    demandObjectLock(call);
    const { retention } = findObject(call.store, { ...call, versionId: query(call, 'versionId') }, context);
    if (retention === undefined) throw noSuchConfiguration();
    const until = new Date(retention.untilEpochMs).toISOString();
    return xmlAnswer(200, xmlDocument('Retention', xml('Mode', retention.mode), xml('RetainUntilDate', until)));
  },
});

export const putObjectRetention: S3Operation = async (call) => {
  const wanted = readRetention(await xmlBody(call, 'Retention'));
  demandDigest(call);
  return {
    calls: [objectCall('PutObjectRetention', call), ...bypassCall(call)],
    run(context) {
      demandObjectLock(call);
      const object = findObject(call.store, { ...call, versionId: query(call, 'versionId') }, context);
      if (wanted !== undefined && wanted.untilEpochMs <= call.now()) {
        throw new AwsError(400, 'InvalidArgument', 'The retain until date must be in the future!');
      }
      refuseWeaker(call, object.retention, wanted);
      call.store.protect(object, { retention: wanted });
      return emptyAnswer(200);
    },
  };
};

export function noSuchConfiguration(): AwsError {
  const message = 'The specified object does not have a ObjectLock configuration';
  return new AwsError(404, 'NoSuchObjectLockConfiguration', message);
}

/**
 * A lock in force becomes only longer, in its own mode; a governance lock anything, for who may bypass it.
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html, read 2026-11)
 *
 * That governance becomes compliance for nobody else AWS does not say; Ceph found it so at S3
 * (https://github.com/ceph/ceph/pull/42505, read 2026-11).
 *
 * @throws {AwsError} AccessDenied
 */
function refuseWeaker(call: S3Call, there: Retention | undefined, wanted: Retention | undefined): void {
  if (there === undefined || there.untilEpochMs <= call.now()) return;
  const isStronger = wanted?.mode === there.mode && wanted.untilEpochMs >= there.untilEpochMs;
  if (isStronger || (there.mode === 'GOVERNANCE' && isBypassing(call.request))) return;
  throw new AwsError(403, 'AccessDenied', 'Access Denied because object protected by object lock.');
}

/** Undefined for an empty document, which takes the lock away. */
function readRetention(root: XmlElement): Retention | undefined {
  const [mode, until] = [childText(root, 'Mode'), childText(root, 'RetainUntilDate')];
  if (mode === undefined && until === undefined) return undefined;
  const untilEpochMs = Date.parse(until ?? '');
  if ((mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') || Number.isNaN(untilEpochMs)) throw malformedXml();
  return { mode, untilEpochMs };
}
