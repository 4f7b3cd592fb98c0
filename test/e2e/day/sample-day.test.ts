import { dataDirFor, lastJsonLine, runToEnd } from './run-start.ts';

/** A day takes about a minute on two idle cores, synthesis included; this is for busy ones. */
const dayMs = 400_000;

describe('npm start -- --once --json', () => {
  const data = dataDirFor('sample-day');
  let summary: Readonly<Record<string, unknown>> = {};
  let exitCode: number | null = null;

  beforeAll(async () => {
    const ended = await runToEnd('local/start.ts', ['--once', '--json', '--data', data.path]);
    exitCode = ended.exitCode;
    summary = lastJsonLine(ended.stdout);
  }, dayMs);
  afterAll(() => data.remove());

  it('archives every recording that exists at Twilio, and loses nothing', () => {
    expect(summary).toMatchObject({ faults: [], lost: 0, parked: 0, archived: summary['recordings'] });
    expect(exitCode).toBe(0);
  });

  it('archives what was written, word for word', () => {
    expect(summary).toMatchObject({ transcriptsExpected: 2, transcriptsArchived: 2 });
  });

  it('plays at least forty tasks, and has a link on each that was recorded while Insights looks', () => {
    expect(summary['tasks']).toBeGreaterThanOrEqual(40);
    expect(summary['linked']).toBeGreaterThanOrEqual(40);
    expect(summary['linkedInTime']).toBe(summary['linked']);
  });

  it('plays every link, byte for byte what Twilio served', () => {
    expect(summary).toMatchObject({
      playbackChecked: summary['linked'],
      playbackMismatched: 0,
      copiesChecked: summary['recordings'],
      copiesMismatched: 0,
    });
  });

  it('acts on nothing forged', () => {
    expect(summary).toMatchObject({ forgedRejected: 3, events: { forgedSent: 3, dropped: 0 } });
  });

  it('deletes the sources that the script says may go, each of them proved, and no other', () => {
    expect(summary).toMatchObject({ sourcesDeleted: summary['deletionsExpected'], deletedWithoutProof: 0 });
    expect(summary['sourcesDeleted']).toBeGreaterThanOrEqual(5);
    expect(Object.keys(summary['refused'] ?? {}).length).toBeGreaterThanOrEqual(6);
  });

  it('believes no contact status of another tenant, under another token, or of its own', () => {
    expect(summary).toMatchObject({
      contactStatuses: { rejected: 2, forgedSent: 2, refused: 0, digital: 2 },
      reports: { loopedBack: 1, unsigned: 0 },
      ignoredBy: { 'own-report': 1 },
    });
  });

  it('has every attribute on its task when Flex Insights reads it, and takes nothing of others’ away', () => {
    expect(summary).toMatchObject({
      attributesWritten: summary['attributesExpected'],
      attributesMissing: 0,
      attributesSpoiled: 0,
      enrichment: { rulesFailed: 0 },
    });
    expect(summary['attributesExpected']).toBeGreaterThanOrEqual(600);
  });

  it('meets secrets in the attributes of tasks and of workers, and tells every agent’s state', () => {
    expect(summary).toMatchObject({
      enrichment: {
        secretsRedacted: { task: expect.any(Number), worker: expect.any(Number) },
        agentStates: { reported: 4 },
      },
      reports: { agentStates: 4 },
    });
  });

  it('asks the team’s own customer data once a task, and does without it where it is slow, down or knows nobody', () => {
    expect(summary['customerLookups']).toEqual({ found: 1, unavailable: 2, unknown: expect.any(Number) });
    const { unknown } = Object(summary['customerLookups']);
    expect(unknown).toBeLessThan(Number(summary['tasks']));
  });

  it('has one call listened to that nobody dealt with, by a link that plays, and makes no review of the review', () => {
    expect(summary).toMatchObject({ reviewTasks: 1, reviewTasksPlaying: 1 });
  });

  it('writes onto an agent what Flex Insights reads, and leaves the rest', () => {
    expect(summary).toMatchObject({ workerAttributesExpected: 6, workerAttributesWritten: 6 });
  });

  it('leaves what was put aside where npm run cli -- redrive finds it after the cloud has ended', async () => {
    const redrive = await runToEnd('cli/main.ts', [
      'redrive',
      'quarantine',
      '--dry-run',
      '--json',
      '--data',
      data.path,
    ]);

    expect(redrive.exitCode).toBe(0);
    expect(lastJsonLine(redrive.stdout)).toMatchObject({ sent: 5, left: 0 });
  }, 30_000);

  it(
    'gives the same without a single recording callback',
    async () => {
      const other = dataDirFor('sample-day-without-callbacks');

      const ended = await runToEnd('local/start.ts', [
        '--once',
        '--json',
        '--no-recording-callbacks',
        '--data',
        other.path,
      ]);
      other.remove();

      // With what it said on stderr, should it have died.
      expect(ended).toMatchObject({ exitCode: 0 });
      const { archived, linked, linkedInTime, sourcesDeleted } = lastJsonLine(ended.stdout);
      expect({ archived, linked, linkedInTime, sourcesDeleted }).toEqual({
        sourcesDeleted: summary['sourcesDeleted'],
        archived: summary['archived'],
        linked: summary['linked'],
        linkedInTime: summary['linkedInTime'],
      });
    },
    dayMs,
  );
});
