import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent, PolicyDocument } from 'aws-lambda';
import type { CallerVerdict } from '../ports/caller-verdict.ts';
import { describeError } from './describe-error.ts';
import { lineWriter } from './log.ts';
import type { Reporter } from './reporter.ts';

interface AuthorizerParts {
  readonly check: (authorization: string) => Promise<CallerVerdict>;
  readonly report: Pick<Reporter, 'checkedCaller'>;
  readonly now: () => Date;
}

/**
 * The Lambda handler of a TOKEN authorizer: Allow for a caller that is admitted, Deny (403) for one that the stage does not
 * know, and for a token that is nobody's the error `Unauthorized`, which is how the gateway is told to answer 401.
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html, read 2026-11)
 *
 * Whatever goes wrong unforeseen, the parts that cannot be built included, is logged and ends in another error: the gateway
 * then lets nobody in.
 */
export function authorizerDoor(
  functionName: string,
  parts: () => Promise<AuthorizerParts>,
): (event: APIGatewayTokenAuthorizerEvent) => Promise<APIGatewayAuthorizerResult> {
  return async (event) => {
    const built = await parts().catch((error: unknown) => {
      lineWriter(functionName).notBuilt(describeError(error));
      throw notChecked();
    });
    const startedAt = built.now();
    const tookMs = (): number => built.now().getTime() - startedAt.getTime();
    const verdict = await built.check(event.authorizationToken).catch((error: unknown) => {
      built.report.checkedCaller({ outcome: 'failed', tookMs: tookMs(), error: describeError(error) });
      throw notChecked();
    });
    const caller = verdict.kind === 'unknown-token' ? {} : { caller: verdict.caller };
    built.report.checkedCaller({ outcome: verdict.kind, tookMs: tookMs(), ...caller });
    return answer(verdict, event.methodArn);
  };
}

/** Lambda writes an error that is thrown into the log: what is known of it is in its line, and no more is said. */
function notChecked(): Error {
  return new Error('the caller could not be checked');
}

function answer(verdict: CallerVerdict, methodArn: string): APIGatewayAuthorizerResult {
  if (verdict.kind === 'unknown-token') throw new Error('Unauthorized');
  const policyDocument: PolicyDocument = {
    Version: '2012-10-17',
    Statement: [
      {
        Action: 'execute-api:Invoke',
        Effect: verdict.kind === 'admitted' ? 'Allow' : 'Deny',
        Resource: methodArn,
      },
    ],
  };
  const { caller } = verdict;
  return {
    principalId: caller,
    policyDocument,
    context: { caller },
    ...(verdict.kind === 'admitted' && { usageIdentifierKey: verdict.apiKey }),
  };
}
