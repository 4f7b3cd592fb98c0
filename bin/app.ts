import { App } from 'aws-cdk-lib';
import { buildStage } from '../lib/pipeline-app.ts';
import { readStage } from '../lib/stage-settings.ts';
import { stages } from '../lib/stages.ts';

const app = new App();
const stageName: unknown = app.node.tryGetContext('stage') ?? 'dev';
buildStage(app, readStage(stages, String(stageName)));
app.synth();
