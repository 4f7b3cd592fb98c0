import { calabrioContacts } from '../../../lambdas/shared/adapters/calabrio/calabrio-contacts.ts';
import type { CalabrioUser } from '../../../lambdas/shared/adapters/calabrio/calabrio-client.ts';
import type { CalabrioContacts } from '../../../lambdas/shared/ports/calabrio-contacts.ts';
import { failureOf } from '../../support/failure-of.ts';
import { memorySecret } from '../../support/runtime/memory-secret.ts';
import { json, nthSession, scriptedCalabrio, status } from './scripted-calabrio.ts';
import type { Answer, ScriptedCalabrio } from './scripted-calabrio.ts';

const user: CalabrioUser = { api: { userId: 'svc-archive', password: 'correct horse' } };
const at = new Date('2026-11-20T10:00:00Z');

const contact4711 = {
  id: 4711,
  startTime: 1_795_169_000_000,
  audioUploaded: true,
  assocCallId: `CA${'0'.repeat(32)}`,
  icmCallId: null,
  externalId: 77,
  metadata: {
    archive_recording_sid: { value: `RE${'1'.repeat(32)}` },
    score: { value: 5 },
    empty: { value: null },
    none: null,
  },
};

describe('Calabrio’s API', () => {
  let server: ScriptedCalabrio | undefined;
  const contactsAnsweredBy = async (
    answer: Answer,
    how: { signIn?: Answer; credentials?: ReturnType<typeof memorySecret<CalabrioUser>>; timeoutSeconds?: number } = {},
  ): Promise<CalabrioContacts> => {
    server = await scriptedCalabrio(answer, how.signIn);
    return calabrioContacts({
      baseUrl: `${server.url}/`,
      credentials: how.credentials ?? memorySecret(user),
      requestsPerSecond: 5,
      now: () => at,
      pause: async () => undefined,
      ...(how.timeoutSeconds !== undefined && { timeoutSeconds: how.timeoutSeconds }),
    });
  };
  const requests = (): readonly string[] => (server?.seen ?? []).map(({ method, path }) => `${method} ${path}`);
  afterEach(async () => {
    await server?.close();
  });

  it('is signed in to with the secret’s user and asked with the session’s cookie', async () => {
    const contacts = await contactsAnsweredBy(json(contact4711));

    await contacts.fetch(4711);

    expect(requests()).toEqual(['POST /api/rest/authorize', 'GET /api/rest/recording/contact/4711']);
    expect(JSON.parse(server?.seen[0]?.body ?? '')).toEqual({
      userId: 'svc-archive',
      password: 'correct horse',
      language: 'en',
    });
    expect(server?.seen[1]).toMatchObject({ cookie: 'hazelcast.sessionId=s1', query: { expand: 'metadata' } });
  });

  it('gives a contact’s metadata and ids as texts, without those that have no value', async () => {
    const contacts = await contactsAnsweredBy(json(contact4711));

    expect(await contacts.fetch(4711)).toEqual({
      ccrId: 4711,
      isAudioUploaded: true,
      metadata: { archive_recording_sid: `RE${'1'.repeat(32)}`, score: '5' },
      otherIds: [`CA${'0'.repeat(32)}`, '77'],
    });
  });

  it('gives a contact of which it says nothing but its id, as text', async () => {
    const contacts = await contactsAnsweredBy(json({ id: '4711' }));

    expect(await contacts.fetch(4711)).toEqual({ ccrId: 4711, metadata: {}, otherIds: [] });
  });

  it('keeps its session from call to call', async () => {
    const contacts = await contactsAnsweredBy(json(contact4711));

    await Promise.all([contacts.fetch(4711), contacts.fetch(4711)]);
    await contacts.fetch(4711);

    expect(requests().filter((request) => request.startsWith('POST'))).toHaveLength(1);
  });

  it('signs in once more when the session has ended', async () => {
    const contacts = await contactsAnsweredBy((response, request) =>
      (request.cookie === 'hazelcast.sessionId=s2' ? json(contact4711) : status(401))(response, request),
    );

    expect(await contacts.fetch(4711)).toMatchObject({ ccrId: 4711 });
    await contacts.fetch(4711);
    expect(requests().filter((request) => request.startsWith('POST'))).toHaveLength(2);
  });

  it('is given up on when a fresh session is refused too', async () => {
    const contacts = await contactsAnsweredBy(status(401));

    expect(await failureOf(contacts.fetch(1))).toMatchObject({
      name: 'RetryableError',
      reason: 'calabrio-credentials',
    });
    expect(requests()).toHaveLength(4);
  });

  it('is signed in to with the secret read afresh when the known password is refused', async () => {
    const credentials = memorySecret(user);
    credentials.rotate({ api: { userId: 'svc-archive', password: 'battery staple' } });
    const session = nthSession();
    const contacts = await contactsAnsweredBy(json(contact4711), {
      credentials,
      signIn: (response, request) =>
        (request.body.includes('battery staple') ? session : status(401))(response, request),
    });

    expect(await contacts.fetch(4711)).toMatchObject({ ccrId: 4711 });
    expect(credentials.freshReads).toBe(1);
  });

  it('is not pestered with a password that it has just refused', async () => {
    const contacts = await contactsAnsweredBy(json(contact4711), { signIn: status(401) });

    expect(await failureOf(contacts.fetch(4711))).toMatchObject({ reason: 'calabrio-credentials' });
    expect(requests()).toEqual(['POST /api/rest/authorize']);
  });

  it('is asked again after a sign-in that failed', async () => {
    let count = 0;
    const session = nthSession();
    const contacts = await contactsAnsweredBy(json(contact4711), {
      signIn: (response, request) => ((count += 1) === 1 ? status(503) : session)(response, request),
    });

    expect(await failureOf(contacts.fetch(4711))).toMatchObject({ reason: 'calabrio-unavailable' });
    expect(await contacts.fetch(4711)).toMatchObject({ ccrId: 4711 });
  });

  it('is not asked without a user', async () => {
    const contacts = await contactsAnsweredBy(json(contact4711), { credentials: memorySecret<CalabrioUser>({}) });

    expect(await failureOf(contacts.fetch(4711))).toMatchObject({
      name: 'RetryableError',
      reason: 'calabrio-credentials',
    });
    expect(requests()).toEqual([]);
  });

  it.each([
    [403, 'calabrio-credentials'],
    [408, 'calabrio-unavailable'],
    [429, 'calabrio-rate-limited'],
    [500, 'calabrio-unavailable'],
    [503, 'calabrio-unavailable'],
    [302, 'calabrio-refused'],
    [400, 'calabrio-refused'],
  ])('that answers %i makes the message come again, as %s', async (code, reason) => {
    const contacts = await contactsAnsweredBy(status(code));

    expect(await failureOf(contacts.fetch(1))).toMatchObject({ name: 'RetryableError', reason });
  });

  it.each([
    ['7', 7],
    ['Fri, 20 Nov 2026 10:00:30 GMT', 30],
    ['soon', undefined],
  ])('that is asked too often is left alone for Retry-After: %s', async (retryAfter, seconds) => {
    const contacts = await contactsAnsweredBy(
      status(429, { 'Retry-After': retryAfter, Date: 'Fri, 20 Nov 2026 10:00:00 GMT' }),
    );

    expect(await failureOf(contacts.fetch(1))).toHaveProperty('retryAfterSeconds', seconds);
  });

  it.each([
    ['breaks the connection', (response) => response.destroy()],
    [
      'sends half an answer',
      (response) => {
        response.writeHead(200, { 'Content-Length': '500' });
        response.write('{"id":', () => response.destroy());
      },
    ],
    ['never answers', () => undefined],
  ] satisfies [string, Answer][])('that %s is asked again', async (_case, answer) => {
    const contacts = await contactsAnsweredBy(answer, { timeoutSeconds: 0.1 });

    expect(await failureOf(contacts.fetch(1))).toMatchObject({
      name: 'RetryableError',
      reason: 'calabrio-unavailable',
    });
  });

  it.each([
    ['no JSON', (response) => void response.end('<html>')],
    ['a contact without an id', json({ audioUploaded: true })],
    ['a contact that nobody asked for', json({ ...contact4711, id: 4712 })],
    ['metadata of another shape', json({ ...contact4711, metadata: { Customer: ['Ada Example'] } })],
  ] satisfies [string, Answer][])('that answers with %s is not believed', async (_case, answer) => {
    const contacts = await contactsAnsweredBy(answer);

    const failure = await failureOf(contacts.fetch(4711));

    expect(failure).toMatchObject({ name: 'RetryableError', reason: 'calabrio-unreadable' });
    expect(failure).toHaveProperty('message', expect.not.stringMatching(/Ada|Customer/));
  });

  it.each([status(401), status(403), status(500), status(400), json({ id: 'x' })])(
    'leaves no credential and no word of its answer in an error (%#)',
    async (answer) => {
      const contacts = await contactsAnsweredBy(answer);

      const failure = await failureOf(contacts.fetch(1));

      expect(failure).toHaveProperty('message', expect.not.stringMatching(/correct horse|svc-archive|s1|s2|hunter2/));
    },
  );

  describe('without a route for one contact', () => {
    const listOnly =
      (code: number, listed: readonly unknown[]): Answer =>
      (response, request) =>
        (request.path === '/api/rest/recording/contact' ? json(listed) : status(code))(response, request);

    it.each([404, 405])('gives the contact from the list, and asks only that from then on (%i)', async (code) => {
      const contacts = await contactsAnsweredBy(listOnly(code, [{ id: 4710 }, contact4711]));

      expect(await contacts.fetch(4711)).toMatchObject({ ccrId: 4711, isAudioUploaded: true });
      expect(await contacts.fetch(4710)).toMatchObject({ ccrId: 4710 });
      expect(requests()).toEqual([
        'POST /api/rest/authorize',
        'GET /api/rest/recording/contact/4711',
        'GET /api/rest/recording/contact',
        'GET /api/rest/recording/contact',
      ]);
      expect(server?.seen[2]?.query).toMatchObject({
        id: '4711',
        beginDate: '2026-08-22',
        endDate: '2026-11-21',
        expand: 'metadata',
      });
    });

    it('has no contact that the list does not have either', async () => {
      const contacts = await contactsAnsweredBy(listOnly(404, [{ id: 4710 }]));

      expect(await contacts.fetch(4711)).toBeUndefined();
    });

    it('goes on asking for one contact alone as long as nothing proves the route missing', async () => {
      const contacts = await contactsAnsweredBy(listOnly(404, []));

      await contacts.fetch(1);
      await contacts.fetch(2);

      expect(requests()).toContain('GET /api/rest/recording/contact/2');
    });
  });
});
