import { Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readStage } from '../../lib/stage-settings.ts';
import { stages } from '../../lib/stages.ts';
import { appWithoutBundles, synthesized, synthesizedStage } from '../support/infra/synthesized.ts';
import type { SynthesizedStage } from '../support/infra/synthesized.ts';

const findings = (app: SynthesizedStage['app']) =>
  new AwsSolutionsChecks(app).validateScope(app).violations.map(({ ruleName }) => ruleName);

describe('the AWS Solutions rules', () => {
  it.each(['dev', 'prod', 'sample'] as const)('find nothing in %s that is not answered with its reason', (name) => {
    expect(findings(synthesizedStage(name).app)).toEqual([]);
  });

  it('find nothing in a stage that names its account and region', () => {
    const aws = { ...stages.dev.aws, account: '111122223333', region: 'eu-west-1' };

    expect(findings(synthesized(readStage({ dev: { ...stages.dev, aws } }, 'dev')).app)).toEqual([]);
  });

  it('find a queue without TLS and dead letters, so the check can fail', () => {
    const app = appWithoutBundles();
    new Queue(new Stack(app, 'Careless'), 'Queue');

    expect(findings(app)).toEqual(expect.arrayContaining(['AwsSolutions-SQS3', 'AwsSolutions-SQS4']));
  });
});
