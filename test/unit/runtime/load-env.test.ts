import * as z from 'zod/mini';
import { EnvironmentError, loadEnv } from '../../../lambdas/shared/runtime/load-env.ts';

const schema = z.object({
  LEDGER_TABLE: z.string().check(z.minLength(1)),
  ACCOUNT_SID: z.string().check(z.regex(/^AC[0-9a-f]{32}$/)),
  LINK_MODE: z.enum(['segment-link', 'none']),
  QUEUE_URL: z.url(),
  TWILIO_URL: z.optional(z.url()),
});

const good = {
  LEDGER_TABLE: 'ledger',
  ACCOUNT_SID: 'AC00000000000000000000000000000001',
  LINK_MODE: 'none',
  QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/enrich-task',
};

describe('the environment', () => {
  it('is what the schema names, and nothing else', () => {
    expect(loadEnv(schema, { ...good, PATH: '/usr/bin' })).toEqual(good);
  });

  it('has no optional variable that was left empty', () => {
    expect(loadEnv(schema, { ...good, TWILIO_URL: '' })).toEqual(good);
  });

  it('names all variables at fault in one error, with what was wanted and without their values', () => {
    const wrong = { LEDGER_TABLE: '', ACCOUNT_SID: 'hunter2', LINK_MODE: 'hunter3', QUEUE_URL: 'hunter4' };

    const load = () => loadEnv(schema, wrong);

    expect(load).toThrow(EnvironmentError);
    expect(load).toThrow(
      '4 environment variable(s) at fault: LEDGER_TABLE is missing; ACCOUNT_SID must match /^AC[0-9a-f]{32}$/; ' +
        'LINK_MODE must be one of segment-link, none; QUEUE_URL must be a url',
    );
    expect(load).not.toThrow(/hunter/);
  });
});
