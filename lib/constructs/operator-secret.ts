import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

interface OperatorSecretProps {
  /** What it is for and the shape of its JSON; shown in the console to whoever fills it. */
  readonly description: string;
  readonly keyArn: string;
  /** Why it does not rotate by itself. */
  readonly whyNotRotated: string;
}

/**
 * A secret that an operator fills after the first deployment.
 *
 * It has no value until then. A made-up first value would look like a credential that is wrong; without one, the
 * function's error says that the secret is empty, and the events wait on their queues.
 */
export class OperatorSecret extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: OperatorSecretProps) {
    super(scope, id);
    const secret = new CfnSecret(this, 'Secret', { description: props.description, kmsKeyId: props.keyArn });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(this).acknowledge({ id: 'AwsSolutions-SMG4', reason: props.whyNotRotated });
    this.arn = secret.ref;
  }
}
