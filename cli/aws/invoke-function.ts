import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { awsWords } from './aws-words.ts';
import { UnreachableError } from '../unreachable-error.ts';

/**
 * Invokes a function with `event` and waits for its end; resolves to what it returned.
 *
 * @throws {UnreachableError} when Lambda refuses or the function fails.
 */
export async function invokeFunction(client: LambdaClient, functionName: string, event: object = {}): Promise<unknown> {
  const command = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) });
  const answer = await client.send(command).catch((cause: unknown) => {
    throw new UnreachableError(`Lambda did not invoke ${functionName}: ${awsWords(cause)}`, { cause });
  });
  const text = answer.Payload?.transformToString() ?? '';
  // Lambda answers 200 to a function that failed, and says so here.
  if (answer.FunctionError !== undefined)
    throw new UnreachableError(`the function failed (${answer.FunctionError}): ${text.slice(0, 300)}`);
  return text === '' ? undefined : JSON.parse(text);
}
