/** Where AWS is and who asks; what is left out comes from the environment, as it does for the AWS CLI. */
export interface AwsPlace {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** How far AWS's clock is ahead of this machine's; a local cloud's day runs at its own pace. */
  readonly systemClockOffset?: number;
}
