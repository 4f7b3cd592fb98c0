import { PermissionsBoundary, Tags, Validations } from 'aws-cdk-lib';
import type { App, Stack, StackProps } from 'aws-cdk-lib';
import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { AccountSettingsStack } from './account-settings-stack.ts';
import { functionMetricCount } from './constructs/metric-families.ts';
import { serviceName, visibleName } from './naming.ts';
import { PipelineStack } from './pipeline-stack.ts';
import type { Stage } from './stage-settings.ts';
import { StatefulStack } from './stateful-stack.ts';

export interface StageStacks {
  readonly stateful: StatefulStack;
  readonly pipeline: PipelineStack;
  /** Absent when the account has its API Gateway logging role from elsewhere. */
  readonly accountSettings?: AccountSettingsStack;
}

/** Builds the stacks of one stage, with its tags and bounds, and has the AWS Solutions rules check them at synth. */
export function buildStage(app: App, stage: Stage): StageStacks {
  const stateful = new StatefulStack(app, visibleName(stage.name, 'stateful'), { ...stackProps(stage), stage });
  const pipeline = new PipelineStack(app, visibleName(stage.name, 'pipeline'), { ...stackProps(stage), stage });
  // No reference says so: the names pass through Parameter Store.
  pipeline.addStackDependency(stateful);
  const stacks = { stateful, pipeline, ...accountSettings(app, stage, pipeline) };
  tag(stage, Object.values<Stack>(stacks));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return stacks;
}

/** How many custom metrics the stage makes at most, not counting one for each reason that occurs; CloudWatch charges for each. */
export function customMetricCount({ pipeline }: StageStacks): number {
  const fromLogs = pipeline.node.findAll().filter((construct) => construct instanceof CfnMetricFilter);
  return functionMetricCount() + fromLogs.length;
}

function accountSettings(app: App, stage: Stage, pipeline: PipelineStack): Pick<StageStacks, 'accountSettings'> {
  if (!stage.aws.ownsApiGatewayAccountSettings) return {};
  const stack = new AccountSettingsStack(app, visibleName(stage.name, 'account-settings'), stackProps(stage));
  // A stage with an access log cannot be made before the account has the role.
  pipeline.addStackDependency(stack);
  return { accountSettings: stack };
}

function stackProps(stage: Stage): StackProps {
  const { account, region, permissionsBoundaryArn } = stage.aws;
  return {
    env: { ...(account !== undefined && { account }), ...(region !== undefined && { region }) },
    ...(permissionsBoundaryArn !== undefined && {
      permissionsBoundary: PermissionsBoundary.fromArn(permissionsBoundaryArn),
    }),
  };
}

function tag(stage: Stage, stacks: readonly Stack[]): void {
  const tags = { service: serviceName, stage: stage.name, ...stage.tags };
  for (const stack of stacks) {
    for (const [key, value] of Object.entries(tags)) Tags.of(stack).add(key, value);
  }
}
