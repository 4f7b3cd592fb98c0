import { App } from 'aws-cdk-lib';
import { EnrichmentConfigError } from '../lib/enrichment-config.ts';
import { buildStage, customMetricCount } from '../lib/pipeline-app.ts';
import { readStage, StageTableError } from '../lib/stage-settings.ts';
import { RetentionConfigError } from '../lib/retention-config.ts';
import { stages } from '../lib/stages.ts';

try {
  const app = new App();
  const stageName: unknown = app.node.tryGetContext('stage') ?? 'dev';
  const stage = readStage(stages, String(stageName));
  const stacks = buildStage(app, stage);
  process.stderr.write(`stage ${stage.name}: at most ${customMetricCount(stacks)} custom metrics\n`);
} catch (error) {
  // The person who reads this edits a table or a configuration; where in our code it was found helps nobody.
  const expected = [StageTableError, EnrichmentConfigError, RetentionConfigError];
  if (!(error instanceof Error) || !expected.some((one) => error instanceof one)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
