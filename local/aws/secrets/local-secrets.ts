import type { LocalSecrets, SecretValue } from '../local-aws.ts';
import { AwsError } from '../aws-error.ts';
import { generateSecret } from './generate-secret.ts';
import type { Secret, SecretStore } from './secret-store.ts';

/** The secrets as the template runner and tests use them, without HTTP. */
export function localSecrets(store: SecretStore): LocalSecrets {
  const find = (secretId: string): Secret => {
    const secret = store.find(secretId);
    if (secret === undefined) throw secretNotFound();
    return secret;
  };
  return {
    createSecret: ({ name, value }) =>
      store.find(name) ?? { arn: store.create({ name, content: { secretString: textOf(value) } }).arn },
    putValue: (secretId, secretString) => void store.put(find(secretId), { secretString }),
    currentValue(secretId) {
      const current = find(secretId).versions.find((version) => version.stages.includes('AWSCURRENT'));
      if (current?.secretString === undefined) throw secretNotFound();
      return current.secretString;
    },
  };
}

export function secretNotFound(): AwsError {
  return new AwsError(400, 'ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}

function textOf(value: SecretValue): string {
  return value.kind === 'string' ? value.secretString : generateSecret(value.generate);
}
