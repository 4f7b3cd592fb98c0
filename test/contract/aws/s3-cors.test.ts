import {
  DeleteBucketCorsCommand,
  GetBucketCorsCommand,
  GetObjectCommand,
  PutBucketCorsCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { bucket, makeBucket, put } from '../../support/aws/put-text.ts';
import { refusal, startTestAws, type TestAws } from '../../support/aws/start-test-aws.ts';

describe('cross-origin access to the local S3', () => {
  let test: TestAws;
  beforeEach(async () => {
    test = await startTestAws();
    await makeBucket(test.s3);
    await put(test.s3, 'call.wav', '0123456789');
    const rule = {
      AllowedOrigins: ['*'],
      AllowedMethods: ['GET', 'HEAD'],
      AllowedHeaders: ['range'],
      ExposeHeaders: ['Content-Range', 'Accept-Ranges'],
      MaxAgeSeconds: 600,
    };
    await test.s3.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules: [rule] } }));
  });
  afterEach(() => test.close());

  const preflight = (method: string, headers = 'range'): Promise<Response> =>
    test.send(`/${bucket}/call.wav`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://flex.twilio.com',
        'access-control-request-method': method,
        'access-control-request-headers': headers,
      },
    });

  it('answers the question of a browser without a signature', async () => {
    const answer = await preflight('GET');

    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': 'range',
      'access-control-max-age': '600',
    });
  });

  it('refuses a method or a header that no rule names', async () => {
    expect((await preflight('PUT')).status).toBe(403);
    expect((await preflight('GET', 'range, x-custom')).status).toBe(403);
  });

  it('exposes headers on the answer itself, to the origin "null" too, and without credentials', async () => {
    const url = await getSignedUrl(test.s3, new GetObjectCommand({ Bucket: bucket, Key: 'call.wav' }));

    const answer = await fetch(url, { headers: { origin: 'null', range: 'bytes=0-1' } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-expose-headers')).toBe('Content-Range, Accept-Ranges');
    expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
  });

  it('says nothing of origins to who does not ask', async () => {
    const url = await getSignedUrl(test.s3, new GetObjectCommand({ Bucket: bucket, Key: 'call.wav' }));

    expect((await fetch(url)).headers.has('access-control-allow-origin')).toBe(false);
  });

  it('gives its rules back, and forgets them', async () => {
    const { CORSRules } = await test.s3.send(new GetBucketCorsCommand({ Bucket: bucket }));
    expect(CORSRules).toMatchObject([{ AllowedMethods: ['GET', 'HEAD'], MaxAgeSeconds: 600 }]);

    await test.s3.send(new DeleteBucketCorsCommand({ Bucket: bucket }));

    const asked = test.s3.send(new GetBucketCorsCommand({ Bucket: bucket }));
    expect(await refusal(asked)).toMatchObject({ name: 'NoSuchCORSConfiguration', status: 404 });
    expect((await preflight('GET')).status).toBe(403);
  });

  it('takes rules from who runs the stand-in, a wildcard within an origin included', async () => {
    test.aws.s3.createBucket({
      name: bucket,
      corsRules: [{ allowedOrigins: ['https://*.example.com'], allowedMethods: ['GET'], allowedHeaders: ['*'] }],
    });
    const ask = (origin: string): Promise<Response> =>
      test.send(`/${bucket}/call.wav`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'GET' },
      });

    expect((await ask('https://a.example.com')).headers.get('access-control-allow-origin')).toBe(
      'https://a.example.com',
    );
    expect((await ask('https://example.com')).status).toBe(403);
  });
});
