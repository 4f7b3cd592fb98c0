import type { StageSettings } from './stage-settings.ts';

/**
 * The stages that can be deployed, `npx cdk deploy --all -c stage=<name>`. The values are examples: put yours in.
 *
 * No secret belongs here: tokens and keys are put into Secrets Manager after the first deployment (docs/deploy.md).
 */
export const stages = {
  dev: {
    production: false,
    aws: { accountConcurrencyLimit: 1000, ownsApiGatewayAccountSettings: true },
    tags: { owner: 'contact-centre-platform' },
    logRetentionDays: 14,
    parkedRetentionDays: 30,
    twilio: { accountSid: 'AC0123456789abcdef0123456789abcdef', workspaceSid: 'WS0123456789abcdef0123456789abcdef' },
    linkMode: 'segment-link',
    onExistingLink: 'replace',
    enrichmentMode: 'fill',
    throttles: {
      events: { ratePerSecond: 100, burst: 200 },
      playback: { ratePerSecond: 20, burst: 40 },
      health: { ratePerSecond: 5, burst: 10 },
    },
    maxConcurrency: { 'enrich-task': 10, 'archive-recording': 10, 'link-recording': 10 },
    sourceIpPolicy: 'off',
  },
  prod: {
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
    enrichmentMode: 'observe',
    throttles: {
      events: { ratePerSecond: 500, burst: 1000 },
      playback: { ratePerSecond: 100, burst: 200 },
      health: { ratePerSecond: 5, burst: 10 },
    },
    maxConcurrency: { 'enrich-task': 50, 'archive-recording': 30, 'link-recording': 50 },
    sourceIpPolicy: 'off',
  },
} satisfies Record<string, StageSettings>;
