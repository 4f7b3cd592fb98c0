import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { AwsEnv } from '../../../lambdas/shared/adapters/s3/aws-env.ts';
import { presignedPlayback } from '../../../lambdas/shared/adapters/s3/presigned-playback.ts';
import type { PlaybackRequest } from '../../../lambdas/shared/ports/playback-urls.ts';

// AWS's own example keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/security-creds.html
const lambda: AwsEnv = {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'IQoJb3JpZ2luX2VjE+/Example==',
};
const { AWS_SESSION_TOKEN: _noToken, ...withoutToken } = lambda;

const playback: PlaybackRequest = {
  method: 'GET',
  key: 'AC00000000000000000000000000000001/2026/11/20/RE00000000000000000000000000000001.wav',
  contentType: 'audio/wav',
  fileName: 'RE00000000000000000000000000000001.wav',
  validForSeconds: 900,
};

const signingDate = new Date('2026-11-20T10:04:05.678Z');

const ours = (aws: AwsEnv, request: PlaybackRequest): string =>
  presignedPlayback({ bucketName: 'archive-example', aws, now: () => signingDate }).sign(request);

/** What the AWS SDK's presigner makes of the same request. */
async function sdks(aws: AwsEnv, request: PlaybackRequest): Promise<string> {
  const client = new S3Client({
    region: aws.AWS_REGION,
    credentials: {
      accessKeyId: aws.AWS_ACCESS_KEY_ID,
      secretAccessKey: aws.AWS_SECRET_ACCESS_KEY,
      ...(aws.AWS_SESSION_TOKEN !== undefined && { sessionToken: aws.AWS_SESSION_TOKEN }),
    },
    ...(aws.AWS_ENDPOINT_URL !== undefined && { endpoint: aws.AWS_ENDPOINT_URL }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  // The SDK adds its own name for the operation to the query and signs it; S3 does not ask for it.
  client.middlewareStack.add(
    (next) => async (args) => {
      if (isWithQuery(args.request)) delete args.request.query['x-id'];
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  const input = {
    Bucket: 'archive-example',
    Key: request.key,
    ...(request.versionId !== undefined && { VersionId: request.versionId }),
    ResponseContentType: request.contentType,
    ResponseContentDisposition: `inline; filename="${request.fileName}"`,
    ResponseCacheControl: 'private, no-store',
  };
  const command = request.method === 'GET' ? new GetObjectCommand(input) : new HeadObjectCommand(input);
  return getSignedUrl(client, command, { expiresIn: request.validForSeconds, signingDate });
}

function isWithQuery(request: unknown): request is { readonly query: Record<string, unknown> } {
  return typeof request === 'object' && request !== null && 'query' in request;
}

const partsOf = (address: string) => {
  const { origin, pathname, searchParams } = new URL(address);
  return { origin, pathname, parameters: Object.fromEntries(searchParams) };
};

describe('a presigned playback address', () => {
  const local = { ...withoutToken, AWS_ENDPOINT_URL: 'http://127.0.0.1:45678' };
  it.each([
    ['at AWS, by a function’s own credentials', lambda, {}],
    ['at AWS, by credentials without a session', withoutToken, {}],
    ['at a stand-in, path-style', local, {}],
    ['for HEAD', lambda, { method: 'HEAD' as const }],
    ['of one version', lambda, { versionId: '3HL4kqtJvjVBH40Nrjfkd+/=' }],
    ['of a key that needs encoding', local, { key: "a b/ü+c(1)!*'~.wav" }],
    ['in another region, for six hours', { ...lambda, AWS_REGION: 'us-east-1' }, { validForSeconds: 21_600 }],
  ])('is what the AWS SDK would have signed: %s', async (_case, aws, changes) => {
    const request = { ...playback, ...changes };

    expect(partsOf(ours(aws, request))).toEqual(partsOf(await sdks(aws, request)));
  });

  it('lies in the bucket’s own regional host at AWS', () => {
    expect(new URL(ours(lambda, playback)).host).toBe('archive-example.s3.eu-central-1.amazonaws.com');
    expect(new URL(ours({ ...lambda, AWS_REGION: 'cn-north-1' }, playback)).host).toBe(
      'archive-example.s3.cn-north-1.amazonaws.com.cn',
    );
  });

  it('has another signature for GET than for HEAD', () => {
    const signature = (method: 'GET' | 'HEAD') =>
      new URL(ours(lambda, { ...playback, method })).searchParams.get('X-Amz-Signature');

    expect(signature('GET')).not.toBe(signature('HEAD'));
  });

  it.each([0, -1, 604_801, Number.NaN])('is not made for %d seconds', (validForSeconds) => {
    expect(() => ours(lambda, { ...playback, validForSeconds })).toThrow(RangeError);
  });
});
