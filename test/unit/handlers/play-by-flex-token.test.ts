import { playRecording } from '../../../lambdas/play-recording/handler.ts';
import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import { applyArchive, newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import type { CheckedFlexToken, FlexTokens, FlexUser } from '../../../lambdas/shared/ports/flex-tokens.ts';
import type { HttpRequest, HttpResponse } from '../../../lambdas/shared/ports/http.ts';
import type { PlaybackRequest } from '../../../lambdas/shared/ports/playback-urls.ts';
import { sids } from '../../support/example-sids.ts';
import { failureOf } from '../../support/failure-of.ts';
import { at, contextOf, ourLink, startWorld } from './world.ts';
import type { World } from './world.ts';

const flexOrigin = 'https://flex.example.com';
const key = `${sids.account()}/2026/03/02/${sids.recording()}.wav`;
const announced = newRecording(
  { recordingSid: sids.recording(), accountSid: sids.account(), foundBy: 'callback' },
  at('09:00:00'),
);
const archived: RecordingRecord = applyArchive(announced, {
  state: 'verified',
  audio: {
    ...{ key, versionId: 'v7', sizeBytes: 960_044, sha256: 'ab'.repeat(32), crc64Nvme: 'AAAAAAAAAAA=' },
    ...{ contentType: 'audio/wav', channels: 1, durationSeconds: 59.6, storedAt: at('09:00:00') },
  },
  verifiedAt: at('09:00:01'),
});

const supervisor: FlexUser = {
  identity: 'ada_40example_2Ecom',
  roles: ['agent', 'supervisor'],
  workerSid: sids.worker(),
};
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

/** Flex's player in front of the handler; `checked` is what Twilio says of every token. */
function startPlayer(world: World, checked: CheckedFlexToken | Error = { kind: 'valid', user: supervisor }) {
  const signed: PlaybackRequest[] = [];
  const asked: string[] = [];
  const tokens: FlexTokens = {
    async check(token) {
      asked.push(token);
      if (checked instanceof Error) throw checked;
      return checked;
    },
  };
  const sign = (request: PlaybackRequest): string => {
    signed.push(request);
    return `https://bucket.example/${request.key}?X-Amz-Signature=secret-of-s3`;
  };
  const flexPlayer = { tokens, origins: [flexOrigin, 'https://other.example.com'], roles: ['admin', 'supervisor'] };
  const player = (needs: { readonly flexPlayer?: typeof flexPlayer }) => {
    const handle = playRecording({ ...world, ...needs, playbackUrls: { sign } });
    return (request: Partial<HttpRequest> = {}): Promise<HttpResponse> =>
      handle(
        {
          method: 'GET',
          pathParams: { recordingSid: sids.recording() },
          query: {},
          headers: { origin: flexOrigin, authorization: basic('token:eyJ.a.b.c.d') },
          body: '',
          ...request,
        },
        { requestId: 'request-1', note: contextOf().note },
      );
  };
  return { ask: player({ flexPlayer }), askWithoutSettings: player({}), signed, asked };
}

async function withArchived(): Promise<World> {
  const world = startWorld();
  await world.ledger.saveRecording(archived);
  return world;
}

describe('Flex’s player, with the token of a supervisor', () => {
  it('is given the address of the sound as it wants it', async () => {
    const { ask, signed, asked } = startPlayer(await withArchived());

    const answer = await ask();

    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    expect(JSON.parse(answer.body)).toEqual({
      media_url: `https://bucket.example/${key}?X-Amz-Signature=secret-of-s3`,
    });
    expect(asked).toEqual(['eyJ.a.b.c.d']);
    // 60 s of sound and a quarter of an hour, as for a link.
    expect(signed).toMatchObject([{ method: 'GET', key, versionId: 'v7', validForSeconds: 960 }]);
  });

  it('is written down before it is answered, by the worker’s SID and no name', async () => {
    const world = await withArchived();

    await startPlayer(world).ask();

    const timeline = await world.ledger.timelineOf(sids.recording());
    expect(timeline).toEqual([
      {
        of: sids.recording(),
        occurredAt: at('10:00:00'),
        cause: 'request-1',
        what: 'played',
        actor: `flex token of ${sids.worker()}`,
        after: 'GET',
      },
    ]);
    expect(JSON.stringify(timeline)).not.toMatch(/ada|eyJ|secret-of-s3/);
    expect(world.measures).toEqual([{ name: 'plays', outcome: 'flex-token', unit: 'Count', value: 1 }]);
  });

  it('is not answered when it cannot be written down', async () => {
    const world = await withArchived();
    const unwritable = {
      ...world,
      ledger: { ...world.ledger, addToTimeline: () => Promise.reject(new Error('ledger')) },
    };

    await expect(startPlayer(unwritable).ask()).rejects.toThrow('ledger');
  });

  it.each<readonly [string, Partial<FlexUser>, string]>([
    ['Flex’s id of the user', { flexUserSid: `FU${'0'.repeat(32)}` }, `FU${'0'.repeat(32)}`],
    [
      'the identity under the link key',
      {},
      // By openssl dgst -sha256 -mac HMAC over `flex-user:` and the identity, its first 128 bits.
      'k1.RDcSRsGbJVSiyTHMlohEbw',
    ],
  ])('stands in the timeline by %s where there is no worker', async (_what, more, name) => {
    const world = await withArchived();
    const user = { identity: supervisor.identity, roles: ['admin'], ...more };

    await startPlayer(world, { kind: 'valid', user }).ask();

    const [{ actor } = { actor: '' }] = await world.ledger.timelineOf(sids.recording());
    expect(actor).toBe(`flex token of ${name}`);
    expect(actor).not.toContain('ada');
  });
});

describe('a request that lets nobody in', () => {
  const world = startWorld();
  const readRecording = (): never => {
    throw new Error('the ledger was asked');
  };
  const locked: World = { ...world, ledger: { ...world.ledger, readRecording } };

  it('is 401 when Twilio says that the token is not good', async () => {
    const answer = await startPlayer(locked, { kind: 'invalid' }).ask();

    expect(answer).toMatchObject({ status: 401, body: '' });
    // No browser is to ask a person for a password.
    expect(Object.keys(answer.headers).map((name) => name.toLowerCase())).not.toContain('www-authenticate');
  });

  it.each([
    ['another scheme', 'Bearer eyJ.a.b.c.d'],
    ['another user', basic('ada:eyJ.a.b.c.d')],
    ['no token', basic('token:')],
    ['no base64', 'Basic token:eyJ.a.b.c.d'],
    ['a token with a line in it', basic('token:eyJ.a\r\nb')],
    ['nothing', ''],
  ])('is 401 without Twilio being asked: %s', async (_what, authorization) => {
    const { ask, asked } = startPlayer(locked);

    expect((await ask({ headers: { origin: flexOrigin, authorization } })).status).toBe(401);
    expect(asked).toEqual([]);
  });

  it.each([[['agent']], [[]], [['Supervisor']]])('is 403 for a user with the roles %j', async (roles) => {
    const answer = await startPlayer(locked, { kind: 'valid', user: { ...supervisor, roles } }).ask();

    expect(answer).toMatchObject({ status: 403, body: '' });
  });

  it('is 403 with neither code nor token', async () => {
    const { ask, asked } = startPlayer(locked);

    expect((await ask({ headers: { origin: flexOrigin } })).status).toBe(403);
    expect(asked).toEqual([]);
  });

  it('is 403 where no Flex token is to open anything, whatever it is worth', async () => {
    const { askWithoutSettings, asked } = startPlayer(locked);

    expect((await askWithoutSettings()).status).toBe(403);
    expect(asked).toEqual([]);
  });

  it('is nobody’s verdict when Twilio does not answer', async () => {
    const away = new RetryableError('Twilio did not answer', { reason: 'twilio-unavailable' });

    expect(await failureOf(startPlayer(locked, away).ask())).toBe(away);
  });

  it('is 403 with a code that is not ours, though the token is good: a link is a link', async () => {
    const { ask, asked } = startPlayer(locked);

    expect((await ask({ query: { k: 'k1.0000000000000000000000' } })).status).toBe(403);
    expect(asked).toEqual([]);
  });

  it('is 405 with HEAD, and told what there is', async () => {
    expect(await startPlayer(locked).ask({ method: 'HEAD' })).toMatchObject({
      status: 405,
      headers: { Allow: 'GET, OPTIONS' },
    });
  });
});

describe('a recording that Flex’s player cannot have', () => {
  it.each<readonly [number, string, RecordingRecord | undefined]>([
    [404, 'is not known', undefined],
    [410, 'has its link withdrawn', { ...archived, linkRevoked: true }],
    [410, 'is erased', { ...archived, erasure: { state: 'erased', erasedAt: at('09:30:00') } }],
    [503, 'is not archived yet', announced],
  ])('is %i when it %s', async (status, _why, recording) => {
    const world = startWorld();
    if (recording !== undefined) await world.ledger.saveRecording(recording);
    const { ask, signed } = startPlayer(world);

    const answer = await ask();

    expect(answer.status).toBe(status);
    expect(answer.headers['Retry-After']).toBe(status === 503 ? '30' : undefined);
    // The player is to see why.
    expect(answer.headers['Access-Control-Allow-Origin']).toBe(flexOrigin);
    expect(signed).toEqual([]);
    expect(await world.ledger.timelineOf(sids.recording())).toEqual([]);
  });

  it('is 404 when its SID is none', async () => {
    expect((await startPlayer(startWorld()).ask({ pathParams: { recordingSid: 'RE1' } })).status).toBe(404);
  });
});

describe('what a browser is told of origins', () => {
  it('is the page’s own origin in every answer, where the stage names it', async () => {
    const world = await withArchived();
    const headers = { origin: 'https://other.example.com' };
    const good = { ...headers, authorization: basic('token:eyJ') };
    const answers = [
      await startPlayer(world).ask({ headers: good }),
      await startPlayer(world, { kind: 'invalid' }).ask({ headers: good }),
      await startPlayer(world).ask({ headers }),
      await startPlayer(world).ask({ headers, method: 'POST' }),
      await startPlayer(world).ask({ headers, method: 'OPTIONS' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 401, 403, 405, 204]);
    for (const answer of answers) {
      expect(answer.headers).toMatchObject({
        'Access-Control-Allow-Origin': 'https://other.example.com',
        Vary: 'Origin',
        'Referrer-Policy': 'no-referrer',
      });
      expect(answer.headers).not.toHaveProperty('Access-Control-Allow-Credentials');
    }
  });

  it('permits the token in the request that follows a preflight', async () => {
    const answer = await startPlayer(startWorld()).ask({ method: 'OPTIONS', headers: { origin: flexOrigin } });

    expect(answer).toMatchObject({
      status: 204,
      headers: {
        'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
        'Access-Control-Allow-Headers': 'Authorization, Range',
      },
    });
  });

  it.each([['https://evil.example.com'], ['null'], [undefined]])('permits nothing to %s', async (origin) => {
    const { ask } = startPlayer(startWorld());
    const headers = origin === undefined ? {} : { origin };

    const answer = await ask({ method: 'OPTIONS', headers });

    expect(answer).toMatchObject({ status: 204, headers: { Vary: 'Origin' } });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('Access-Control'))).toEqual([]);
  });

  it('is any origin for a link, also where Flex’s origins are named', async () => {
    const world = await withArchived();
    const query = { k: new URL(ourLink()).searchParams.get('k') ?? '' };
    const { ask } = startPlayer(world);
    const headers = { origin: 'null' };

    expect(await ask({ query, headers })).toMatchObject({
      status: 302,
      headers: { 'Access-Control-Allow-Origin': '*' },
    });
    expect(await ask({ method: 'OPTIONS', query, headers })).toMatchObject({
      status: 204,
      headers: { 'Access-Control-Allow-Origin': '*' },
    });
  });
});
