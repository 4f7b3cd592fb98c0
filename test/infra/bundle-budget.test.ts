import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { budgetBytes, bundleFunction, functionNames, twilioRootInputs } from '../../bench/bundles.ts';
import { buildStage } from '../../lib/pipeline-app.ts';
import { readStage } from '../../lib/stage-settings.ts';
import { stages } from '../../lib/stages.ts';
import { everySetting, repository } from '../support/infra/synthesized.ts';

const directory = mkdtempSync(join(tmpdir(), 'bundle-budget-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const withEveryFunction = {
  ...stages.dev,
  reviewTasks: everySetting.reviewTasks,
  outboundSms: everySetting.outboundSms,
};

interface DeployedAsset {
  readonly bundle: Buffer;
  /** The folder that becomes the function's package. */
  readonly folder: string;
}

/** The asset of each function as it would be deployed, by the function's name. */
function synthesizedAssets(): ReadonlyMap<string, DeployedAsset> {
  const { context } = JSON.parse(readFileSync(join(repository, 'cdk.json'), 'utf8'));
  const app = new App({ outdir: join(directory, 'cdk.out'), context });
  const { pipeline } = buildStage(app, readStage({ dev: withEveryFunction }, 'dev'));
  app.synth();
  const functions = Object.values(Template.fromStack(pipeline).findResources('AWS::Lambda::Function'));
  return new Map(
    functions.map(({ Properties }) => {
      const hash = String(Properties.Code.S3Key).replace(/\.zip$/, '');
      const folder = join(directory, 'cdk.out', `asset.${hash}`);
      return [
        Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME,
        { folder, bundle: readFileSync(join(folder, 'index.js')) },
      ];
    }),
  );
}

const deployed = synthesizedAssets();

describe.each(functionNames())('the bundle of %s', (functionName) => {
  it('is what the benchmarks measure, byte for byte', async () => {
    const measured = await bundleFunction(functionName, directory);

    expect(deployed.get(functionName)?.bundle.equals(readFileSync(measured.file))).toBe(true);
  });

  it('keeps to its budget', () => {
    expect(deployed.get(functionName)?.bundle.length).toBeLessThanOrEqual(budgetBytes(functionName));
  });

  it('does not hold the root of the twilio package', async () => {
    const measured = await bundleFunction(functionName, directory);

    expect(twilioRootInputs(measured)).toEqual([]);
  });
});

describe('enrich-task', () => {
  it('has every configuration of the repository beside its bundle, and nothing else there', () => {
    const folder = join(deployed.get('enrich-task')?.folder ?? '', 'enrichment');
    const committed = join(repository, 'config', 'enrichment');
    const names = readdirSync(committed).filter((name) => name !== 'schema.json');

    expect(names).toContain('minimal.json');
    expect(readdirSync(folder).toSorted()).toEqual(names.toSorted());
    for (const name of names) expect(readFileSync(join(folder, name))).toEqual(readFileSync(join(committed, name)));
  });

  it('keeps to 900 kB, with JSONata and the phone numbers of every country in it', async () => {
    const { inputs } = await bundleFunction('enrich-task', directory);

    expect(deployed.get('enrich-task')?.bundle.length).toBeLessThanOrEqual(900_000);
    expect(inputs.some((input) => input.includes('node_modules/jsonata/'))).toBe(true);
    expect(inputs.some((input) => input.includes('node_modules/libphonenumber-js/'))).toBe(true);
  });
});
