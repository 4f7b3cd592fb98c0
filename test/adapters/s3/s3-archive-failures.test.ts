import type { RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { S3Client } from '@aws-sdk/client-s3';
import { s3Archive } from '../../../lambdas/shared/adapters/s3/s3-archive.ts';
import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import type { Archive } from '../../../lambdas/shared/ports/archive.ts';
import { failureOf } from '../../support/failure-of.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';

/** S3's error answer: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, read 2026-11. */
const failing =
  (status: number, code: string): RequestListener =>
  (request, response) => {
    request.resume();
    response.writeHead(status, { 'Content-Type': 'application/xml' });
    response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>said by the bucket</Message></Error>`);
  };

const object = { key: 'RE1.wav', contentType: 'audio/x-wav', sizeBytes: 4, metadata: {} };
const body = (): Readable => Readable.from([Buffer.from('RIFF')], { objectMode: false });

describe('the archive in S3 translates failures', () => {
  let server: HttpAnswers | undefined;
  let client: S3Client | undefined;

  const archiveAnsweredBy = async (listener: RequestListener, socketTimeout = 2_000): Promise<Archive> => {
    server = await answerHttp(listener);
    client = new S3Client({
      endpoint: server.url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
      requestHandler: { socketTimeout },
      logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    return s3Archive('archive', client);
  };

  afterEach(async () => {
    client?.destroy();
    await server?.close();
  });

  it.each([
    [400, 'BadDigest', 'archive-unavailable'],
    [400, 'IncompleteBody', 'archive-unavailable'],
    [400, 'RequestTimeout', 'archive-unavailable'],
    [403, 'AccessDenied', 'archive-refused'],
    [403, 'SignatureDoesNotMatch', 'archive-refused'],
    [404, 'NoSuchBucket', 'archive-refused'],
    [409, 'ConditionalRequestConflict', 'archive-unavailable'],
    [500, 'InternalError', 'archive-unavailable'],
    [503, 'SlowDown', 'archive-unavailable'],
  ])('says of %i %s that it is worth another try: %s', async (status, code, reason) => {
    const archive = await archiveAnsweredBy(failing(status, code));

    const failures = await Promise.all(
      [
        archive.create(object, body()),
        archive.open('RE1.wav'),
        archive.look('RE1.wav', 'v1'),
        archive.putSidecar('RE1.json', '{}'),
      ].map(failureOf),
    );

    for (const failure of failures) {
      expect(failure).toBeInstanceOf(RetryableError);
      expect(failure).toMatchObject({ reason, cause: { name: code } });
    }
  });

  it('says of 412 that something lies there already', async () => {
    const archive = await archiveAnsweredBy(failing(412, 'PreconditionFailed'));

    expect(await archive.create(object, body())).toEqual({ kind: 'exists' });
  });

  it.each(['NoSuchKey', 'NoSuchVersion'])('says of 404 %s that nothing lies there', async (code) => {
    const archive = await archiveAnsweredBy(failing(404, code));

    expect(await archive.open('RE1.wav')).toBeUndefined();
    expect(await archive.look('RE1.wav', 'v1')).toBeUndefined();
  });

  it('does not take a HEAD that was refused without a reason for the object’s absence', async () => {
    const archive = await archiveAnsweredBy((request, response) => {
      if (request.method === 'HEAD') return void response.writeHead(404).end();
      const crc = 'rosUhgp5mIg=';
      const headers = { 'Content-Length': '9', 'x-amz-version-id': 'v1', 'x-amz-checksum-crc64nvme': crc };
      response.writeHead(200, headers).end('123456789');
    });

    expect(await archive.look('RE1.wav', 'v1')).toEqual({ sizeBytes: 9, versionId: 'v1', crc64Nvme: 'rosUhgp5mIg=' });
  });

  it('names the action that a policy does not allow', async () => {
    const archive = await archiveAnsweredBy(failing(403, 'AccessDenied'));

    expect(await failureOf(archive.create(object, body()))).toHaveProperty(
      'message',
      expect.stringContaining('s3:PutObject'),
    );
    expect(await failureOf(archive.open('RE1.wav'))).toHaveProperty('message', expect.stringContaining('s3:GetObject'));
  });

  it('does not believe a copy of which S3 says no checksum', async () => {
    const archive = await archiveAnsweredBy((request, response) => {
      request.resume().on('end', () => response.end());
    });

    expect(await failureOf(archive.create(object, body()))).toMatchObject({ reason: 'archive-unavailable' });
  });

  it('gives the body’s own error as the cause when the body broke', async () => {
    const archive = await archiveAnsweredBy((request) => void request.resume());
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('RI');
        throw new Error('the line went dead');
      })(),
    );

    expect(await failureOf(archive.create(object, broken))).toMatchObject({
      reason: 'archive-unavailable',
      cause: { message: 'the line went dead' },
    });
    expect(broken.destroyed).toBe(true);
  });

  it('says of a connection that broke that it is worth another try, and lets go of the body', async () => {
    const archive = await archiveAnsweredBy((request) => void request.socket.destroy());
    const given = body();

    expect(await failureOf(archive.create(object, given))).toMatchObject({ reason: 'archive-unavailable' });
    expect(given.destroyed).toBe(true);
  });

  it('waits for a silent bucket no longer than it should', async () => {
    const archive = await archiveAnsweredBy((request) => void request.resume(), 30);

    expect(await failureOf(archive.create(object, body()))).toMatchObject({ reason: 'archive-unavailable' });
  });

  it('does not give half an object for a whole one', async () => {
    const archive = await archiveAnsweredBy((_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('RIFF', () => response.destroy());
    });

    const found = await archive.open('RE1.wav');

    expect(found?.sizeBytes).toBe(100);
    await expect(found && text(found.stream)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('does not give other bytes than were stored', async () => {
    const archive = await archiveAnsweredBy((_request, response) => {
      response.writeHead(200, { 'Content-Length': '9', 'x-amz-checksum-crc64nvme': 'rosUhgp5mIg=' });
      response.end('123456780');
    });

    const found = await archive.open('RE1.wav');

    await expect(found && text(found.stream)).rejects.toThrow(/[Cc]hecksum/);
  });
});
