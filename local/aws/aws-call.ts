/** One call to a stand-in, as IAM would see it. */
export interface AwsCall {
  /** The name the caller's access key was registered under: a function's known name, a role's logical id, or `operator`. */
  readonly principal: string;
  readonly service: 's3' | 'sqs' | 'secretsmanager' | 'dynamodb' | 'ssm';
  /** As IAM spells it: `s3:PutObject`, `sqs:SendMessage`, `dynamodb:PutItem`. */
  readonly action: string;
  /** The resource's ARN; for an S3 object `arn:aws:s3:::bucket/key`, for a table's index `…:table/name/index/open`. */
  readonly resource: string;
  /** Condition keys of the call that policies here use, for example `s3:prefix`, `dynamodb:LeadingKeys`. */
  readonly conditions: Readonly<Record<string, string>>;
}

/** What a policy says of a call; `reason` names the missing action and resource and is shown to the caller. */
export type Verdict = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** A fault put in on purpose: an error answer instead of the work, or after the work was done. */
export type Fault =
  | { readonly kind: 'error'; readonly status: number; readonly code: string; readonly message: string }
  /** The work is done and the answer never comes: the caller sees a broken connection. */
  | { readonly kind: 'lost-answer' }
  /** `before` or `after` the work, run this (kill a process, move the clock), then break the connection. */
  | { readonly kind: 'interrupt'; readonly when: 'before' | 'after'; readonly run: () => void };

/** Who may call: an access key with its secret, and the policy that is asked on every call. */
export interface Principal {
  readonly name: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Absent: everything is allowed (the operator). */
  readonly authorize?: (call: AwsCall) => Verdict;
}
