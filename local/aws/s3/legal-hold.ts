import { emptyAnswer, xmlAnswer } from '../http/answer.ts';
import { findObject } from './find-object.ts';
import { demandDigest, demandObjectLock } from './object-lock.ts';
import { noSuchConfiguration } from './retention.ts';
import { malformedXml } from './s3-errors.ts';
import { objectCall, query, xmlBody, type S3Operation } from './s3-call.ts';
import { childText, xml, xmlDocument } from './xml.ts';

export const getObjectLegalHold: S3Operation = (call) => ({
  calls: [objectCall('GetObjectLegalHold', call)],
  run(context) {
    demandObjectLock(call);
    const { legalHold } = findObject(call.store, { ...call, versionId: query(call, 'versionId') }, context);
    if (legalHold === undefined) throw noSuchConfiguration();
    return xmlAnswer(200, xmlDocument('LegalHold', xml('Status', legalHold)));
  },
});

export const putObjectLegalHold: S3Operation = async (call) => {
  const status = childText(await xmlBody(call, 'LegalHold'), 'Status');
  demandDigest(call);
  if (status !== 'ON' && status !== 'OFF') throw malformedXml();
  return {
    calls: [objectCall('PutObjectLegalHold', call)],
    run(context) {
      demandObjectLock(call);
      const object = findObject(call.store, { ...call, versionId: query(call, 'versionId') }, context);
      call.store.protect(object, { legalHold: status });
      return emptyAnswer(200);
    },
  };
};
