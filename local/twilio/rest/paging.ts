import type { JsonObject } from '../json.ts';
import { badRequest, type Answer } from './answers.ts';
import type { RestRequest } from './rest-request.ts';

const DEFAULT_PAGE_SIZE = 50;
const LARGEST_PAGE_SIZE = 1000;
const refused = badRequest('Page and PageSize must be whole numbers');

/** One page of a list as the 2010 API gives it, the items under `name`, with relative links to its neighbours. */
export function pageAnswer(request: RestRequest, name: string, items: readonly JsonObject[]): Answer {
  const found = pageOf(request, items);
  if (found === undefined) return refused;
  const { page, pageSize, start, onPage, uriOf } = found;
  return {
    kind: 'json',
    status: 200,
    json: {
      [name]: onPage,
      page,
      page_size: pageSize,
      start,
      end: Math.max(start, start + onPage.length - 1),
      uri: uriOf(page),
      first_page_uri: uriOf(0),
      previous_page_uri: page === 0 ? null : uriOf(page - 1),
      next_page_uri: start + pageSize < items.length ? uriOf(page + 1) : null,
    },
  };
}

/** The same as the v1 APIs give it, TaskRouter's unless said otherwise: the items under `key`, absolute links in `meta`. */
export function metaPageAnswer(
  request: RestRequest,
  key: string,
  items: readonly JsonObject[],
  { host, largestPageSize } = { host: 'https://taskrouter.twilio.com', largestPageSize: LARGEST_PAGE_SIZE },
): Answer {
  const found = pageOf(request, items, largestPageSize);
  if (found === undefined) return refused;
  const { page, pageSize, start, onPage, uriOf } = found;
  const url = (number: number): string => `${host}${uriOf(number)}`;
  return {
    kind: 'json',
    status: 200,
    json: {
      [key]: onPage,
      meta: {
        page,
        page_size: pageSize,
        first_page_url: url(0),
        previous_page_url: page === 0 ? null : url(page - 1),
        url: url(page),
        next_page_url: start + pageSize < items.length ? url(page + 1) : null,
        key,
      },
    },
  };
}

/** The page that was asked for; undefined when its number or size is none. */
function pageOf(request: RestRequest, items: readonly JsonObject[], largestPageSize = LARGEST_PAGE_SIZE) {
  const size = wholeNumber(request.query.get('PageSize'), DEFAULT_PAGE_SIZE);
  const page = wholeNumber(request.query.get('Page'), 0);
  if (size === undefined || size < 1 || page === undefined) return undefined;
  const pageSize = Math.min(size, largestPageSize);
  const start = page * pageSize;
  return {
    ...{ page, pageSize, start },
    onPage: items.slice(start, start + pageSize),
    uriOf: (number: number): string => pageUri(request, number, pageSize),
  };
}

function pageUri(request: RestRequest, page: number, pageSize: number): string {
  const query = new URLSearchParams(request.query);
  query.set('PageSize', String(pageSize));
  query.set('Page', String(page));
  query.set('PageToken', `PT${page}`);
  return `${request.path}?${query.toString()}`;
}

/** The number that the text spells, `otherwise` without a text; undefined when it spells none. */
export const wholeNumber = (text: string | null, otherwise: number): number | undefined =>
  text === null ? otherwise : /^\d{1,9}$/.test(text) ? Number(text) : undefined;
