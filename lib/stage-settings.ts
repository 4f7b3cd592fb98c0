import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod/mini';
import { calabrioFaults, calabrioSchema } from './calabrio-settings.ts';
import { concurrencyFaults, maxConcurrencySchema } from './concurrency-settings.ts';
import { deletionFaults, deletionSchema } from './deletion-settings.ts';
import { enrichmentFaults, enrichmentSchema } from './enrichment-settings.ts';
import { faultList, issueText } from './fault-text.ts';
import { flexPlayerFaults, flexPlayerSchema } from './flex-player-settings.ts';
import { linkLengthFaults } from './link-length.ts';
import { outboundSmsFaults, outboundSmsSchema } from './outbound-sms-settings.ts';
import { policyFaults } from './policy.ts';
import { reportTargetFaults, reportTargetSchema } from './report-target-settings.ts';
import { erasureSchema, retentionSchema } from './retention-settings.ts';
import { reviewTasksSchema } from './review-task-settings.ts';
import { sharedAccountFaults } from './shared-accounts.ts';
import { accountSidText, text, wholeNumber, workspaceSidText, yesOrNo } from './setting-shapes.ts';
import { sweepSchema } from './sweep-settings.ts';
import { throttlesSchema } from './throttle-settings.ts';

const daysThatLogsKnow = z
  .int('wanted a whole number of days')
  .check(
    z.refine(
      (days: number) => days in RetentionDays,
      'wanted a number of days that CloudWatch Logs knows: 1, 3, 5, 7, 14, 30, 60, 90, …',
    ),
  );

/**
 * What a platform team says about one stage. The table is in `stages.ts`; it is checked whole when it is read, so that a
 * fault in it stops the synth with its name, and never a deployment or a message.
 */
const stageSettingsSchema = z.strictObject({
  /** Production: needs a custom domain, because the links it writes are for ever. */
  production: yesOrNo,
  aws: z.strictObject({
    /** @default - the account and region of the credentials that deploy */
    account: z.optional(text('12 digits', /^\d{12}$/)),
    region: z.optional(text('a region such as eu-west-1', /^[a-z]{2}(-[a-z]+)+-\d$/)),
    /** How many functions of this account may run at once, as Service Quotas states it. */
    accountConcurrencyLimit: wholeNumber(10, 1_000_000, 'concurrent executions'),
    /** The ARN of the managed policy that bounds every role. @default - no boundary */
    permissionsBoundaryArn: z.optional(
      text('the ARN of a managed policy', /^arn:[a-z-]+:iam::(\d{12}|aws):policy\/.+$/),
    ),
    /** True makes the stack with the account's one API Gateway logging role; false says that the account has one already. */
    ownsApiGatewayAccountSettings: yesOrNo,
  }),
  tags: z.record(
    text('a tag name of 1 to 128 characters', /^.{1,128}$/),
    text('a tag value of at most 256 characters', /^.{0,256}$/),
  ),
  customDomain: z.optional(
    z.strictObject({
      domainName: text('a host name in lower case', /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/),
      certificateArn: text('the ARN of an ACM certificate', /^arn:[a-z-]+:acm:[a-z0-9-]+:\d{12}:certificate\/.+$/),
      /** The Route 53 zone that gets the alias record. @default - no record; point your DNS at the stack's output */
      hostedZone: z.optional(
        z.strictObject({
          id: text('the id of a hosted zone', /^Z[A-Z0-9]{5,}$/),
          name: text('the name of a hosted zone', /^([a-z0-9-]+\.)+[a-z]{2,}$/),
        }),
      ),
    }),
  ),
  logRetentionDays: daysThatLogsKnow,
  /** How long the text of a parked message is kept in the archive bucket. */
  parkedRetentionDays: wholeNumber(14, 3_650, 'days'),
  /** The SNS topic that every alarm tells. @default - alarms are seen in the console only */
  alarmTopicArn: z.optional(text('the ARN of an SNS topic', /^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:.+$/)),
  twilio: z.strictObject({
    accountSid: accountSidText,
    workspaceSid: workspaceSidText,
    /** The stage that may have the same Twilio account: both then receive every event of it. @default - none may */
    sharesTwilioAccountWith: z.optional(z.string('wanted the name of a stage')),
  }),
  /** Where on a task its recording is put: into `conversations.segment_link`, as media of the player, both, or nowhere. */
  linkMode: z.enum(['segment-link', 'media', 'both', 'none'], 'wanted segment-link, media, both or none'),
  onExistingLink: z.enum(['replace', 'keep', 'fill'], 'wanted replace, keep or fill'),
  /** True: Twilio's transcripts are put onto tasks in writing as media. */
  linkTranscripts: yesOrNo,
  /** What is archived: the sound of calls, or what was written in other channels as well. */
  products: z.enum(['voice', 'voice-and-digital'], 'wanted voice or voice-and-digital'),
  /** Who may play by a Flex token. @default - nobody: links with a key alone play */
  flexPlayer: z.optional(flexPlayerSchema),
  /** What is archived of a recording that Twilio encrypted: its sound, or the ciphertext with its envelope. */
  encryptedRecordings: z.enum(['decrypt', 'keep-ciphertext'], 'wanted decrypt or keep-ciphertext'),
  retention: retentionSchema,
  erasure: erasureSchema,
  sweep: sweepSchema,
  /** What is written onto tasks and workers, and by which file of config/enrichment. */
  enrichment: enrichmentSchema,
  /** True where a plug-in of the team's gives conferences our status callback; makes the route that takes it. */
  conferenceEvents: yesOrNo,
  /** Review tasks: for agents to listen to past calls that nobody dealt with. @default - none are made */
  reviewTasks: z.optional(reviewTasksSchema),
  /** Messages to customers that other systems ask for. @default - the route is not there */
  outboundSms: z.optional(outboundSmsSchema),
  /** When a source may be deleted at Twilio; as a stage is made: never. */
  deletion: deletionSchema,
  /** The Calabrio tenant. @default - none: no contact status is received, and none is waited for */
  calabrio: z.optional(calabrioSchema),
  /** Who is told of contact statuses, or of agents' states. */
  reportTargets: z.array(reportTargetSchema, 'wanted a list of targets'),
  /** What each method of the API takes before it answers 429; `gateway-routes.ts` says which of these a route has. */
  throttles: throttlesSchema,
  maxConcurrency: maxConcurrencySchema,
  /**
   * From where Twilio may call. With a list of networks, an event from any other address is refused, and when Twilio
   * changes its addresses every event is refused until the list is changed: lost, once Twilio has stopped trying.
   */
  sourceIpPolicy: z.union(
    [
      z.literal('off'),
      z.strictObject({
        allowedNetworks: z
          .array(text('an IPv4 network such as 192.0.2.0/24', /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/))
          .check(z.minLength(1, 'wanted at least one network')),
      }),
    ],
    'wanted off, or { allowedNetworks: [...] } with IPv4 networks such as 192.0.2.0/24',
  ),
});

export type StageSettings = z.infer<typeof stageSettingsSchema>;

export interface Stage extends StageSettings {
  readonly name: string;
}

/** The stage table cannot be used; the message names every fault in it. */
export class StageTableError extends Error {
  override readonly name = 'StageTableError';
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faultList('the stage table (lib/stages.ts)', faults));
    this.faults = faults;
  }
}

/**
 * The settings of one stage, after the whole table was checked.
 *
 * @throws {StageTableError} naming every fault at once, also those of stages that were not asked for.
 */
export function readStage(table: Readonly<Record<string, unknown>>, name: string): Stage {
  const faults: string[] = [];
  const stages = new Map<string, Stage>();
  for (const [stageName, settings] of Object.entries(table)) {
    const read = stageSettingsSchema.safeParse(settings, { reportInput: true });
    if (read.success) stages.set(stageName, { name: stageName, ...read.data });
    else faults.push(...read.error.issues.map((issue) => issueText(stageName, issue)));
    if (!/^[a-z][a-z0-9-]{0,15}$/.test(stageName))
      faults.push(`${stageName}: wanted a stage name of at most 16 lower-case letters, digits and hyphens`);
  }
  const ownHosts = [...stages.values()].flatMap(({ customDomain }) =>
    customDomain === undefined ? [] : [customDomain.domainName],
  );
  for (const stage of stages.values()) faults.push(...faultsOf(stage), ...reportTargetFaults(stage, ownHosts));
  faults.push(...sharedAccountFaults([...stages.values()]));
  if (!(name in table))
    faults.push(
      `no stage is called "${name}"; there are: ${Object.keys(table).join(', ')}. Name one with -c stage=<name>`,
    );
  const stage = stages.get(name);
  if (faults.length > 0 || stage === undefined) throw new StageTableError(faults);
  return stage;
}

function faultsOf(stage: Stage): readonly string[] {
  const faults: string[] = [];
  if (stage.name === 'prod' && !stage.production)
    faults.push('prod.production is false: a stage called prod is production');
  if (stage.production && stage.customDomain === undefined) {
    faults.push(
      `${stage.name}.customDomain is missing: links are for ever, so production needs a domain that outlives the API; give domainName and certificateArn`,
    );
  }
  return [
    ...faults,
    ...linkLengthFaults(stage),
    ...concurrencyFaults(stage),
    ...flexPlayerFaults(stage),
    ...outboundSmsFaults(stage),
    ...enrichmentFaults(stage),
    ...deletionFaults(stage),
    ...calabrioFaults(stage),
    ...policyFaults(stage),
  ];
}
