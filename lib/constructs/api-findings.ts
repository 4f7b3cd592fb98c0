import { Validations } from 'aws-cdk-lib';
import type { Method, RestApi } from 'aws-cdk-lib/aws-apigateway';

/** Says of each rule of cdk-nag that the API does not keep, why. */
export function acknowledgeApi(api: RestApi): void {
  Validations.of(api).acknowledge(
    {
      id: 'AwsSolutions-APIG2',
      reason:
        'Validation by the gateway answers 400, and Event Streams drops an event for ever on 400. The first consumer reads the body and parks what it cannot read.',
    },
    {
      id: 'AwsSolutions-APIG3',
      reason:
        'A web ACL answers 403, and Event Streams drops an event for ever on 403. Senders are proved by signature or token, links by their key; each method is throttled.',
    },
    {
      id: 'AwsSolutions-APIG6',
      reason:
        'Execution logs hold bodies, headers and whole URLs: phone numbers, signatures and link keys. The access log with its listed fields stands in.',
    },
  );
}

/** As `acknowledgeApi`, of a method that anybody may call. */
export function acknowledgeOpenMethod(method: Method): void {
  const reason =
    'An authorizer answers 401 or 403, and Event Streams drops an event for ever on those. The first consumer proves the sender by its signature or its token; a playback link carries its own key; health and probes say nothing.';
  Validations.of(method).acknowledge({ id: 'AwsSolutions-APIG4', reason }, { id: 'AwsSolutions-COG4', reason });
}

/** As `acknowledgeApi`, of a method behind the door of callers. */
export function acknowledgeCallersMethod(method: Method): void {
  Validations.of(method).acknowledge({
    id: 'AwsSolutions-COG4',
    reason: 'Callers are systems with a bearer token, which the authorizer proves; there is no user pool of people.',
  });
}
