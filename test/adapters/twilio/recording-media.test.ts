import type { RequestListener } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { twilioRecordings } from '../../../lambdas/shared/adapters/twilio/recordings.ts';
import { endedBySilence } from '../../../lambdas/shared/adapters/twilio/silence.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import type { OpenedMedia, Recordings } from '../../../lambdas/shared/ports/recordings.ts';
import { Readable } from 'node:stream';
import { sids } from '../../support/example-sids.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';
import { basicOf, keySource, oldKey } from './api-keys.ts';

const account = sids.account();
const recording = sids.recording();
const wav = { 'Content-Type': 'audio/x-wav' };

const answering =
  (status: number, headers: Readonly<Record<string, string>>, body: string | Buffer = ''): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, headers).end(body);

describe('the media of a recording', () => {
  const servers: HttpAnswers[] = [];
  const started = async (listener: RequestListener): Promise<HttpAnswers> => {
    const server = await answerHttp(listener);
    servers.push(server);
    return server;
  };
  const recordingsAt = (baseUrl: string): Recordings =>
    twilioRecordings(twilioClient({ apiKey: keySource(oldKey), baseUrl }));
  const openedFrom = async (listener: RequestListener, channels: 1 | 2 = 2): Promise<OpenedMedia> =>
    recordingsAt((await started(listener)).url).openMedia(account, recording, channels);
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it('is asked for by its SIDs, as WAV, uncompressed, with our key', async () => {
    let asked: unknown;
    const opened = await openedFrom((request, response) => {
      const { authorization, 'accept-encoding': encoding } = request.headers;
      asked = { url: request.url, authorization, encoding };
      answering(200, { ...wav, 'Content-Length': '4' }, 'RIFF')(request, response);
    });

    expect(asked).toEqual({
      url: `/2010-04-01/Accounts/${account}/Recordings/${recording}.wav?RequestedChannels=2`,
      authorization: basicOf(oldKey),
      encoding: 'identity',
    });
    expect(opened).toMatchObject({ kind: 'media', sizeBytes: 4, contentType: 'audio/x-wav' });
    expect(opened.kind === 'media' && (await text(opened.stream))).toBe('RIFF');
  });

  it('has no known size when the length is that of its compressed form', async () => {
    const body = gzipSync('RIFFRIFFRIFFRIFF');
    const headers = { ...wav, 'Content-Encoding': 'gzip', 'Content-Length': String(body.length) };
    const opened = await openedFrom(answering(200, headers, body));

    expect(opened).not.toHaveProperty('sizeBytes');
    expect(opened.kind === 'media' && (await text(opened.stream))).toBe('RIFFRIFFRIFFRIFF');
  });

  it.each(['text/html', 'application/json', 'text/plain; charset=utf-8'])(
    'is not what comes as %s',
    async (contentType) => {
      expect(await openedFrom(answering(200, { 'Content-Type': contentType }, 'oh'))).toEqual({
        kind: 'not-audio',
        contentType,
      });
    },
  );

  it('is not a part of it that nobody asked for', async () => {
    await expect(openedFrom(answering(206, wav, 'RI'))).rejects.toMatchObject({ name: 'RetryableError' });
  });

  it('is not nothing', async () => {
    await expect(openedFrom(answering(204, {}))).rejects.toMatchObject({ name: 'RetryableError' });
  });

  it('cannot be had in two channels when Twilio says 400, and then one channel is no excuse', async () => {
    expect(await openedFrom(answering(400, {}, '{}'), 2)).toEqual({ kind: 'channels-unavailable' });
    await expect(openedFrom(answering(400, {}, '{}'), 1)).rejects.toMatchObject({
      name: 'RetryableError',
      reason: 'twilio-refused',
    });
  });

  it('breaks when the connection does, however much was said to come', async () => {
    const opened = await openedFrom((_request, response) => {
      response.writeHead(200, { ...wav, 'Content-Length': '100' });
      response.write('RIFF', () => response.destroy());
    });

    expect(opened).toMatchObject({ kind: 'media', sizeBytes: 100 });
    await expect(opened.kind === 'media' && buffer(opened.stream)).rejects.toThrow();
  });

  it('lets go of the connection when nobody wants it any more', async () => {
    let closed: Promise<void> = Promise.resolve();
    const opened = await openedFrom((_request, response) => {
      closed = new Promise((resolve) => response.once('close', resolve));
      response.writeHead(200, wav).write('RIFF');
    });

    if (opened.kind === 'media') opened.stream.destroy();

    await expect(closed).resolves.toBeUndefined();
  });

  it('is followed to another host without our key', async () => {
    let authorization: string | undefined = 'never asked';
    const elsewhere = await started((request, response) => {
      authorization = request.headers.authorization;
      answering(200, { 'Content-Type': 'binary/octet-stream', 'Content-Length': '4' }, 'RIFF')(request, response);
    });

    const opened = await openedFrom(answering(307, { Location: `${elsewhere.url}/sound?signature=1` }));

    expect(opened).toMatchObject({ kind: 'media', sizeBytes: 4 });
    expect(authorization).toBeUndefined();
  });

  it('is followed on the same host with our key', async () => {
    const seen: (string | undefined)[] = [];
    const opened = await openedFrom((request, response) => {
      seen.push(request.headers.authorization);
      const listen = request.url === '/there' ? answering(200, wav, 'RIFF') : answering(302, { Location: '/there' });
      listen(request, response);
    });

    expect(opened).toMatchObject({ kind: 'media' });
    expect(seen).toEqual([basicOf(oldKey), basicOf(oldKey)]);
  });

  it('is followed to a Twilio host under the base that stands for Twilio', async () => {
    const location = 'https://media.twiliocdn.twilio.com/there?x=1';
    const opened = await openedFrom((request, response) => {
      const listen =
        request.url === '/there?x=1' ? answering(200, wav, 'RIFF') : answering(302, { Location: location });
      listen(request, response);
    });

    expect(opened).toMatchObject({ kind: 'media' });
  });

  it.each([
    'https://169.254.169.254/latest/meta-data',
    'http://169.254.169.254/latest/meta-data',
    'https://twilio.com.attacker.example/',
    'https://attackertwilio.com/',
    'http://archive.s3.amazonaws.com/x',
    'file:///etc/passwd',
  ])('is not followed to %s', async (location) => {
    await expect(openedFrom(answering(302, { Location: location }))).rejects.toMatchObject({
      name: 'PermanentError',
      reason: 'media-redirect-refused',
    });
  });

  it('is not followed for ever', async () => {
    const server = await started(answering(302, { Location: '/again' }));

    await expect(recordingsAt(server.url).openMedia(account, recording, 2)).rejects.toMatchObject({
      name: 'PermanentError',
      reason: 'media-redirect-refused',
    });
    expect(server.requestCount()).toBe(4);
  });

  it.each([
    [404, { kind: 'not-there' }],
    [403, undefined],
    [500, undefined],
  ])('that answers %i elsewhere says nothing of our key', async (status, expected) => {
    const elsewhere = await started(answering(status, {}));
    const opening = openedFrom(answering(307, { Location: elsewhere.url }));

    if (expected) expect(await opening).toEqual(expected);
    else await expect(opening).rejects.toMatchObject({ name: 'RetryableError', reason: 'twilio-unavailable' });
  });

  it.each(['', 'http://['])('is worth another try after a redirect to nowhere: %p', async (location) => {
    await expect(openedFrom(answering(302, { Location: location }))).rejects.toMatchObject({
      reason: 'twilio-unreadable',
    });
  });
});

describe('a stream ended by silence', () => {
  it('breaks when no byte came for so long', async () => {
    const silent = new Readable({ read: () => undefined });
    silent.push('RIFF');

    await expect(buffer(endedBySilence(silent, 0.01))).rejects.toThrow('no byte for 0.01 s');
    expect(silent.destroyed).toBe(true);
  });

  it('comes whole when it does not fall silent', async () => {
    expect(await text(endedBySilence(Readable.from([Buffer.from('RI'), Buffer.from('FF')]), 30))).toBe('RIFF');
  });
});
