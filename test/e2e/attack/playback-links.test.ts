import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { archiveKey } from '../../../lambdas/shared/domain/archive-key.ts';
import { playbackLink } from '../../../lambdas/shared/domain/link.ts';
import type { RecordingSid } from '../../../lambdas/shared/domain/sids.ts';
import { account, startPipelineRun } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';
import { leaveVoicemail } from '../../support/e2e/recorded-call.ts';
import { sids } from '../../support/example-sids.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** Asks for the path as it is spelt; `fetch` would tidy it first. */
function ask(url: string, path: string, method = 'GET'): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, agent: false }, (response) => {
      response.resume().once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    sent.once('error', reject).end();
  });
}

describe('a stranger who knows the SIDs of two archived recordings and the link of one', () => {
  let run: PipelineRun;
  let own: RecordingSid;
  let wanted: RecordingSid;
  let code = '';

  beforeAll(async () => {
    run = await startPipelineRun();
    own = (await leaveVoicemail(run)).recordingSid;
    wanted = (await leaveVoicemail(run)).recordingSid;
    await run.quiet();
    const ring = { signingKeyId: 'k1', keys: { k1: Buffer.from(run.secrets.linkKey, 'base64') } };
    code = new URL(playbackLink(run.cloud.publicUrl, own, ring)).searchParams.get('k') ?? '';
  }, 120_000);
  afterAll(() => run.close());

  const play = (path: string, method?: string): Promise<Answer> => ask(run.cloud.apiUrl, `/v1/r/${path}`, method);

  it('hears the one with its link, by GET and HEAD', async () => {
    expect((await play(`${own}?k=${code}`)).status).toBe(302);
    expect((await play(`${own}?k=${code}`, 'HEAD')).status).toBe(302);
  });

  it('is not sent on by any other spelling of a link', async () => {
    const codes = [
      ...['', '?k=', '?k', '?K=CODE', '?k=CODE&k=', '?k=CODE&k=k1.AAAAAAAAAAAAAAAAAAAAAA'],
      ...['?k=CODE%0A', '?k=CODE%00', '?k=%20CODE', '?k=CODE=', '?k=CODE==', '?k[]=CODE', '?k=CODE;x', '?k=k1.'],
      ...['?k=__proto__.TAIL', '?k=constructor.TAIL', '?k=k2.TAIL', '?k=K1.TAIL', '?k=.TAIL', '?k=k1TAIL'],
    ].map((query) => `${own}${query.replace('CODE', code).replace('TAIL', code.slice(3))}`);
    const paths = [
      ...[own.toUpperCase(), own.toLowerCase(), `${own}.wav`, `${own}%0A`, `${own}%00`, ` ${own}`.trim().slice(0, -1)],
      ...[`%2F${own}`, `x%2F..%2F${own}`, `..%2Fr%2F${own}`, `${own}/`, `${own}//`, `./${own}`, `x/../${own}`],
      ...['%', '%E0%A4%A', `${own}%2F..%2F${wanted}`, `${own};${wanted}`, wanted],
    ].map((path) => `${path}?k=${code}`);
    const heard: string[] = [];
    for (const path of [...codes, ...paths]) {
      const { status, headers } = await play(path);
      if (![403, 404].includes(status) || headers.location !== undefined) heard.push(`${path}: ${status}`);
    }

    expect(heard).toEqual([]);
  }, 30_000);

  it('is told by no answer whether a recording exists', async () => {
    const answers = await Promise.all([wanted, sids.recording(77)].map((sid) => play(`${sid}?k=${code}`)));

    expect(new Set(answers.map(({ status, headers }) => `${status} ${headers['content-length'] ?? ''}`)).size).toBe(1);
  });

  it('cannot make the address of one sound that of another, of its sidecar or of the bucket', async () => {
    const location = (await play(`${own}?k=${code}`)).headers.location ?? '';
    const { pathname, search } = new URL(location);
    const startedAt = (await readRecording(wanted))?.source.startedAt ?? new Date(0);
    const others = [
      archiveKey({ accountSid: account, recordingSid: wanted, startedAt }),
      pathname.slice(run.cloud.archiveBucket.length + 2).replace('.wav', '.json'),
      '',
    ].map((key) => `/${run.cloud.archiveBucket}/${key}${search}`);
    const statuses = [];
    for (const path of others) statuses.push((await ask(location, path)).status);

    expect((await ask(location, pathname + search)).status).toBe(200);
    expect(statuses).toEqual([403, 403, 403]);
  });

  it('is answered with what no cache keeps and no next page learns, whatever the status', async () => {
    const answers = [
      await play(`${own}?k=${code}`),
      await play(own, 'OPTIONS'),
      await play(`${own}?k=no`),
      await play('no'),
      await play(`${own}?k=${code}`, 'DELETE'),
      await play('no/such/route'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([302, 204, 403, 404, 404, 404]);
    for (const { headers } of answers)
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  });

  function readRecording(sid: RecordingSid) {
    run.operator.setClock();
    return run.operator.ledger.readRecording(sid);
  }
});
