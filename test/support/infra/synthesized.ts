import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod/mini';
import { buildStage } from '../../../lib/pipeline-app.ts';
import type { StageStacks } from '../../../lib/pipeline-app.ts';
import { readStage } from '../../../lib/stage-settings.ts';
import type { Stage, StageSettings } from '../../../lib/stage-settings.ts';
import { stages } from '../../../lib/stages.ts';

export const repository = join(import.meta.dirname, '..', '..', '..');

const cdkJson = z.object({ context: z.record(z.string(), z.unknown()) });

const outdirs: string[] = [];
afterAll(() => {
  for (const outdir of outdirs.splice(0)) rmSync(outdir, { recursive: true, force: true });
});

/** An app as `cdk synth` would start it, but for the bundles: these tests look at templates only. */
export function appWithoutBundles(): App {
  const { context } = cdkJson.parse(JSON.parse(readFileSync(join(repository, 'cdk.json'), 'utf8')));
  const outdir = mkdtempSync(join(tmpdir(), 'assembly-'));
  outdirs.push(outdir);
  return new App({ outdir, context: { ...context, 'aws:cdk:bundling-stacks': [] } });
}

export interface SynthesizedStage {
  readonly app: App;
  readonly stacks: StageStacks;
  readonly stateful: Template;
  readonly pipeline: Template;
}

/** The templates of a stage; `Template.fromStack` fails when resources wait for each other in a circle. */
export function synthesized(stage: Stage): SynthesizedStage {
  const app = appWithoutBundles();
  const stacks = buildStage(app, stage);
  return { app, stacks, stateful: Template.fromStack(stacks.stateful), pipeline: Template.fromStack(stacks.pipeline) };
}

const known = new Map<string, SynthesizedStage>();

/** The templates of a stage of the table, made once a test file. */
export function synthesizedStage(name: keyof typeof stages): SynthesizedStage {
  const made = known.get(name) ?? synthesized(readStage(stages, name));
  known.set(name, made);
  return made;
}

/** The settings of dev, with everything in them that a stage may have. */
export const everySetting = {
  ...stages.dev,
  conferenceEvents: true,
  enrichment: {
    ...stages.dev.enrichment,
    config: 'property-management',
    customerLookup: {
      urlTemplate: 'https://crm.example.com/customers?phone={phone}',
      timeoutMilliseconds: 800,
      cacheSeconds: 300,
      openAfterFailures: 5,
      openSeconds: 60,
    },
  },
  reviewTasks: {
    workflowSid: `WW${'5'.repeat(32)}`,
    taskChannel: 'default',
    priority: 10,
    timeoutSeconds: 86_400,
  },
  outboundSms: {
    workflowSid: `WW${'6'.repeat(32)}`,
    queueSid: `WQ${'6'.repeat(32)}`,
    taskChannel: 'sms',
    longLived: true,
    callers: [
      { name: 'crm', ratePerSecond: 5, burst: 10 },
      { name: 'billing-system', ratePerSecond: 1, burst: 2 },
    ],
  },
} satisfies StageSettings;

let withEverything: SynthesizedStage | undefined;

/** The templates of a stage that has everything, made once a test file. */
export function synthesizedEverything(): SynthesizedStage {
  withEverything ??= synthesized(readStage({ dev: everySetting }, 'dev'));
  return withEverything;
}

/** The properties that the tests look into; each resource has some of them. A value may be an intrinsic function. */
export interface TemplateProperties {
  readonly AccessLogSetting?: { readonly Format: string };
  readonly AlarmActions?: unknown;
  readonly AlarmDescription?: string;
  readonly AlarmName?: string;
  readonly ApiKeyRequired?: boolean;
  readonly ApiKeySourceType?: string;
  readonly AuthorizationType?: string;
  readonly Bucket?: unknown;
  readonly DisableExecuteApiEndpoint?: boolean;
  readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> };
  readonly EventSourceArn?: unknown;
  readonly FilterPattern?: string;
  readonly HttpMethod?: string;
  readonly Integration?: {
    readonly Uri?: unknown;
    readonly RequestTemplates?: Readonly<Record<string, string>>;
    readonly IntegrationResponses?: readonly IntegrationResponse[];
  };
  readonly LifecycleConfiguration?: { readonly Rules: readonly object[] };
  readonly LoggingConfig?: unknown;
  readonly ManagedPolicyArns?: unknown;
  readonly MethodSettings?: readonly MethodSetting[];
  readonly MetricTransformations?: readonly { readonly MetricName: string; readonly MetricNamespace: string }[];
  readonly ObjectLockConfiguration?: unknown;
  readonly ParentId?: unknown;
  readonly PathPart?: string;
  readonly PermissionsBoundary?: unknown;
  readonly Policies?: unknown;
  readonly PolicyDocument?: { readonly Statement: readonly Statement[] };
  readonly Queues?: readonly unknown[];
  readonly RedrivePolicy?: unknown;
  readonly ResourceId?: unknown;
  readonly ResponseParameters?: Readonly<Record<string, string>>;
  readonly ResponseTemplates?: Readonly<Record<string, string>>;
  readonly ResponseType?: string;
  readonly RetentionInDays?: number;
  readonly StatusCode?: string;
  readonly Tags?: unknown;
  readonly TracingEnabled?: boolean;
  readonly VisibilityTimeout?: number;
}

export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface IntegrationResponse {
  readonly StatusCode: string;
  readonly SelectionPattern?: string;
  readonly ResponseTemplates: Readonly<Record<string, string>>;
}

interface MethodSetting {
  readonly HttpMethod: string;
  readonly ResourcePath: string;
  readonly ThrottlingRateLimit?: number;
  readonly ThrottlingBurstLimit?: number;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties: TemplateProperties;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** All resources of a template, by logical id. */
export function allResources(template: Template): ReadonlyMap<string, TemplateResource> {
  const { Resources } = template.toJSON() as { readonly Resources: Readonly<Record<string, TemplateResource>> };
  return new Map(Object.entries(Resources));
}

/** The resources of a type, by logical id. */
export function resourcesOf(template: Template, type: string): ReadonlyMap<string, TemplateResource> {
  return new Map([...allResources(template)].filter(([, resource]) => resource.Type === type));
}

/** A template value as a person would write it: `arn:<AWS::Partition>:s3:::<ArchiveBucketName>/AC*`. */
export function spelled(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const [[name, argument] = ['', undefined]] = Object.entries(value) as [string, unknown][];
  if (name === 'Ref') return `<${String(argument)}>`;
  if (name === 'Fn::GetAtt') return `<${(argument as string[]).join('.')}>`;
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(spelled).join(separator);
  }
  throw new TypeError(`cannot spell ${name}: wanted Ref, Fn::GetAtt or Fn::Join`);
}
