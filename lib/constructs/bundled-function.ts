import { join } from 'node:path';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction, OutputFormat, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { ICommandHooks } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { functionTimeouts } from '../function-timeouts.ts';
import { metricsNamespace } from '../naming.ts';
import type { FunctionName } from '../naming.ts';
import { grant } from '../permission.ts';
import type { Permission } from '../permission.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import type { Alarming } from './runbook-alarm.ts';

const repository = join(import.meta.dirname, '..', '..');

/** What people lose, by what fails; each is a sentence that begins an alarm. */
export interface FunctionImpact {
  /**
   * The function failed as a whole: it crashed, ran out of time or memory, or could not be built. Of a function that says
   * something by its errors, the alarm that tells when it failed instead.
   */
  readonly errors: string | { readonly alarmedAs: string };
  /** Lambda refused to start it, because the account or the function is at its limit. */
  readonly throttles: string;
}

/** Files of the repository, and the folder beside the bundle that they are copied to. */
export interface BundledFiles {
  readonly paths: readonly string[];
  readonly folder: string;
}

export interface BundledFunctionProps {
  /** The folder in lambdas/, and the name in alarms and metrics. */
  readonly name: FunctionName;
  readonly environment: Readonly<Record<string, string>>;
  readonly permissions: readonly Permission[];
  readonly logRetentionDays: number;
  readonly alarming: Alarming;
  readonly impact: FunctionImpact;
  readonly memorySizeMegabytes: number;
  /** Switches of Node's own. @default - none */
  readonly nodeOptions?: string;
  /** Files that the function reads beside its bundle. @default - none */
  readonly files?: BundledFiles;
}

/** A function as it is deployed: one file, the SDK in it, Node 24 on arm64, its own role and log group, and its alarms. */
export class BundledFunction extends Construct {
  readonly function: NodejsFunction;
  private readonly props: BundledFunctionProps;

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    this.props = props;
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.function = new NodejsFunction(this, 'Function', {
      entry: join(repository, 'lambdas', props.name, 'index.ts'),
      projectRoot: repository,
      depsLockFilePath: join(repository, 'package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: functionTimeouts[props.name],
      memorySize: props.memorySizeMegabytes,
      role: this.role(logGroup),
      logGroup,
      tracing: Tracing.ACTIVE,
      environment: {
        ...props.environment,
        ...commonEnvironment(props.alarming.stageName, props.name),
        ...(props.nodeOptions !== undefined && { NODE_OPTIONS: props.nodeOptions }),
      },
      bundling: { ...bundling, commandHooks: beside(props.files) },
    });
    // A function of ours answers for every message, so one error is one too many: it was killed, or could not start.
    const { errors, throttles } = props.impact;
    if (typeof errors === 'string') this.alarm('errors', errors, { period: Duration.minutes(15), periods: 1 });
    this.alarm('throttles', throttles, { period: Duration.minutes(5), periods: 2 });
  }

  /** Only this log group, instead of AWS's managed policy, which allows every one. */
  private role(logGroup: LogGroup): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    grant(role, this.props.permissions);
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'xray:PutTraceSegments and xray:PutTelemetryRecords know no resources; nothing else is allowed on *, and a test holds it so.',
    });
    return role;
  }

  private alarm(
    kind: keyof FunctionImpact,
    impact: string,
    during: { readonly period: Duration; readonly periods: number },
  ): void {
    new RunbookAlarm(this, {
      alarming: this.props.alarming,
      name: `${this.props.name}-${kind}`,
      impact,
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: kind === 'errors' ? 'Errors' : 'Throttles',
        dimensionsMap: { FunctionName: this.function.functionName },
        statistic: Stats.SUM,
        period: during.period,
      }),
      when: { above: 0 },
      periods: during.periods,
    });
  }
}

function commonEnvironment(stageName: string, name: FunctionName) {
  return {
    POWERTOOLS_SERVICE_NAME: name,
    POWERTOOLS_METRICS_NAMESPACE: metricsNamespace(stageName),
  };
}

/**
 * What is put beside a bundle: the word that it is CommonJS, and the function's files.
 *
 * On Lambda it is CommonJS without a word, but a bundle that is run from inside this repository would otherwise be taken for
 * an ES module, as package.json here says.
 */
function beside(files: BundledFiles | undefined): ICommandHooks {
  return {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (input: string, output: string) => [
      `echo '{"type":"commonjs"}' > "${output}/package.json"`,
      ...(files === undefined ? [] : [`mkdir "${output}/${files.folder}"`]),
      ...(files?.paths ?? []).map((path) => `cp "${input}/${path}" "${output}/${files?.folder ?? ''}/"`),
    ],
  };
}

const bundling = {
  // Sizes are `npm run bench`'s to say; a synth that goes well says nothing.
  logLevel: LogLevel.WARNING,
  format: OutputFormat.CJS,
  target: 'node24',
  // The packages' ES modules first: only those are shaken free of what is not used.
  mainFields: ['module', 'main'],
  minify: true,
  // The map goes along for whoever reads a stack (docs/runbook.md). It is not switched on with --enable-source-maps: Node
  // then reads it at every cold start, 20 ms and 10 MB for archive-recording (Node 24.21, 2026-11).
  sourceMap: true,
  sourceMapMode: SourceMapMode.DEFAULT,
  sourcesContent: false,
  // The SDK that was tested is the one that runs, and a bundled one starts faster than the runtime's.
  bundleAwsSDK: true,
  externalModules: [],
  forceDockerBundling: false,
};
