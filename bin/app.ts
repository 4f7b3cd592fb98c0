import { App } from 'aws-cdk-lib';
import { buildStage, customMetricCount } from '../lib/pipeline-app.ts';
import { readStage } from '../lib/stage-settings.ts';
import { stages } from '../lib/stages.ts';

const app = new App();
const stageName: unknown = app.node.tryGetContext('stage') ?? 'dev';
const stage = readStage(stages, String(stageName));
const stacks = buildStage(app, stage);
process.stderr.write(`stage ${stage.name}: at most ${customMetricCount(stacks)} custom metrics\n`);
