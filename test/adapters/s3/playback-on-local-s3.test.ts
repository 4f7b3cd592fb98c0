import { Readable } from 'node:stream';
import { presignedPlayback } from '../../../lambdas/shared/adapters/s3/presigned-playback.ts';
import { s3Archive } from '../../../lambdas/shared/adapters/s3/s3-archive.ts';
import type { PlaybackRequest, PlaybackUrls } from '../../../lambdas/shared/ports/playback-urls.ts';
import { startTestAws, testRegion } from '../../support/aws/start-test-aws.ts';
import type { TestAws } from '../../support/aws/start-test-aws.ts';

const request: PlaybackRequest = {
  method: 'GET',
  key: 'AC00000000000000000000000000000001/2026/11/20/RE00000000000000000000000000000001.wav',
  contentType: 'audio/wav',
  fileName: 'RE00000000000000000000000000000001.wav',
  validForSeconds: 60,
};

describe('a presigned playback address on the local S3', () => {
  let test: TestAws;
  let urls: PlaybackUrls;
  beforeAll(async () => {
    test = await startTestAws();
    const player = { AWS_ACCESS_KEY_ID: 'AKIAPLAYER', AWS_SECRET_ACCESS_KEY: 'secret of player' };
    const principal = { accessKeyId: player.AWS_ACCESS_KEY_ID, secretAccessKey: player.AWS_SECRET_ACCESS_KEY };
    test.aws.addPrincipal({ name: 'player', ...principal });
    test.aws.s3.createBucket({ name: 'archive', versioning: 'enabled' });
    const body = Readable.from([Buffer.from('RIFF and so on')], { objectMode: false });
    const object = { key: request.key, contentType: 'audio/x-wav', sizeBytes: 14, metadata: {} };
    await s3Archive('archive', test.s3).create(object, body);
    const aws = { ...player, AWS_REGION: testRegion, AWS_ENDPOINT_URL: test.aws.url };
    urls = presignedPlayback({ bucketName: 'archive', aws, now: () => new Date(test.clock.now()) });
  });
  afterAll(() => test.close());

  it('plays, under the type and name it was signed with, kept by no cache', async () => {
    const answer = await fetch(urls.sign(request));

    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'audio/wav',
      'content-disposition': 'inline; filename="RE00000000000000000000000000000001.wav"',
      'cache-control': 'private, no-store',
    });
    expect(await answer.text()).toBe('RIFF and so on');
  });

  it('plays from where the player asks', async () => {
    const answer = await fetch(urls.sign(request), { headers: { Range: 'bytes=5-7' } });

    expect(answer.status).toBe(206);
    expect(await answer.text()).toBe('and');
  });

  it('tells the length to a HEAD that was signed as one, and only to that', async () => {
    const head = await fetch(urls.sign({ ...request, method: 'HEAD' }), { method: 'HEAD' });
    const asGet = await fetch(urls.sign({ ...request, method: 'HEAD' }));

    expect([head.status, head.headers.get('content-length')]).toEqual([200, '14']);
    expect(asGet.status).toBe(403);
  });

  it('answers 404 for what is not there', async () => {
    expect((await fetch(urls.sign({ ...request, key: 'nothing/here.wav' }))).status).toBe(404);
  });

  it('does not play with anything in it changed', async () => {
    const address = new URL(urls.sign(request));
    address.searchParams.set('response-content-type', 'text/html');

    expect((await fetch(address)).status).toBe(403);
  });

  it('plays until its time is over, and then no more', async () => {
    const address = urls.sign(request);

    test.advance(55);
    expect((await fetch(address)).status).toBe(200);
    test.advance(10);
    expect((await fetch(address)).status).toBe(403);
  });
});
