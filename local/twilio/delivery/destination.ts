import { asEmitted, type DeliveryTarget, type Transport } from './delivery-target.ts';

/** A URL of somebody's choice, and how it is written to. */
export interface Destination {
  /** Whole, without a fragment. */
  readonly url: string;
  readonly transport: Transport;
}

/**
 * The destination as a target: one below the public URL of `known` is sent to the API that stands behind that, with the
 * policy of its deliveries; any other is taken by its word.
 */
export function addressed(
  { url, transport }: Destination,
  known: DeliveryTarget | undefined,
): { readonly target: DeliveryTarget; readonly transport: Transport } {
  const isBehind = known !== undefined && (url === known.publicUrl || url.startsWith(`${known.publicUrl}/`));
  const target = isBehind ? known : { publicUrl: url, apiUrl: url, transports: [], policy: asEmitted };
  return { target, transport: { ...transport, path: url.slice(target.publicUrl.length) } };
}
