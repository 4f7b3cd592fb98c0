import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
} from '@aws-sdk/client-secrets-manager';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { CloudAws } from '../cloud/aws/cloud-aws.ts';

/**
 * Makes secrets. One that is there gets this run's value, because the run's Twilio and whoever reads its first line
 * know that one and no other; a run over the same data directory has the same values again.
 */
export function secretMaker(secrets: SecretsManagerClient): CloudAws['createSecret'] {
  return async ({ name, secretString: SecretString }) => {
    try {
      const { ARN } = await secrets.send(new CreateSecretCommand({ Name: name, SecretString }));
      return { arn: ARN ?? noArn(name) };
    } catch (error) {
      if (!(error instanceof ResourceExistsException)) throw error;
    }
    const current = await secrets.send(new GetSecretValueCommand({ SecretId: name }));
    if (current.SecretString !== SecretString)
      await secrets.send(new PutSecretValueCommand({ SecretId: name, SecretString }));
    return { arn: current.ARN ?? noArn(name) };
  };
}

function noArn(name: string): never {
  throw new Error(`the answer about the secret ${name} has no ARN`);
}
