import { RetryableError } from '../../../lambdas/shared/domain/outcome.ts';
import type { CallerVerdict } from '../../../lambdas/shared/ports/caller-verdict.ts';
import { authorizerDoor } from '../../../lambdas/shared/runtime/authorizer-door.ts';
import { reporter } from '../../../lambdas/shared/runtime/reporter.ts';
import { writtenLines } from '../../support/runtime/written-lines.ts';

const methodArn = 'arn:aws:execute-api:eu-west-1:123456789012:abcdefghij/v1/POST/messages/sms';
const authorizationToken = 'Bearer the-token-of-the-crm-is-this-long';
const event = { type: 'TOKEN', methodArn, authorizationToken } as const;

const doorThatFinds = (check: () => Promise<CallerVerdict>) =>
  authorizerDoor('authorize-caller', async () => ({
    check,
    report: reporter('authorize-caller'),
    now: () => new Date(0),
  }));

/** What the door answers or throws, and what it writes meanwhile. */
async function asked(door: ReturnType<typeof authorizerDoor>) {
  let ended: unknown;
  const lines = await writtenLines(async () => {
    ended = await door(event).catch((error: unknown) => error);
  });
  return { ended, lines };
}

describe('the door of an authorizer', () => {
  it('lets a caller through to the one method it asked for, and names its usage plan', async () => {
    const { ended } = await asked(
      doorThatFinds(async () => ({ kind: 'admitted', caller: 'crm', apiKey: 'flex-task-pipeline-dev-crm' })),
    );

    // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html (read 2026-11)
    expect(ended).toEqual({
      principalId: 'crm',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: methodArn }],
      },
      context: { caller: 'crm' },
      usageIdentifierKey: 'flex-task-pipeline-dev-crm',
    });
  });

  it('denies a caller that the stage does not know, warns of it, and names no usage plan', async () => {
    const { ended, lines } = await asked(doorThatFinds(async () => ({ kind: 'unknown-caller', caller: 'billing' })));

    expect(ended).toMatchObject({ policyDocument: { Statement: [{ Effect: 'Deny', Resource: methodArn }] } });
    expect(ended).not.toHaveProperty('usageIdentifierKey');
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'WARN', outcome: 'unknown-caller', caller: 'billing' }),
    );
  });

  it('says Unauthorized, and nothing else, of a token that nobody has', async () => {
    const { ended } = await asked(doorThatFinds(async () => ({ kind: 'unknown-token' })));

    expect(ended).toBeInstanceOf(Error);
    expect(ended).toHaveProperty('message', 'Unauthorized');
  });

  it.each([
    [
      'the check fails',
      doorThatFinds(async () => {
        throw new RetryableError('the secret s has no value', { reason: 'secret-unreadable' });
      }),
    ],
    [
      'the check fails with the very word',
      doorThatFinds(async () => {
        throw new Error('Unauthorized');
      }),
    ],
    [
      'it cannot be built',
      authorizerDoor('authorize-caller', async () => {
        throw new Error('Unauthorized');
      }),
    ],
  ])('fails, with an error that is no 401 and one line that says why, when %s', async (_title, door) => {
    const { ended, lines } = await asked(door);

    expect(ended).toHaveProperty('message', 'the caller could not be checked');
    expect(lines.filter((line) => JSON.stringify(line).includes('"level":"ERROR"'))).toHaveLength(1);
  });

  it.each(['admitted', 'unknown-caller', 'unknown-token'] as const)(
    'writes no token, whatever it finds: %s',
    async (kind) => {
      const verdict: CallerVerdict =
        kind === 'unknown-token'
          ? { kind }
          : kind === 'admitted'
            ? { kind, caller: 'crm', apiKey: 'key' }
            : { kind, caller: 'crm' };
      const { lines } = await asked(doorThatFinds(async () => verdict));

      expect(lines.length).toBeGreaterThan(0);
      expect(JSON.stringify(lines)).not.toContain('the-token-of');
    },
  );
});
