import { Annotations } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Stage } from '../stage-settings.ts';

/**
 * The API's resource policy for a stage that names the networks from which Twilio calls; undefined when the policy is off.
 *
 * Playback stays open to all: agents and supervisors listen from anywhere.
 */
export function sourceIpPolicy(scope: Construct, stage: Stage): PolicyDocument | undefined {
  if (stage.sourceIpPolicy === 'off') return undefined;
  Annotations.of(scope).addInfo(
    `${stage.name}.sourceIpPolicy is on: if Twilio calls from an address outside ${stage.sourceIpPolicy.allowedNetworks.join(', ')}, its events are refused, and lost once Twilio has stopped trying.`,
  );
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: ['execute-api:Invoke'],
        resources: ['execute-api:/*'],
      }),
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['execute-api:Invoke'],
        resources: ['execute-api:/*/POST/twilio/*'],
        conditions: { NotIpAddress: { 'aws:SourceIp': stage.sourceIpPolicy.allowedNetworks } },
      }),
    ],
  });
}
