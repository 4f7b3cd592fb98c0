/** The UTC days (`2026-11-20`) up to the one of `now`, that first. */
export function daysBefore(now: Date, count: number): readonly string[] {
  return Array.from({ length: count }, (_, days) =>
    new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10),
  );
}
