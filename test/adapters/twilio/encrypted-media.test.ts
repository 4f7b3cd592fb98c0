import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { twilioRecordings } from '../../../lambdas/shared/adapters/twilio/recordings.ts';
import { twilioClient } from '../../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { sids } from '../../support/example-sids.ts';
import { answerHttp } from '../../support/fakes/http-answers.ts';
import type { HttpAnswers } from '../../support/fakes/http-answers.ts';
import { keySource, oldKey } from './api-keys.ts';

const account = sids.account();
const recording = sids.recording();
const path = `/2010-04-01/Accounts/${account}/Recordings/${recording}`;

describe('the media of an encrypted recording', () => {
  let server: HttpAnswers | undefined;
  afterEach(async () => {
    await server?.close();
  });
  const recordingsAnsweredBy = async (listener: RequestListener) => {
    server = await answerHttp(listener);
    return twilioRecordings(twilioClient({ apiKey: keySource(oldKey), baseUrl: server.url }));
  };
  const answering =
    (status: number, contentType = 'application/json'): RequestListener =>
    (_request, response) =>
      void response.writeHead(status, { 'Content-Type': contentType }).end('{"code":20001}');

  it('is asked for without an extension, with and without a wish for channels', async () => {
    const asked: (string | undefined)[] = [];
    const recordings = await recordingsAnsweredBy((request, response) => {
      asked.push(request.url);
      response.writeHead(200, { 'Content-Type': 'binary/octet-stream', 'Content-Length': '6' }).end('sealed');
    });

    const opened = [
      await recordings.openCiphertext(account, recording, 2),
      await recordings.openCiphertext(account, recording),
    ];

    expect(asked).toEqual([`${path}?RequestedChannels=2`, path]);
    for (const one of opened) {
      expect(one).toMatchObject({ kind: 'media', sizeBytes: 6 });
      expect(one.kind === 'media' && (await text(one.stream))).toBe('sealed');
    }
  });

  it.each([400, 405, 406, 415, 416, 422])('has no two channels where the wish is answered with %p', async (status) => {
    const recordings = await recordingsAnsweredBy(answering(status));

    expect(await recordings.openCiphertext(account, recording, 2)).toEqual({ kind: 'channels-unavailable' });
  });

  it.each([401, 403, 429, 500, 503])('is asked for again later when that is answered with %p', async (status) => {
    const recordings = await recordingsAnsweredBy(answering(status));

    await expect(recordings.openCiphertext(account, recording, 2)).rejects.toMatchObject({ name: 'RetryableError' });
    await expect(recordings.openCiphertext(account, recording)).rejects.toMatchObject({ name: 'RetryableError' });
  });

  it('is not to be had, for now, when it is refused without any wish', async () => {
    const recordings = await recordingsAnsweredBy(answering(400));

    await expect(recordings.openCiphertext(account, recording)).rejects.toMatchObject({ reason: 'twilio-refused' });
  });

  it('is no page that somebody else answers with', async () => {
    const recordings = await recordingsAnsweredBy(answering(200, 'text/html'));

    expect(await recordings.openCiphertext(account, recording)).toEqual({
      kind: 'not-audio',
      contentType: 'text/html',
    });
  });
});

describe('the resource of an encrypted recording', () => {
  let server: HttpAnswers | undefined;
  afterEach(async () => {
    await server?.close();
  });
  const fetched = async (details: unknown) => {
    const resource = { sid: recording, account_sid: account, status: 'completed', encryption_details: details };
    server = await answerHttp((_request, response) => void response.end(JSON.stringify(resource)));
    const client = twilioClient({ apiKey: keySource(oldKey), baseUrl: server.url });
    return twilioRecordings(client).fetch(account, recording);
  };
  const publicKeySid = `CR${'a'.repeat(32)}`;
  const wanted = { publicKeySid, encryptedCek: 'b25lIGtleSwgd3JhcHBlZA==', iv: 'a3GRlbkyHWlf4nQx' };

  it.each([
    ['as the guide', { encrypted_cek: wanted.encryptedCek, iv: wanted.iv, public_key_sid: publicKeySid }],
    [
      'as the OpenAPI files',
      { encryption_cek: wanted.encryptedCek, encryption_iv: wanted.iv, encryption_public_key_sid: publicKeySid },
    ],
  ])('says how it is encrypted, spelt %s', async (_how, details) => {
    expect(await fetched(details)).toMatchObject({ kind: 'recording', recording: { encryption: wanted } });
  });

  it.each([[null], [undefined], [{}], ['']])('says nothing of it with %p', async (details) => {
    expect(await fetched(details)).toEqual({
      kind: 'recording',
      recording: { recordingSid: recording, accountSid: account, status: 'completed' },
    });
  });
});
