/**
 * A refusal as AWS words it. Each protocol renders it in its own shape: XML for S3, JSON with `__type` elsewhere.
 *
 * `code` is the code of the service's error list; `queryCode` the one SQS puts into `x-amzn-query-error` where it differs.
 */
export class AwsError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly queryCode: string;

  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      readonly headers?: Readonly<Record<string, string>>;
      readonly queryCode?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = code;
    this.status = status;
    this.code = code;
    this.headers = more.headers ?? {};
    this.queryCode = more.queryCode ?? code;
  }
}
