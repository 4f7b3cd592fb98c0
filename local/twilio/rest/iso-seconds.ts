/** `2026-11-20T08:00:00Z`: the times of the v1 APIs. */
export const isoSeconds = (epochMs: number): string => new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
