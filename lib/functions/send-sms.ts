import type { Construct } from 'constructs';
import type { EnvVars } from '../../lambdas/send-sms/env.ts';
import { BundledFunction } from '../constructs/bundled-function.ts';
import { outboundSmsText } from '../outbound-sms-settings.ts';
import type { OutboundSmsSettings } from '../outbound-sms-settings.ts';
import { readSecrets, rememberMessages, useDataKey } from '../permissions.ts';
import { commonProps } from './pipeline-parts.ts';
import type { PipelineParts } from './pipeline-parts.ts';

/** Sends a message to a customer, and gives the conversation to the agent whose number it is from. */
export class SendSms extends BundledFunction {
  constructor(scope: Construct, parts: PipelineParts, outboundSms: OutboundSmsSettings) {
    const { stage, stateful } = parts;
    super(scope, 'SendSms', {
      ...commonProps(parts),
      name: 'send-sms',
      environment: {
        LEDGER_TABLE: stateful.ledgerTableName,
        TWILIO_SECRET_ARN: stateful.twilioSecretArn,
        SUBJECT_INDEX_KEY_SECRET_ARN: stateful.subjectIndexKeySecretArn,
        ACCOUNT_SID: stage.twilio.accountSid,
        WORKSPACE_SID: stage.twilio.workspaceSid,
        OUTBOUND_SMS: outboundSmsText(outboundSms),
      } satisfies EnvVars,
      permissions: [
        rememberMessages(stateful),
        useDataKey(scope, stateful),
        readSecrets(stateful.twilioSecretArn, stateful.subjectIndexKeySecretArn),
      ],
      memorySizeMegabytes: 512,
      impact: {
        errors: 'Messages to customers are not sent, or nobody is told that they were: agents cannot write first.',
        throttles: 'Messages to customers are refused at times: whoever asks for them has to ask again.',
      },
    });
  }
}
