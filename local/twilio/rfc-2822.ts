/** The date as Twilio's 2010 API and its callbacks write it: `Fri, 20 Nov 2026 08:03:00 +0000`. Whole seconds. */
export function rfc2822(epochMs: number): string {
  return new Date(epochMs).toUTCString().replace('GMT', '+0000');
}
