import { AwsError } from '../aws-error.ts';
import { jsonAnswer } from './answer.ts';
import { header, wholeBody, type AwsRequest } from './aws-request.ts';
import type { Service, Work } from './service.ts';
import { sha256Hex } from './sigv4.ts';

export interface JsonCall {
  readonly request: AwsRequest;
  /** The operation's name, from `x-amz-target`. */
  readonly operation: string;
  /** As sent, unread. */
  readonly parameters: unknown;
  readonly rawBody: Buffer;
}

const limitBytes = 24 * 1024 * 1024;

/** A service that speaks AWS JSON: small bodies, the operation in `x-amz-target`, refusals with `__type`. */
export function jsonService(parts: {
  readonly version: '1.0' | '1.1';
  /** What stands before the dot in `x-amz-target`. */
  readonly target: string;
  readonly work: (call: JsonCall) => Work | Promise<Work>;
  /** All but SQS say a denial with status 400 and a longer name. */
  readonly denial: 'AccessDenied' | 'AccessDeniedException';
  readonly sendsQueryError?: boolean;
}): Service {
  return {
    async understand(request, _claim, prove) {
      const rawBody = await wholeBody(request, limitBytes);
      if (rawBody === undefined)
        throw new AwsError(413, 'RequestEntityTooLarge', `Request size exceeded ${limitBytes} bytes`);
      prove(sha256Hex(rawBody));
      const [target, operation] = (header(request, 'x-amz-target') ?? '').split('.');
      if (target !== parts.target || operation === undefined) {
        throw new AwsError(400, 'UnknownOperationException', `x-amz-target must be ${parts.target}.<operation>`);
      }
      return parts.work({ request, operation, parameters: parse(rawBody), rawBody });
    },
    refuse(error) {
      const isOtherDenial = error.code === 'AccessDenied' && parts.denial !== 'AccessDenied';
      const code = isOtherDenial ? parts.denial : error.code;
      const isCallersFault = error.status < 500;
      const queryError = { 'x-amzn-query-error': `${error.queryCode};${isCallersFault ? 'Sender' : 'Receiver'}` };
      const headers = {
        ...error.headers,
        'x-amzn-errortype': code,
        ...(parts.sendsQueryError === true ? queryError : {}),
      };
      return jsonAnswer(
        parts.version,
        { __type: code, message: error.message },
        isOtherDenial ? 400 : error.status,
        headers,
      );
    },
  };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.length === 0 ? '{}' : body.toString('utf8'));
  } catch (cause) {
    throw new AwsError(400, 'SerializationException', 'The request body is not JSON.', { cause });
  }
}

/** @throws {AwsError} `code` when the parameters are not of the operation's shape, naming the first that is not. */
export function readParameters<Value>(
  schema: {
    safeParse(
      content: unknown,
    ):
      | { success: true; data: Value }
      | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };
  },
  call: JsonCall,
  code: string,
): Value {
  const read = schema.safeParse(call.parameters);
  if (read.success) return read.data;
  const [first] = read.error.issues;
  throw new AwsError(
    400,
    code,
    `${call.operation}: ${first?.path.map(String).join('.') ?? ''}: ${first?.message ?? 'not understood'}`,
  );
}
