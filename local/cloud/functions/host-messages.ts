/** One invocation, from the runner to the function's process. */
export interface ToHost {
  readonly event: unknown;
  readonly context: {
    readonly awsRequestId: string;
    readonly functionName: string;
    readonly functionVersion: string;
    readonly invokedFunctionArn: string;
    readonly memoryLimitInMB: string;
    readonly logGroupName: string;
    readonly logStreamName: string;
  };
  readonly clockOffsetMs: number;
  /** By the run's clock. */
  readonly deadlineEpochMs: number;
  readonly traceId: string;
}

export interface HostError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** Its end, from the process to the runner; `response` is JSON. */
export type FromHost = { readonly requestId: string; readonly peakRssBytes: number } & (
  { readonly kind: 'done'; readonly response: string } | { readonly kind: 'failed'; readonly error: HostError }
);
