import type { AwsCall, Verdict } from '../aws-call.ts';
import { AwsError } from '../aws-error.ts';
import type { Answer } from './answer.ts';
import type { AwsRequest } from './aws-request.ts';
import type { ClaimedSignature } from './claimed-signature.ts';

export type IamCall = Omit<AwsCall, 'principal'>;

/** Who calls, once the signature is proved. */
export interface Caller {
  readonly name: string;
  readonly judge: (call: IamCall) => Verdict;
}

/** A request understood: what it needs leave for, and what is then to be done. */
export interface Work {
  /** Every one must be allowed; the first is the one that faults are asked for. */
  readonly calls: readonly [IamCall, ...IamCall[]];
  /** A call on many resources at once answers for each by itself; then only `run` judges. */
  readonly judgesInRun?: boolean;
  readonly run: (context: WorkContext) => Promise<Answer> | Answer;
}

export interface WorkContext {
  readonly caller: Caller;
  /** Ends when the caller has gone away or the stand-in closes. */
  readonly gone: AbortSignal;
  /** Waits without holding the clock; every other moment of a request holds it. */
  readonly waitIdle: <Value>(wait: Promise<Value>) => Promise<Value>;
}

/** Proves the claimed signature over this payload hash; returns the signing key. */
export type Prover = (payloadHash: string) => Buffer;

export interface Service {
  /** Reads as much as is needed to know the calls, and proves the signature before anything else is judged. */
  understand(request: AwsRequest, claim: ClaimedSignature, prove: Prover): Promise<Work>;
  refuse(error: AwsError, request: AwsRequest): Answer;
}

/** @throws {AwsError} AccessDenied that names principal, action and resource. */
export function demand(caller: Caller, call: IamCall): void {
  const verdict = caller.judge(call);
  if (verdict.allowed) return;
  const who = `User: ${caller.name} is not authorized to perform: ${call.action} on resource: "${call.resource}"`;
  throw new AwsError(403, 'AccessDenied', `${who}: ${verdict.reason}`);
}
