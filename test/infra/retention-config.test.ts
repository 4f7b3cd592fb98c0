import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { buildStage } from '../../lib/pipeline-app.ts';
import { RetentionConfigError, retentionFolder, stageRetention } from '../../lib/retention-config.ts';
import { readStage, StageTableError } from '../../lib/stage-settings.ts';
import { stages } from '../../lib/stages.ts';
import { appWithoutBundles, synthesizedStage } from '../support/infra/synthesized.ts';

const root = mkdtempSync(join(tmpdir(), 'retention-config-'));
mkdirSync(join(root, 'config', 'retention'), { recursive: true });
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What the synth says of a file: its rules and warnings, or the faults for which it stops. */
function judged(file: object | string, retention: Partial<(typeof stages.dev)['retention']> = {}) {
  writeFileSync(join(root, 'config', 'retention', 'team.json'), typeof file === 'string' ? file : JSON.stringify(file));
  try {
    return stageRetention(
      { name: 'dev', retention: { config: 'team', classesInUse: ['short', 'standard'], ...retention } },
      root,
    );
  } catch (error) {
    if (error instanceof RetentionConfigError) return { faults: error.faults, message: error.message };
    throw error;
  }
}

const short = { name: 'short', when: { consent: ['refused'] }, days: 7 };
const standard = { name: 'standard', storage: [{ afterDays: 90, storageClass: 'GLACIER_IR' }] };

describe('the retention configuration at synth', () => {
  it('is silent about what the stages are shipped with', () => {
    for (const name of ['dev', 'prod', 'sample'] as const) {
      expect(stageRetention(readStage(stages, name)).warnings).toEqual([]);
      expect(Annotations.fromStack(synthesizedStage(name).stacks.stateful).findWarning('*', Match.anyValue())).toEqual(
        [],
      );
    }
  });

  it('keeps everything for ever in dev and prod, as shipped', () => {
    expect(stageRetention(readStage(stages, 'dev')).rules).toEqual([]);
    expect(stageRetention(readStage(stages, 'prod')).rules).toEqual([]);
  });

  it('gives a rule for each class under which S3 has anything to do', () => {
    expect(judged({ classes: [short, standard] })).toEqual({
      warnings: [],
      rules: [
        { id: 'retention-short', tags: { retention: 'short', held: 'no' }, expireAfterDays: 7, transitions: [] },
        {
          id: 'retention-standard',
          tags: { retention: 'standard', held: 'no' },
          transitions: [{ afterDays: 90, storageClass: 'GLACIER_IR' }],
        },
      ],
    });
  });

  it('stops for a name that no file has, and says which was probably meant', () => {
    expect(judged({ classes: [standard] }, { config: 'taem' })).toMatchObject({
      faults: [
        'dev.retention.config is "taem": config/retention has no taem.json; there are: team. Did you mean "team"?',
      ],
    });
  });

  it('stops for a file that is no JSON', () => {
    expect(judged('{')).toMatchObject({
      message: expect.stringMatching(/^config\/retention\/team\.json has a fault:\n/),
    });
  });

  it('stops for what S3 would refuse, with path and value, under the file’s name', () => {
    const soon = { ...standard, storage: [{ afterDays: 3, storageClass: 'STANDARD_IA' }] };

    expect(judged({ classes: [short, soon] })).toMatchObject({
      faults: [expect.stringMatching(/^classes\[1\]\.storage\[0\]\.afterDays is 3; allowed is 30 days or more/)],
    });
  });

  it('stops for a class of which the stage does not say that it is in use', () => {
    expect(judged({ classes: [short, standard] }, { classesInUse: ['standard'] })).toMatchObject({
      faults: [
        'dev.retention.classesInUse lacks "short", a class of config/retention/team.json: add it, so that it is missed when it leaves that file',
      ],
    });
  });

  it('warns of a class that left the file, whose objects are then kept for ever', () => {
    expect(judged({ classes: [standard] })).toMatchObject({
      warnings: [expect.stringMatching(/^dev\.retention\.classesInUse has "short" and .* is kept for ever/)],
    });
  });

  it('prints the warning at the stack that holds the archive', () => {
    const retention = { ...stages.dev.retention, classesInUse: ['standard', 'older'] };
    const { stateful } = buildStage(appWithoutBundles(), readStage({ dev: { ...stages.dev, retention } }, 'dev'));

    expect(stateful.node.metadata.filter(({ type }) => type === 'aws:cdk:warning')).toEqual([
      expect.objectContaining({
        data: expect.stringContaining('dev.retention.classesInUse has "older"'),
      }),
    ]);
  });

  it('wants a file’s name without its folder and without .json', () => {
    const retention = { ...stages.dev.retention, config: 'keep-everything.json' };

    expect(() => readStage({ dev: { ...stages.dev, retention } }, 'dev')).toThrow(StageTableError);
  });
});

describe('the files beside the bundles of archive-recording and archive-transcript', () => {
  it('are all configurations, and not their schema', () => {
    judged({ classes: [standard] });
    writeFileSync(join(root, 'config', 'retention', 'schema.json'), '{}');

    expect(retentionFolder.files(root)).toEqual({ paths: ['config/retention/team.json'], folder: 'retention' });
    expect(retentionFolder.files().paths).toContain('config/retention/keep-everything.json');
  });
});
