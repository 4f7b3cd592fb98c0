import * as z from 'zod/mini';

/** What one run is to do. `daily` only compares days; everything else is done by the run of every five minutes. */
export type WantedRun = { readonly kind: 'regular' } | { readonly kind: 'daily'; readonly days: readonly string[] };

const day = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/),
  z.refine((text) => isDay(text), 'no day'),
);
const dailyEvent = z.object({ run: z.literal('daily'), days: z.optional(z.array(day).check(z.maxLength(400))) });

/**
 * By the event: `{"run":"daily"}` has yesterday compared, with `days` those, and with none those that still wait. What
 * EventBridge sends by itself is a regular run.
 */
export function wantedRun(event: unknown, now: Date): WantedRun {
  const asked = dailyEvent.safeParse(event);
  if (!asked.success) return { kind: 'regular' };
  const yesterday = new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10);
  return { kind: 'daily', days: asked.data.days ?? [yesterday] };
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
