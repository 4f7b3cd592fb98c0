import * as z from 'zod/mini';

/** What lists say of themselves, each in its own words; null on the last page. */
export const pageMeta = z.object({ next_page_url: z.nullish(z.string()) });

/** Of the next page only the query is believed; where it lies we know. Undefined after the last page. */
export function nextQuery({ next_page_url: nextPageUrl }: z.output<typeof pageMeta>): URLSearchParams | undefined {
  const search = nextPageUrl?.split('?')[1];
  return search === undefined || search === '' ? undefined : new URLSearchParams(search);
}
