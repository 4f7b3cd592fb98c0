import { CfnOutput, RemovalPolicy } from 'aws-cdk-lib';
import { DomainName, EndpointType, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayDomain } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { StageSettings } from '../stage-settings.ts';

/**
 * The host name in every link ever written. It outlives the API behind it: the pipeline stack maps it to the API that is
 * in force, and a rebuilt pipeline maps it anew.
 */
export class PlaybackDomain extends Construct {
  constructor(scope: Construct, id: string, props: NonNullable<StageSettings['customDomain']>) {
    super(scope, id);
    const domain = new DomainName(this, 'Domain', {
      domainName: props.domainName,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', props.certificateArn),
      endpointType: EndpointType.REGIONAL,
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    domain.applyRemovalPolicy(RemovalPolicy.RETAIN);
    new CfnOutput(this, 'Target', {
      description: `The name that ${props.domainName} must lead to in DNS`,
      value: domain.domainNameAliasDomainName,
    });
    if (props.hostedZone === undefined) return;
    const record = new ARecord(this, 'Record', {
      zone: HostedZone.fromHostedZoneAttributes(this, 'Zone', {
        hostedZoneId: props.hostedZone.id,
        zoneName: props.hostedZone.name,
      }),
      recordName: `${props.domainName}.`,
      target: RecordTarget.fromAlias(new ApiGatewayDomain(domain)),
    });
    record.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}
