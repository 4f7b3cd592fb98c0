/**
 * `Hello,Logan,UT` as Insights writes it: `Hello ▸ Logan ▸ UT`. A text that has the sign already keeps its commas.
 * (https://www.twilio.com/docs/flex/developer/insights/enhance-integration, read 2026-11)
 */
export function hierarchyOf(text: string): string {
  const parts = text.split(text.includes('▸') ? '▸' : ',').map((part) => part.trim());
  return parts.filter((part) => part !== '').join(' ▸ ');
}
