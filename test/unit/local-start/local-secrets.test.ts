import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calabrioSecretSchema } from '../../../lambdas/shared/adapters/secrets/calabrio-secret.ts';
import { customerLookupSecretSchema } from '../../../lambdas/shared/adapters/secrets/customer-lookup-secret.ts';
import { recordingKeysSchema } from '../../../lambdas/shared/adapters/secrets/recording-keys.ts';
import { reportTargetsSecretSchema } from '../../../lambdas/shared/adapters/secrets/report-targets-secret.ts';
import { smsCallersSchema } from '../../../lambdas/shared/adapters/secrets/sms-callers-secret.ts';
import { localSecrets, secretValues } from '../../../local/local-secrets.ts';

describe('the secrets of a local cloud', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'local-secrets-'));
  afterAll(() => rmSync(dataDir, { recursive: true }));

  it('stay in a data directory from run to run, also one of before there was a Calabrio', () => {
    writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify({ authToken: 'as it was' }));

    const first = localSecrets(dataDir, ['crm']);

    expect(first.authToken).toBe('as it was');
    expect(localSecrets(dataDir, ['crm', 'warehouse'])).toMatchObject({
      ...first,
      reportSecrets: { ...first.reportSecrets, warehouse: expect.stringMatching(/^whsec_/) },
    });
  });

  it('are what the functions take for Calabrio’s, the targets’, the customer lookup’s, the recording keys’ and the callers’ secrets', () => {
    const values = secretValues(localSecrets(dataDir, ['crm']), 'AC1');

    expect(customerLookupSecretSchema.safeParse(JSON.parse(values['customer-lookup'] ?? '')).success).toBe(true);
    expect(recordingKeysSchema.safeParse(JSON.parse(values['recording-keys'] ?? '')).success).toBe(true);
    expect(smsCallersSchema.safeParse(JSON.parse(values['sms-callers'] ?? '')).success).toBe(true);
    expect(calabrioSecretSchema.safeParse(JSON.parse(values['calabrio'] ?? '')).success).toBe(true);
    expect(reportTargetsSecretSchema.safeParse(JSON.parse(values['report-targets'] ?? '')).success).toBe(true);
  });
});
