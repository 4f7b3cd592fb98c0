import { playRecording } from '../../../lambdas/play-recording/handler.ts';
import { applyArchive, applySource, newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import { publicKeySid } from '../../../lambdas/shared/domain/sids.ts';
import type { ArchivedAudio, RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import type { HttpRequest, HttpResponse } from '../../../lambdas/shared/ports/http.ts';
import type { PlaybackRequest } from '../../../lambdas/shared/ports/playback-urls.ts';
import { sids } from '../../support/example-sids.ts';
import { at, contextOf, linkRing, ourLink, startWorld } from './world.ts';
import type { World } from './world.ts';

const key = `${sids.account()}/2026/03/02/${sids.recording()}.wav`;
const audio: ArchivedAudio = {
  key,
  versionId: 'v7',
  sizeBytes: 960_044,
  sha256: 'ab'.repeat(32),
  crc64Nvme: 'AAAAAAAAAAA=',
  contentType: 'audio/wav',
  channels: 1,
  durationSeconds: 59.6,
  storedAt: at('09:00:00'),
};
const encryption = { publicKeySid: publicKeySid(`CR${'1'.repeat(32)}`), encryptedCek: 'AA==', iv: 'AA==' };
const announced = newRecording(
  { recordingSid: sids.recording(), accountSid: sids.account(), foundBy: 'callback' },
  at('09:00:00'),
);
/** A copy that S3 lets go at `until`. */
const keptUntil = (until: Date) => ({ className: 'standard', decidedAt: at('09:00:00'), until });

const archived = (facts: Partial<ArchivedAudio> = {}): RecordingRecord =>
  applyArchive(announced, { state: 'verified', audio: { ...audio, ...facts }, verifiedAt: at('09:00:01') });

/** The `k` of our link to recording `n`. */
const codeFor = (n = 1): string => new URL(ourLink(n)).searchParams.get('k') ?? '';

function startPlayer(world: World) {
  const signed: PlaybackRequest[] = [];
  const sign = (request: PlaybackRequest): string => {
    signed.push(request);
    return `https://bucket.example/${request.key}?X-Amz-Signature=secret-of-s3`;
  };
  const handle = playRecording({ ...world, playbackUrls: { sign } });
  const ask = (request: Partial<HttpRequest> = {}): Promise<HttpResponse> =>
    handle(
      {
        method: 'GET',
        pathParams: { recordingSid: sids.recording() },
        query: { k: codeFor() },
        headers: {},
        body: '',
        ...request,
      },
      { requestId: 'request-1', note: contextOf().note },
    );
  return { ask, signed };
}

describe.each(['GET', 'HEAD'] as const)('a %s of an archived recording', (method) => {
  it('is sent on to the version that was proved, under an address for this method', async () => {
    const world = startWorld();
    await world.ledger.saveRecording(archived());
    const { ask, signed } = startPlayer(world);

    const answer = await ask({ method });

    expect(answer).toMatchObject({
      status: 302,
      headers: { Location: `https://bucket.example/${key}?X-Amz-Signature=secret-of-s3` },
    });
    expect(signed).toEqual([
      {
        method,
        key,
        versionId: 'v7',
        contentType: 'audio/wav',
        fileName: `${sids.recording()}.wav`,
        // 60 s of sound and a quarter of an hour.
        validForSeconds: 960,
      },
    ]);
  });

  it('is written down before it is answered, without a secret', async () => {
    const world = startWorld();
    await world.ledger.saveRecording(archived());

    await startPlayer(world).ask({ method });

    const timeline = await world.ledger.timelineOf(sids.recording());
    expect(timeline).toEqual([
      {
        of: sids.recording(),
        occurredAt: at('10:00:00'),
        cause: 'request-1',
        what: 'played',
        actor: 'link key k1',
        after: method,
      },
    ]);
    expect(JSON.stringify(timeline)).not.toContain(codeFor().slice(3));
    expect(JSON.stringify(timeline)).not.toContain('secret-of-s3');
    expect(world.measures).toEqual([{ name: 'plays', outcome: 'link', unit: 'Count', value: 1 }]);
  });

  it('is not answered when it cannot be written down', async () => {
    const world = startWorld();
    await world.ledger.saveRecording(archived());
    const unwritable = {
      ...world,
      ledger: { ...world.ledger, addToTimeline: () => Promise.reject(new Error('ledger')) },
    };

    await expect(startPlayer(unwritable).ask({ method })).rejects.toThrow('ledger');
  });
});

describe('the time for which a playback address is valid', () => {
  it.each([
    ['a second', 0.4, 901],
    ['an hour', 3600, 4500],
    ['five and three quarters of an hour, which is the longest', 20_700, 21_600],
    ['a day, which is cut', 86_400, 21_600],
  ])(
    'is the sound’s length and a quarter of an hour, at most six hours: %s',
    async (_what, durationSeconds, seconds) => {
      const world = startWorld();
      await world.ledger.saveRecording(archived({ durationSeconds }));
      const { ask, signed } = startPlayer(world);

      await ask();

      expect(signed).toMatchObject([{ validForSeconds: seconds }]);
    },
  );
});

describe('a recording that cannot be played', () => {
  it.each<readonly [string, RecordingRecord, string]>([
    ['announced', announced, '30'],
    ['stored and not proved', applyArchive(announced, { state: 'stored', audio }), '30'],
    ['given up', applyArchive(announced, { state: 'failed', reason: 'media-never-came' }), '3600'],
    ['in doubt', applyArchive(announced, { state: 'mismatched', reason: 'other bytes' }), '3600'],
    ['sealed', applyArchive(announced, { state: 'sealed', audio, sealedAt: at('09:00:01') }), '3600'],
    ['kept as Twilio encrypted it', archived({ encryption }), '3600'],
  ])('is to be asked for again when it is %s', async (_what, recording, retryAfterSeconds) => {
    const world = startWorld();
    await world.ledger.saveRecording(recording);

    const answer = await startPlayer(world).ask();

    expect(answer.status).toBe(503);
    expect(answer.headers['Retry-After']).toBe(retryAfterSeconds);
  });

  it.each<readonly [string, RecordingRecord]>([
    ['its link was withdrawn', { ...archived(), linkRevoked: true }],
    ['its time is over and nothing holds it', { ...archived(), retention: keptUntil(at('10:00:00')) }],
    ['it was erased', { ...archived(), erasure: { state: 'erased', erasedAt: at('09:30:00') } }],
    ['it is being erased', { ...archived(), erasure: { state: 'requested', requestedAt: at('09:30:00') } }],
    ['it holds no sound', applySource(announced, { status: 'absent' })],
    ['it failed', applySource(announced, { status: 'failed' })],
  ])('is gone when %s', async (_why, recording) => {
    const world = startWorld();
    await world.ledger.saveRecording(recording);
    const { ask, signed } = startPlayer(world);

    expect((await ask()).status).toBe(410);
    expect(signed).toEqual([]);
  });

  it('is played on after its time while anything holds it, and before its time is over', async () => {
    const hold = { matter: 'CASE-1', placedBy: 'Ada Example', why: 'a claim', placedAt: at('09:30:00') };
    for (const recording of [
      { ...archived(), retention: keptUntil(at('10:00:00')), holds: [hold] },
      { ...archived(), retention: keptUntil(at('10:00:01')) },
    ]) {
      const world = startWorld();
      await world.ledger.saveRecording(recording);

      expect((await startPlayer(world).ask()).status).toBe(302);
    }
  });

  it('is not found when nobody knows it, and then only for who has its link', async () => {
    const world = startWorld();
    const { ask } = startPlayer(world);

    expect((await ask()).status).toBe(404);
    expect((await ask({ query: {} })).status).toBe(403);
    expect((await ask({ pathParams: { recordingSid: 'RE1' } })).status).toBe(404);
    expect((await ask({ pathParams: {} })).status).toBe(404);
  });
});

describe('a link whose code is not ours', () => {
  it.each([
    ['none', {}],
    ['an empty one', { k: '' }],
    ['another recording’s', { k: codeFor(2) }],
    ['one character changed', { k: codeFor().replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) }],
    ['one without its key id', { k: codeFor().slice(3) }],
  ])('opens nothing and asks the ledger nothing: %s', async (_what, query) => {
    const world = startWorld();
    const readRecording = (): never => {
      throw new Error('the ledger was asked');
    };
    const answer = await startPlayer({ ...world, ledger: { ...world.ledger, readRecording } }).ask({ query });

    expect(answer).toMatchObject({ status: 403, body: '' });
  });
});

describe('the ring of link keys', () => {
  it('opens a link that was signed three rotations ago', async () => {
    const world = startWorld();
    await world.ledger.saveRecording(archived());
    world.linkKeys.rotate({
      signingKeyId: 'k4',
      keys: { ...linkRing.keys, k2: Buffer.alloc(32, 2), k3: Buffer.alloc(32, 3), k4: Buffer.alloc(32, 4) },
    });
    await world.linkKeys.freshRing();

    expect((await startPlayer(world).ask()).status).toBe(302);
  });

  it('is read afresh once for a key that this container does not know', async () => {
    const world = startWorld();
    await world.ledger.saveRecording(archived());
    world.linkKeys.rotate({ signingKeyId: 'k1', keys: { k0: Buffer.alloc(32, 9) } });
    await world.linkKeys.freshRing();
    world.linkKeys.rotate(linkRing);

    expect((await startPlayer(world).ask()).status).toBe(302);
  });

  it('is not read afresh for a code that is forged, and only once for an unknown key', async () => {
    const world = startWorld();
    await world.ledger.saveRecording(archived());
    let freshReads = 0;
    const freshRing = async () => {
      freshReads += 1;
      return linkRing;
    };
    const { ask } = startPlayer({ ...world, linkKeys: { ...world.linkKeys, freshRing } });

    await ask({ query: { k: codeFor(2) } });
    expect(freshReads).toBe(0);

    expect((await ask({ query: { k: `k9.${codeFor().slice(3)}` } })).status).toBe(403);
    expect(freshReads).toBe(1);
  });
});

describe('another method', () => {
  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('is not allowed, and is told which are: %s', async (method) => {
    const answer = await startPlayer(startWorld()).ask({ method });

    expect(answer).toMatchObject({ status: 405, headers: { Allow: 'GET, HEAD, OPTIONS' } });
  });

  it('that asks for permission gets it, for any origin and without credentials', async () => {
    const answer = await startPlayer(startWorld()).ask({ method: 'OPTIONS', query: {} });

    expect(answer).toMatchObject({
      status: 204,
      headers: {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
        'Access-Control-Allow-Headers': 'Authorization, Range',
      },
    });
    expect(answer.headers).not.toHaveProperty('Access-Control-Allow-Credentials');
  });
});

describe('every answer', () => {
  it('is kept nowhere and tells nobody where it came from', async () => {
    const world = startWorld();
    const { ask } = startPlayer(world);
    const answers = [
      await ask({ method: 'OPTIONS' }),
      await ask({ method: 'POST' }),
      await ask({ query: {} }),
      await ask(),
    ];
    await world.ledger.saveRecording(announced);
    answers.push(await ask());
    await world.ledger.saveRecording({ ...archived(), version: 1 });
    answers.push(await ask(), await ask({ method: 'HEAD' }));
    await world.ledger.saveRecording({ ...archived(), version: 2, linkRevoked: true });
    answers.push(await ask());

    expect(answers.map(({ status }) => status)).toEqual([204, 405, 403, 404, 503, 302, 302, 410]);
    for (const { headers, body } of answers) {
      expect(headers).toMatchObject({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
      expect(body).toBe('');
    }
  });
});
