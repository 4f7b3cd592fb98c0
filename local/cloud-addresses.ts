import type { LocalPipeline } from './local-pipeline.ts';
import { smsFromNumber } from './sms-desk.ts';

/** What a program needs to talk to the cloud; the first line of `--no-sample --json`. */
export function cloudAddresses(pipeline: LocalPipeline<{ readonly url: string }>) {
  const { cloud, aws, calabrio, twilioUrl, accountSid, workspaceSid, workflowSid, secrets } = pipeline;
  return {
    ready: true,
    api: cloud.apiUrl,
    publicUrl: cloud.publicUrl,
    aws: aws.url,
    region: cloud.region,
    ...cloud.operator,
    archiveBucket: cloud.archiveBucket,
    ledgerTable: cloud.ledgerTable,
    dynamodb: aws.url,
    twilio: twilioUrl,
    calabrio: calabrio.url,
    accountSid,
    authToken: secrets.authToken,
    apiKeySid: secrets.apiKeySid,
    apiKeySecret: secrets.apiKeySecret,
    workspaceSid,
    workflowSid,
    calabrioToken: secrets.calabrioToken,
    calabrioTenantId: calabrio.tenantId,
    reportSecrets: secrets.reportSecrets,
    smsToken: secrets.smsToken,
    smsFromNumber,
  };
}
