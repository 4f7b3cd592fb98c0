import * as z from 'zod/mini';
import type { TwilioRest } from '../twilio/twilio-rest.ts';

export interface Sink {
  /** DG… */
  readonly sid: string;
  /** `initialized`, `validating`, `active` or `failed`. */
  readonly status: string;
  readonly destination: string;
}

const webhook = z.object({
  sid: z.string(),
  status: z.string(),
  sink_type: z.literal('webhook'),
  sink_configuration: z.object({ destination: z.string() }),
});

/** The webhook sink of the account that leads to this URL, an active one before others; undefined where none does. */
export async function sinkTo(twilio: TwilioRest, destination: string): Promise<Sink | undefined> {
  const listed = await twilio.list('https://events.twilio.com/v1/Sinks', 'sinks');
  const leading = listed.flatMap((one) => {
    const { data } = webhook.safeParse(one);
    return data?.sink_configuration.destination === destination ? [data] : [];
  });
  const found = leading.find(({ status }) => status === 'active') ?? leading[0];
  return found && { sid: found.sid, status: found.status, destination };
}
