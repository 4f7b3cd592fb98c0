import { SQSClient } from '@aws-sdk/client-sqs';
import { signedHeaders } from './sign-request.ts';
import type { AwsCredentials } from './sign-request.ts';
import { UnreachableError } from '../unreachable-error.ts';

/** Where AWS is and who asks; what is left out comes from the environment, as it does for the AWS CLI. */
export interface AwsPlace {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: AwsCredentials;
  /** How far AWS's clock is ahead of this machine's; a local cloud's day runs at its own pace. */
  readonly systemClockOffset?: number;
}

/** A way to call AWS: settings for the SDK's clients, and signed calls where a client would be needed for one call alone. */
export interface AwsAccess {
  readonly clientSettings: AwsPlace;
  readonly sqs: SQSClient;
  region(): Promise<string>;
  /** Calls a JSON 1.1 action, for example `AmazonSSM.GetParameter`. @throws {UnreachableError} for every answer but 200. */
  call(service: string, target: string, input: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** POSTs JSON to a service's path. @throws {UnreachableError} for every answer but 2xx. */
  post(service: string, path: string, input: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** AWS answered, and not with what was asked for. */
export class RefusedByAwsError extends UnreachableError {
  private readonly answer: string;
  constructor(message: string, answer: string) {
    super(message);
    this.answer = answer;
  }
  /** True when the answer is the error of this code, for example `ParameterNotFound`. */
  is(code: string): boolean {
    return this.answer.includes(code);
  }
}

export function awsAccess(place: AwsPlace, now: () => Date): AwsAccess {
  const sqs = new SQSClient(place);
  const region = async (): Promise<string> => {
    try {
      return await sqs.config.region();
    } catch (cause) {
      throw new UnreachableError('no AWS region: set AWS_REGION or a profile that has one', { cause });
    }
  };
  const credentials = async (): Promise<AwsCredentials> => {
    try {
      return await sqs.config.credentials();
    } catch (cause) {
      throw new UnreachableError('no AWS credentials: sign in first (aws sso login), or set AWS_PROFILE', { cause });
    }
  };

  const send = async (
    service: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<unknown> => {
    const where = await region();
    const url = new URL(path, place.endpoint ?? `https://${service}.${where}.amazonaws.com`);
    const signed = signedHeaders(
      { method: 'POST', url, headers, body },
      { service, region: where, credentials: await credentials(), now: now() },
    );
    const answer = await answerOf(url, signed, body);
    const text = await answer.text();
    if (!answer.ok)
      throw new RefusedByAwsError(`${service} at ${url.host} answered ${answer.status}: ${text.slice(0, 300)}`, text);
    // Lambda answers 200 to a function that failed, and says so here.
    const functionError = answer.headers.get('x-amz-function-error');
    if (functionError !== null)
      throw new UnreachableError(`the function failed (${functionError}): ${text.slice(0, 300)}`);
    return text === '' ? undefined : JSON.parse(text);
  };

  return {
    clientSettings: place,
    sqs,
    region,
    call: (service, target, input) =>
      send(
        service,
        '/',
        { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
        JSON.stringify(input),
      ),
    post: (service, path, input) => send(service, path, { 'content-type': 'application/json' }, JSON.stringify(input)),
  };
}

async function answerOf(url: URL, headers: Readonly<Record<string, string>>, body: string): Promise<Response> {
  try {
    // `host` is fetch's own to set; it is the one that was signed.
    const { host: _host, ...rest } = headers;
    return await fetch(url, { method: 'POST', headers: rest, body });
  } catch (cause) {
    throw new UnreachableError(`${url.host} does not answer`, { cause });
  }
}
