interface HasTwilioAccount {
  readonly name: string;
  readonly twilio: { readonly accountSid: string; readonly sharesTwilioAccountWith?: string | undefined };
}

/** Two pipelines on one Twilio account write to the same tasks, so a pair must be meant. */
export function sharedAccountFaults(stages: readonly HasTwilioAccount[]): readonly string[] {
  return stages.flatMap((one, index) =>
    stages
      .slice(index + 1)
      .filter((other) => other.twilio.accountSid === one.twilio.accountSid)
      .filter(
        (other) =>
          other.twilio.sharesTwilioAccountWith !== one.name && one.twilio.sharesTwilioAccountWith !== other.name,
      )
      .map(
        (other) =>
          `${one.name} and ${other.name} have the same twilio.accountSid: both would write to the same tasks. If that is meant, set ${other.name}.twilio.sharesTwilioAccountWith to "${one.name}"`,
      ),
  );
}
