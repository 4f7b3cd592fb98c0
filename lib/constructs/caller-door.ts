import { Duration } from 'aws-cdk-lib';
import { CfnApiKey, CfnUsagePlan, CfnUsagePlanKey, TokenAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import type { MethodOptions, RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { constructId, visibleName } from '../naming.ts';
import type { OutboundSmsSettings } from '../outbound-sms-settings.ts';

interface CallerDoorProps {
  readonly api: RestApi;
  readonly stageName: string;
  readonly callers: OutboundSmsSettings['callers'];
  /** The function that knows the callers' tokens. */
  readonly authorizer: IFunction;
}

/** How long a token that was let in, or denied, is not asked about again; so long a withdrawn one still opens. */
const KNOWN_FOR = Duration.seconds(60);

/** A bearer token as RFC 6750 spells it, long enough to be one of ours; for anything else no function runs. */
const BEARER = '^[Bb]earer [A-Za-z0-9._~+/-]{32,512}=*$';

/**
 * Lets in who has a token of the stage's, and each of them so often as the stage says.
 *
 * The token opens, by the authorizer. The API key opens nothing and is no secret: it is what a usage plan can be hung on,
 * and the authorizer alone names it (`apiKeySourceType` AUTHORIZER); one that a caller sends is not looked at.
 */
export class CallerDoor extends Construct {
  /** Of the methods behind the door. */
  readonly methodOptions: MethodOptions;

  constructor(scope: Construct, id: string, { api, stageName, callers, authorizer }: CallerDoorProps) {
    super(scope, id);
    for (const { name, ratePerSecond, burst } of callers) {
      const plan = new CfnUsagePlan(this, `${constructId(name)}Plan`, {
        usagePlanName: visibleName(stageName, name),
        apiStages: [{ apiId: api.restApiId, stage: api.deploymentStage.stageName }],
        throttle: { rateLimit: ratePerSecond, burstLimit: burst },
      });
      const key = new CfnApiKey(this, `${constructId(name)}Key`, {
        name: visibleName(stageName, name),
        value: `${apiKeyPrefix(stageName)}${name}`,
        enabled: true,
      });
      new CfnUsagePlanKey(this, `${constructId(name)}PlanKey`, {
        ...{ keyId: key.ref, keyType: 'API_KEY', usagePlanId: plan.ref },
      });
    }
    this.methodOptions = {
      apiKeyRequired: true,
      authorizer: new TokenAuthorizer(this, 'Authorizer', {
        handler: authorizer,
        identitySource: 'method.request.header.Authorization',
        validationRegex: BEARER,
        resultsCacheTtl: KNOWN_FOR,
      }),
    };
  }
}

/** What comes before a caller's name in the value of its API key, which API Gateway wants to have 20 characters. */
export function apiKeyPrefix(stageName: string): string {
  return visibleName(stageName, '');
}
