import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { budgetBytes, bundleFunction, functionNames, twilioRootInputs } from '../../bench/bundles.ts';
import { buildStage } from '../../lib/pipeline-app.ts';
import { readStage } from '../../lib/stage-settings.ts';
import { stages } from '../../lib/stages.ts';

const directory = mkdtempSync(join(tmpdir(), 'bundle-budget-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The bundle of each function as it would be deployed, by the function's name. */
function synthesizedBundles(): ReadonlyMap<string, Buffer> {
  const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'cdk.json'), 'utf8'));
  const app = new App({ outdir: join(directory, 'cdk.out'), context });
  const { pipeline } = buildStage(app, readStage(stages, 'dev'));
  app.synth();
  const functions = Object.values(Template.fromStack(pipeline).findResources('AWS::Lambda::Function'));
  return new Map(
    functions.map(({ Properties }) => {
      const hash = String(Properties.Code.S3Key).replace(/\.zip$/, '');
      const file = join(directory, 'cdk.out', `asset.${hash}`, 'index.js');
      return [Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME, readFileSync(file)];
    }),
  );
}

const deployed = synthesizedBundles();

describe.each(functionNames())('the bundle of %s', (functionName) => {
  it('is what the benchmarks measure, byte for byte', async () => {
    const measured = await bundleFunction(functionName, directory);

    expect(deployed.get(functionName)?.equals(readFileSync(measured.file))).toBe(true);
  });

  it('keeps to its budget', () => {
    expect(deployed.get(functionName)?.length).toBeLessThanOrEqual(budgetBytes(functionName));
  });

  it('does not hold the root of the twilio package', async () => {
    const measured = await bundleFunction(functionName, directory);

    expect(twilioRootInputs(measured)).toEqual([]);
  });
});
