import type { Finding } from './finding.ts';
import { finding } from './rules.ts';

/**
 * What is wrong with a link to a recording by the look of it. Insights fetches it without credentials; Twilio's own
 * links are the exception. Whether another server lets it in cannot be seen here.
 */
export function segmentLinkFindings(
  link: string,
  at: { readonly path: string; readonly value: unknown },
): readonly Finding[] {
  const url = URL.parse(link);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return [finding('segment-link-address', at, 'This is no address that a player can open; an https URL is wanted.')];
  if (!isAmazon(url.hostname)) return [];
  return isPresigned(url)
    ? [
        finding(
          'segment-link-expires',
          at,
          'A presigned link lives seven days at most, and then plays no more; use a link that asks each time.',
        ),
      ]
    : [
        finding(
          'segment-link-access',
          at,
          'Insights sends no credentials: it plays this only from a public bucket. Use a link that carries its own authorisation.',
        ),
      ];
}

function isAmazon(hostname: string): boolean {
  return /(?:^|\.)amazonaws\.com(?:\.cn)?$/.test(hostname);
}

/** Signature versions 4 and 2. */
function isPresigned({ searchParams }: URL): boolean {
  const names = [...searchParams.keys()].map((name) => name.toLowerCase());
  return names.includes('x-amz-signature') || names.includes('signature');
}
