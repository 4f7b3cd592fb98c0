import { AwsError } from '../aws-error.ts';
import { emptyAnswer, xmlAnswer } from '../http/answer.ts';
import { header } from '../http/aws-request.ts';
import { malformedXml } from './s3-errors.ts';
import { bucketCall, optionalXmlBody, xmlBody, type S3Operation } from './s3-call.ts';
import { childText, xml, xmlDocument, xmlGroup } from './xml.ts';

export const createBucket: S3Operation = async (call) => {
  await optionalXmlBody(call);
  return {
    calls: [bucketCall('CreateBucket', call.bucket)],
    run() {
      if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(call.bucket)) {
        throw new AwsError(400, 'InvalidBucketName', `The specified bucket is not valid: ${call.bucket}`);
      }
      if (call.store.hasBucket(call.bucket)) {
        throw new AwsError(
          409,
          'BucketAlreadyOwnedByYou',
          'Your previous request to create the named bucket succeeded and you already own it.',
        );
      }
      const objectLock = header(call.request, 'x-amz-bucket-object-lock-enabled')?.toLowerCase() === 'true';
      call.store.saveBucket({
        name: call.bucket,
        createdAtEpochMs: call.now(),
        versioning: objectLock ? 'enabled' : 'never',
        corsRules: [],
        objectLock,
      });
      return emptyAnswer(200, { location: `/${call.bucket}` });
    },
  };
};

export const headBucket: S3Operation = (call) => ({
  calls: [bucketCall('ListBucket', call.bucket)],
  run() {
    call.store.bucket(call.bucket);
    return emptyAnswer(200, { 'x-amz-bucket-region': call.region });
  },
});

export const deleteBucket: S3Operation = (call) => ({
  calls: [bucketCall('DeleteBucket', call.bucket)],
  run() {
    call.store.bucket(call.bucket);
    if (call.store.keys(call.bucket).length > 0)
      throw new AwsError(409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty');
    call.store.removeBucket(call.bucket);
    return emptyAnswer(204);
  },
});

export const listBuckets: S3Operation = (call) => ({
  calls: [{ service: 's3', action: 's3:ListAllMyBuckets', resource: '*', conditions: {} }],
  run() {
    const written = call.store
      .buckets()
      .map((bucket) =>
        xmlGroup(
          'Bucket',
          xml('Name', bucket.name),
          xml('CreationDate', new Date(bucket.createdAtEpochMs).toISOString()),
        ),
      );
    return xmlAnswer(200, xmlDocument('ListAllMyBucketsResult', xmlGroup('Buckets', ...written)));
  },
});

export const getBucketLocation: S3Operation = (call) => ({
  calls: [bucketCall('GetBucketLocation', call.bucket)],
  run() {
    call.store.bucket(call.bucket);
    const region = call.region === 'us-east-1' ? '' : call.region;
    return xmlAnswer(200, `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint>${region}</LocationConstraint>`);
  },
});

export const getBucketVersioning: S3Operation = (call) => ({
  calls: [bucketCall('GetBucketVersioning', call.bucket)],
  run() {
    const { versioning } = call.store.bucket(call.bucket);
    const status = { never: undefined, enabled: 'Enabled', suspended: 'Suspended' }[versioning];
    return xmlAnswer(200, xmlDocument('VersioningConfiguration', xml('Status', status)));
  },
});

export const putBucketVersioning: S3Operation = async (call) => {
  const status = childText(await xmlBody(call, 'VersioningConfiguration'), 'Status');
  if (status !== 'Enabled' && status !== 'Suspended') throw malformedXml();
  return {
    calls: [bucketCall('PutBucketVersioning', call.bucket)],
    run() {
      const bucket = call.store.bucket(call.bucket);
      if (status === 'Suspended' && bucket.objectLock === true) {
        throw new AwsError(
          409,
          'InvalidBucketState',
          'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
        );
      }
      call.store.saveBucket({ ...bucket, versioning: status === 'Enabled' ? 'enabled' : 'suspended' });
      return emptyAnswer(200);
    },
  };
};
