import { join } from 'node:path';
import { stageAssembly } from '../../../local/assembly-cache.ts';
import { startLocalPipeline } from '../../../local/local-pipeline.ts';
import { localStageName, policyUnder } from '../../../local/run-policy.ts';
import { overlaid, overlayOf } from '../../../local/policy-overlay.ts';
import type { PolicyWishes } from '../../../local/policy-overlay.ts';
import { localDir } from '../../../local/run-state.ts';
import { runSampleDay } from '../../../local/run-sample-day.ts';
import type { DayResult } from '../../../local/run-sample-day.ts';
import { sourcesProgramme } from '../../../local/sample-day/programme.ts';
import { startReportReceiver } from '../../../local/sample-day/report-receiver.ts';
import { samplePolicy } from '../../../local/sample-day/sample-policy.ts';
import { settledTally } from '../../../local/sample-day/settled-lines.ts';
import { progressOn } from '../../../local/terminal/progress.ts';
import type { TwilioSimulator } from '../../../local/twilio/simulator.ts';
import { dataDirFor } from './run-start.ts';

const repositoryDir = join(import.meta.dirname, '../../..');

/** One takes about twenty seconds on two idle cores; this is for busy ones. */
const partMs = 200_000;

/** The part of the day that is about sources, in this process and under this policy. */
async function playSources(name: string, wishes: PolicyWishes): Promise<DayResult> {
  const data = dataDirFor(name);
  const cacheDir = join(localDir(repositoryDir), 'assemblies');
  const assemblyDir = await stageAssembly({ repositoryDir, stageName: localStageName, cacheDir });
  const receiver = await startReportReceiver();
  const tally = settledTally();
  const sample = (twilio: TwilioSimulator) => samplePolicy(twilio, receiver.url);
  const policy = overlayOf(wishes);
  const pipeline = await startLocalPipeline({
    ...{ repositoryDir: data.path, assemblyDir, dataDir: data.path, port: 0 },
    policy: (twilio) => overlaid(sample(twilio), policy),
    functionLog: (_name, line) => tally.line(line),
    dayStartsAt: new Date('2027-03-04T08:00:00Z'),
  });
  receiver.verifyWith(Object.values(pipeline.secrets.reportSecrets));
  const progress = progressOn({ isTty: false, columns: 80, write: () => undefined }, { nowMs: () => 0 });
  try {
    return await runSampleDay({
      ...{ pipeline, tally, progress, policy, receiver, samplePolicy: policyUnder(sample(pipeline.twilio)) },
      ...{ transport: 'event-streams', recordingCallbacks: true, programme: sourcesProgramme() },
    });
  } finally {
    await pipeline.close();
    await receiver.close();
    data.remove();
  }
}

/** The two that are least like the sample's own policy, which the whole day is played under; all with EVERY_POLICY=1. */
const policies: readonly (readonly [string, PolicyWishes])[] = [
  ['confirmed by the archive alone', { deletion: { confirmedBy: 'archive' } }],
  ['with a contact for each call', { calabrio: { legModel: 'per-call' } }],
  ...(process.env['EVERY_POLICY'] === '1'
    ? ([
        ['confirmed by both', { deletion: { confirmedBy: 'both' } }],
        ['with a contact for each recording', { calabrio: { legModel: 'per-recording' } }],
      ] as const)
    : []),
];

describe('the sources of a day', () => {
  it.each(policies)(
    'are deleted where the script says so, %s, and nowhere else',
    async (_case, wishes) => {
      const { summary } = await playSources('every-policy', wishes);

      expect(summary).toMatchObject({ faults: [], deletedWithoutProof: 0, lost: 0, parked: 0 });
      expect(summary.sourcesDeleted).toBe(summary.deletionsExpected);
      expect(summary.sourcesDeleted).toBeGreaterThanOrEqual(5);
    },
    partMs,
  );
});
