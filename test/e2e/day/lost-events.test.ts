import { dataDirFor, lastJsonLine, runToEnd } from './run-start.ts';

/** A day takes about a minute on two idle cores, synthesis included; this is for busy ones. */
const dayMs = 400_000;

describe('npm start -- --once --json --lose-most-events', () => {
  const data = dataDirFor('lost-events');
  let summary: Readonly<Record<string, unknown>> = {};
  let ended: Awaited<ReturnType<typeof runToEnd>> | undefined;

  beforeAll(async () => {
    ended = await runToEnd('local/start.ts', ['--once', '--json', '--lose-most-events', '--data', data.path]);
    summary = lastJsonLine(ended.stdout);
  }, dayMs);
  afterAll(() => data.remove());

  it('loses every recording callback, and most of what there is to tell of the tasks', () => {
    const { events } = summary;
    const { emitted, lost, delivered } = Object(events);

    expect(summary).toMatchObject({ loseMostEvents: true });
    expect(lost).toBeGreaterThan(emitted / 2);
    expect(delivered + lost).toBeLessThanOrEqual(emitted + Number(summary['forgedRejected']));
  });

  it('archives every recording that exists at Twilio nevertheless, byte for byte, and loses nothing', () => {
    expect(summary).toMatchObject({
      faults: [],
      lost: 0,
      parked: 0,
      archived: summary['recordings'],
      copiesMismatched: 0,
    });
    expect(summary['recordings']).toBeGreaterThanOrEqual(60);
    expect(ended).toMatchObject({ exitCode: 0 });
  });

  it('says how many links came in time, and promises none', () => {
    expect(Number(summary['linkedInTime'])).toBeLessThan(Number(summary['recordings']));
    expect(summary).toMatchObject({ attributesExpected: 0, deletionsExpected: null, deletedWithoutProof: 0 });
  });
});
