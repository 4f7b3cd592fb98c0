import type { Browser } from 'playwright-core';
import { playbackLink } from '../../../lambdas/shared/domain/link.ts';
import type { RecordingSid, WorkerSid } from '../../../lambdas/shared/domain/sids.ts';
import { overlayOf } from '../../../local/policy-overlay.ts';
import { chromiumHere, startChromium } from '../../support/e2e/chromium.ts';
import { startPipelineRun } from '../../support/e2e/pipeline-run.ts';
import type { PipelineRun } from '../../support/e2e/pipeline-run.ts';
import { openPlayer, servePage } from '../../support/e2e/player-page.ts';
import type { Player } from '../../support/e2e/player-page.ts';

if (chromiumHere.isInstalled) describe('a page on another origin, in Chromium', playsInTheBrowser);
else {
  describe(chromiumHere.whyNot, () => {
    it('and may be, because neither CI nor REQUIRE_CHROMIUM says otherwise', () => {
      process.stderr.write(`${chromiumHere.whyNot}\n`);
      expect(chromiumHere.mayBeMissing).toBe(true);
    });
  });
}

const MINUTE_MS = 60_000;
/** Long enough for a browser to leave most of it where it is: 9.6 MB. */
const LONG_SECONDS = 600;
const SHORT_SECONDS = 4;

function playsInTheBrowser(): void {
  let run: PipelineRun;
  let browser: Browser;
  let player: Player;
  let worker: WorkerSid;
  let short: RecordingSid;
  let long: RecordingSid;
  const stops: (() => Promise<void> | void)[] = [];
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  beforeAll(async () => {
    const page = await servePage();
    stops.push(page.close);
    const overlay = overlayOf({ flexPlayer: { origins: [page.origin] } });
    run = await startPipelineRun({ overrides: (_name, environment) => overlay.apply(environment) });
    stops.push(run.close);
    browser = await startChromium();
    stops.push(() => browser.close());
    player = await openPlayer(browser, page.origin);

    worker = run.twilio.taskRouter.createWorker({ name: 'ada', attributes: { full_name: 'Ada Example' } });
    const { voice } = run.twilio;
    const placed = { callSid: voice.startCall(), channels: 1, source: 'RecordVerb' } as const;
    short = voice.placeRecording({ ...placed, durationSeconds: SHORT_SECONDS });
    long = voice.placeRecording({ ...placed, durationSeconds: LONG_SECONDS });
    await run.quiet();
    // From here on time passes as it does for whoever listens, and jumps only when told.
    stops.push(run.clock.busy());
  }, 180_000);

  const providerOf = (sid: RecordingSid): string => `${run.cloud.publicUrl}/r/${sid}`;
  const linkOf = (sid: RecordingSid): string =>
    playbackLink(run.cloud.publicUrl, sid, {
      signingKeyId: 'k1',
      keys: { k1: Buffer.from(run.secrets.linkKey, 'base64') },
    });
  const mint = (more: { readonly roles?: readonly string[]; readonly characters?: number } = {}): string =>
    run.twilio.flex.mintToken({
      identity: 'ada_40example_2Ecom',
      roles: ['supervisor'],
      workerSid: worker,
      ttlSeconds: 8 * 3600,
      ...more,
    });
  async function mediaUrl(sid: RecordingSid, token = mint()): Promise<string> {
    const { status, body } = await player.ask(providerOf(sid), token);
    expect(status).toBe(200);
    const answer: unknown = JSON.parse(body);
    expect(answer).toEqual({ media_url: expect.stringContaining('X-Amz-Signature=') });
    return JSON.parse(body).media_url;
  }

  it('is given the sound by a Flex token, and plays it to its end', async () => {
    const src = await mediaUrl(short);

    expect(await player.load('short', src, null)).toEqual({ durationSeconds: SHORT_SECONDS });
    expect(await player.playToEnd('short', 0)).toEqual({ startedAt: 0, endedAt: SHORT_SECONDS, ended: true });
    expect(await player.soundAnswers()).toContainEqual(expect.objectContaining({ status: 206, range: 'bytes=0-' }));
  }, 60_000);

  it('seeks in it by ranges, also when a quarter of an hour has passed since', async () => {
    const src = await mediaUrl(long);
    expect(await player.load('long', src, 'anonymous')).toEqual({ durationSeconds: LONG_SECONDS });
    await player.soundAnswers();
    run.clock.advance(15 * MINUTE_MS);

    const fromSeconds = LONG_SECONDS - 5;
    expect(await player.playToEnd('long', fromSeconds)).toEqual({
      startedAt: fromSeconds,
      endedAt: LONG_SECONDS,
      ended: true,
    });
    const fromBytes = (await player.soundAnswers())
      .filter(({ status }) => status === 206)
      .map(({ range = '' }) => Number(/^bytes=(\d+)-/.exec(range)?.[1]));
    // 8,000 samples of two bytes a second: from somewhere near the end on, and not once more from the beginning.
    expect(Math.max(...fromBytes)).toBeGreaterThan(9_000_000);
    expect(fromBytes).not.toContain(0);
  }, 60_000);

  it('is refused by S3 when the address is over, and is given another by the same token', async () => {
    const token = mint();
    const first = await mediaUrl(short, token);
    run.clock.advance(60 * MINUTE_MS);

    expect(await player.load('over', first, 'anonymous')).toHaveProperty('error');
    expect(await player.soundAnswers()).toEqual([expect.objectContaining({ status: 403 })]);
    await player.load('again', await mediaUrl(short, token), 'anonymous');
    expect(await player.playToEnd('again', 1)).toMatchObject({ ended: true });
  }, 60_000);

  it('plays a link’s recording to its end from an element with crossorigin, now and an hour later', async () => {
    await player.soundAnswers();
    for (const name of ['link', 'later']) {
      expect(await player.load(name, linkOf(long), 'anonymous')).toEqual({ durationSeconds: LONG_SECONDS });
      expect(await player.playToEnd(name, LONG_SECONDS - 3)).toMatchObject({ endedAt: LONG_SECONDS, ended: true });
      const answers = await player.soundAnswers();
      expect(answers.length).toBeGreaterThan(1);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([206]));
      // After a redirect to another origin the page is nobody to S3.
      expect(answers).toContainEqual(expect.objectContaining({ origin: 'null' }));
      run.clock.advance(60 * MINUTE_MS);
    }
  }, 60_000);

  it('sees why it is not given the sound', async () => {
    const { voice } = run.twilio;
    const going = voice.startRecording({ callSid: voice.startCall(), channels: 1, callbacks: true });
    await run.quiet();
    const ended = mint();
    run.twilio.flex.endToken(ended);

    expect(await player.ask(providerOf(going), mint())).toMatchObject({ status: 503, retryAfter: '30' });
    expect((await player.ask(providerOf(short), ended)).status).toBe(401);
    expect((await player.ask(providerOf(short), mint({ roles: ['agent'] }))).status).toBe(403);
    expect((await player.ask(providerOf(short))).status).toBe(403);
    run.twilio.faults.next(1, { path: /Tokens/ }, { kind: 'answer', status: 503 });
    expect(await player.ask(providerOf(short), mint())).toMatchObject({ status: 503, retryAfter: '5' });
  }, 60_000);

  it('is let in with a token whose header has 8 kilobytes, and not with one that is larger than the gateway takes', async () => {
    const large = mint({ characters: 6_100 });
    expect(`Basic ${Buffer.from(`token:${large}`).toString('base64')}`.length).toBeGreaterThan(8_000);

    expect(await player.ask(providerOf(short), large)).toMatchObject({ status: 200 });
    // The gateway's own answer names no origin, so the page may not see it.
    expect(await player.ask(providerOf(short), mint({ characters: 7_600 }))).toMatchObject({ status: 0 });
  }, 60_000);

  it('is not let in, with a good token, when its origin is not named', async () => {
    const page = await servePage();
    stops.push(page.close);
    const elsewhere = await openPlayer(browser, page.origin);

    expect(await elsewhere.ask(providerOf(short), mint())).toEqual({ status: 0, retryAfter: null, body: 'TypeError' });
  }, 60_000);

  it('stands in the timeline with each play, by its worker’s SID, and nowhere with its name or token', async () => {
    const played = (await run.operator.ledger.timelineOf(short)).filter(({ what }) => what === 'played');

    expect(new Set(played.map(({ actor }) => actor))).toEqual(new Set([`flex token of ${worker}`]));
    expect(played.length).toBeGreaterThanOrEqual(4);
    const lines = run.cloud.functionNames.flatMap((name) => run.log.of(name));
    expect(JSON.stringify([played, lines])).not.toMatch(/ada_40example|X-Amz-Signature|eyJhbGciOiJkaXI/);
  });
}
