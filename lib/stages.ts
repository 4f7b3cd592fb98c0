import type { StageSettings } from './stage-settings.ts';

/** As every stage begins: the two attributes that no team has to decide on, and nothing on workers. */
const enrichmentDefaults = {
  config: 'minimal',
  hipaaMode: false,
  workerWrites: false,
} satisfies Omit<StageSettings['enrichment'], 'mode'>;

/** As every stage begins: nothing is deleted, and each step on the way there is one that a person takes (docs/deploy.md, 7). */
const deletionOff = {
  enabled: false,
  dryRun: true,
  confirmedBy: 'calabrio',
  graceDays: 7,
  hourlyCap: 50,
  ingestProof: 20,
  breaker: { sampleSize: 20, openAtPercent: 25 },
  acceptLegs: [],
  waiveInsights: false,
  queues: {},
} satisfies Omit<StageSettings['deletion'], 'allowedAccountSids' | 'allowedWorkspaceSids'>;

/** As every tenant begins: the strictest leg model, and the API asked where there is a user for it. */
const calabrioDefaults = {
  legModel: 'per-reservation',
  verify: 'when-configured',
  legTimeoutHours: 72,
  api: { baseUrl: 'https://calabrio.example.com', requestsPerSecond: 5 },
  correlationObject: 'archive',
  metadataNames: {
    recordingSid: 'archive_recording_sid',
    taskSid: 'archive_task_sid',
    conferenceSid: 'archive_conference_sid',
  },
  acd: {
    timeZone: 'America/Denver',
    agentNameFormat: 'First Name Last Name',
    products: ['quality-management-voice'],
  },
} satisfies Omit<NonNullable<StageSettings['calabrio']>, 'tenantId'>;

/** As every stage begins: everything is kept for ever, and what is not a call stays with Twilio. */
const keepingDefaults = {
  linkTranscripts: false,
  products: 'voice',
  encryptedRecordings: 'decrypt',
  retention: { config: 'keep-everything', classesInUse: ['standard'] },
  erasure: { opensGovernanceLocks: false },
  sweep: { lookBackHours: 48, settleMinutes: 15, recordedQueues: {} },
} satisfies Partial<StageSettings>;

const dev = {
  production: false,
  aws: { accountConcurrencyLimit: 1000, ownsApiGatewayAccountSettings: true },
  tags: { owner: 'contact-centre-platform' },
  logRetentionDays: 14,
  parkedRetentionDays: 30,
  twilio: { accountSid: 'AC0123456789abcdef0123456789abcdef', workspaceSid: 'WS0123456789abcdef0123456789abcdef' },
  linkMode: 'segment-link',
  onExistingLink: 'replace',
  ...keepingDefaults,
  enrichment: { ...enrichmentDefaults, mode: 'fill' },
  conferenceEvents: false,
  deletion: {
    ...deletionOff,
    allowedAccountSids: ['AC0123456789abcdef0123456789abcdef'],
    allowedWorkspaceSids: ['WS0123456789abcdef0123456789abcdef'],
  },
  calabrio: { tenantId: 1001, ...calabrioDefaults },
  reportTargets: [],
  throttles: {
    events: { ratePerSecond: 100, burst: 200 },
    calabrio: { ratePerSecond: 20, burst: 40 },
    playback: { ratePerSecond: 20, burst: 40 },
    messages: { ratePerSecond: 20, burst: 40 },
    health: { ratePerSecond: 5, burst: 10 },
  },
  maxConcurrency: {
    'enrich-task': 10,
    'archive-recording': 10,
    'link-recording': 10,
    'calabrio-status': 5,
    'delete-source': 2,
    'report-status': 5,
    'create-review-task': 2,
    'archive-transcript': 5,
    'erase-subject': 2,
  },
  sourceIpPolicy: 'off',
} satisfies StageSettings;

const prod = {
  production: true,
  aws: {
    accountConcurrencyLimit: 1000,
    permissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/workload-boundary',
    ownsApiGatewayAccountSettings: false,
  },
  tags: { owner: 'contact-centre-platform', 'data-class': 'customer-voice' },
  customDomain: {
    domainName: 'recordings.example.com',
    certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-0000-0000-000000000000',
  },
  logRetentionDays: 90,
  parkedRetentionDays: 90,
  alarmTopicArn: 'arn:aws:sns:eu-west-1:111122223333:contact-centre-alarms',
  twilio: { accountSid: 'ACfedcba9876543210fedcba9876543210', workspaceSid: 'WSfedcba9876543210fedcba9876543210' },
  linkMode: 'segment-link',
  onExistingLink: 'replace',
  ...keepingDefaults,
  enrichment: { ...enrichmentDefaults, mode: 'observe' },
  conferenceEvents: false,
  deletion: {
    ...deletionOff,
    allowedAccountSids: ['ACfedcba9876543210fedcba9876543210'],
    allowedWorkspaceSids: ['WSfedcba9876543210fedcba9876543210'],
  },
  calabrio: { tenantId: 2001, ...calabrioDefaults },
  reportTargets: [],
  throttles: {
    events: { ratePerSecond: 500, burst: 1000 },
    calabrio: { ratePerSecond: 100, burst: 200 },
    playback: { ratePerSecond: 100, burst: 200 },
    messages: { ratePerSecond: 50, burst: 100 },
    health: { ratePerSecond: 5, burst: 10 },
  },
  maxConcurrency: {
    'enrich-task': 50,
    'archive-recording': 30,
    'link-recording': 50,
    'calabrio-status': 20,
    'delete-source': 2,
    'report-status': 20,
    'create-review-task': 5,
    'archive-transcript': 10,
    'erase-subject': 2,
  },
  sourceIpPolicy: 'off',
} satisfies StageSettings;

/**
 * What `npm start` plays: every part is switched on, with the example of the property-management contact centre. Everything
 * in it is fictional and it is meant for no deployment: nothing refuses one, and it would take events of an account that
 * does not exist.
 */
const sample = {
  ...dev,
  tags: { owner: 'nobody' },
  twilio: { accountSid: 'AC00112233445566778899aabbccddeeff', workspaceSid: 'WS00112233445566778899aabbccddeeff' },
  linkMode: 'both',
  products: 'voice-and-digital',
  flexPlayer: { origins: ['https://flex.twilio.com'], roles: ['admin', 'supervisor'], cacheSeconds: 60 },
  retention: {
    config: 'contact-centre',
    classesInUse: ['no-consent', 'regulated', 'messages', 'standard'],
  },
  erasure: { opensGovernanceLocks: true },
  enrichment: {
    mode: 'fill',
    config: 'property-management',
    hipaaMode: false,
    workerWrites: true,
    customerLookup: {
      urlTemplate: 'https://crm.example.com/customers?phone={phone}',
      timeoutMilliseconds: 1_000,
      cacheSeconds: 300,
      openAfterFailures: 5,
      openSeconds: 60,
    },
  },
  conferenceEvents: true,
  reviewTasks: {
    workflowSid: 'WW00112233445566778899aabbccddeeff',
    taskChannel: 'default',
    priority: 0,
    timeoutSeconds: 86_400,
  },
  outboundSms: {
    workflowSid: 'WW00112233445566778899aabbccddee01',
    queueSid: 'WQ00112233445566778899aabbccddee01',
    taskChannel: 'sms',
    longLived: true,
    callers: [{ name: 'crm', ratePerSecond: 15, burst: 30 }],
  },
  deletion: {
    ...deletionOff,
    allowedAccountSids: ['AC00112233445566778899aabbccddeeff'],
    allowedWorkspaceSids: ['WS00112233445566778899aabbccddeeff'],
  },
} satisfies StageSettings;

/**
 * The stages that `npx cdk deploy --all -c stage=<name>` knows. The values of dev and prod are examples: put yours in.
 *
 * No secret belongs here: tokens and keys are put into Secrets Manager after the first deployment (docs/deploy.md).
 */
export const stages = { dev, prod, sample } satisfies Record<string, StageSettings>;
