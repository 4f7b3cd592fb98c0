/** An invocation that did not end well, as Lambda would report it to its caller. */
export class FunctionError extends Error {
  readonly functionName: string;
  /** The handler's own error name, or `Sandbox.Timedout` or `Runtime.ExitError`. */
  readonly errorType: string;
  /** What the handler's own error says, and nothing besides. */
  readonly errorMessage: string;
  readonly trace: readonly string[];

  constructor(functionName: string, errorType: string, errorMessage: string, trace: readonly string[] = []) {
    super(`${functionName}: ${errorType}: ${errorMessage}`);
    this.name = 'FunctionError';
    this.functionName = functionName;
    this.errorType = errorType;
    this.errorMessage = errorMessage;
    this.trace = trace;
  }
}
