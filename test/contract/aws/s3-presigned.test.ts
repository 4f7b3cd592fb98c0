import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Verdict } from '../../../local/aws/aws-call.ts';
import { bucket, makeBucket, put, readText } from '../../support/aws/put-text.ts';
import { startTestAws, type TestAws } from '../../support/aws/start-test-aws.ts';

describe('presigned URLs of the local S3', () => {
  let test: TestAws;
  beforeAll(async () => {
    test = await startTestAws();
    await makeBucket(test.s3);
    await put(test.s3, 'call.wav', '0123456789');
  });
  afterAll(() => test.close());

  const sign = (command: GetObjectCommand | HeadObjectCommand | PutObjectCommand, expiresIn: number): Promise<string> =>
    getSignedUrl(test.s3, command, { expiresIn, signingDate: new Date(test.clock.now()) });
  const signGet = (expiresIn = 60): Promise<string> =>
    sign(new GetObjectCommand({ Bucket: bucket, Key: 'call.wav' }), expiresIn);

  it('gives the object to whoever holds the URL', async () => {
    const answer = await fetch(await signGet());

    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('0123456789');
  });

  it('gives a range of it', async () => {
    const answer = await fetch(await signGet(), { headers: { range: 'bytes=2-5' } });

    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe('bytes 2-5/10');
    expect(await answer.text()).toBe('2345');
  });

  it('answers HEAD only to a URL signed for HEAD', async () => {
    const signedForHead = await sign(new HeadObjectCommand({ Bucket: bucket, Key: 'call.wav' }), 60);
    const [head, headOfGet] = [
      await fetch(signedForHead, { method: 'HEAD' }),
      await fetch(await signGet(), { method: 'HEAD' }),
    ];

    expect([head.status, head.headers.get('content-length')]).toEqual([200, '10']);
    expect(headOfGet.status).toBe(403);
  });

  it('is good until it expires by the clock, and not a second longer', async () => {
    const url = await signGet(900);
    test.advance(890);
    const [before] = [await fetch(url)];
    test.advance(11);
    const after = await fetch(url);

    expect(before.status).toBe(200);
    expect(after.status).toBe(403);
    expect(await after.text()).toContain('Request has expired');
  });

  it('is worthless when anything in it is changed', async () => {
    const url = await signGet();
    const changed = [
      url.replace('call.wav', 'call2.wav'),
      url.replace('X-Amz-Expires=60', 'X-Amz-Expires=6000'),
      `${url}&versionId=null`,
      url.replace(/X-Amz-Signature=.{4}/, 'X-Amz-Signature=0000'),
    ];

    for (const other of changed) expect((await fetch(other)).status).toBe(403);
  });

  it('answers with the headers that were signed into it', async () => {
    const command = new GetObjectCommand({
      Bucket: bucket,
      Key: 'call.wav',
      ResponseContentDisposition: 'attachment; filename="call.wav"',
      ResponseContentType: 'audio/x-wav',
    });
    const answer = await fetch(await sign(command, 60));

    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="call.wav"');
    expect(answer.headers.get('content-type')).toBe('audio/x-wav');
  });

  it('takes a body when it is signed for PUT', async () => {
    const url = await sign(new PutObjectCommand({ Bucket: bucket, Key: 'put-by-url' }), 60);

    expect((await fetch(url, { method: 'PUT', body: 'put without keys' })).status).toBe(200);
    expect(await readText(test.s3, 'put-by-url')).toBe('put without keys');
  });

  it('is judged by what its signer may do now, not when it was signed', async () => {
    let verdict: Verdict = { allowed: true };
    const signer = test.clientsOf('signer', () => verdict);
    const url = await getSignedUrl(signer.s3, new GetObjectCommand({ Bucket: bucket, Key: 'call.wav' }), {
      signingDate: new Date(test.clock.now()),
    });
    const before = await fetch(url);
    verdict = { allowed: false, reason: 'no statement allows it' };
    const after = await fetch(url);

    expect([before.status, after.status]).toEqual([200, 403]);
    expect(await after.text()).toContain('signer is not authorized to perform: s3:GetObject');
  });

  it('is the only way in without a signed header', async () => {
    expect((await test.send(`/${bucket}/call.wav`)).status).toBe(403);
  });
});
