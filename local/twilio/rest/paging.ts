import type { JsonObject } from '../json.ts';
import { badRequest, type Answer } from './answers.ts';
import type { RestRequest } from './rest-request.ts';

const DEFAULT_PAGE_SIZE = 50;
const LARGEST_PAGE_SIZE = 1000;

/** One page of a list as the 2010 API gives it, the items under `name`, with relative links to its neighbours. */
export function pageAnswer(request: RestRequest, name: string, items: readonly JsonObject[]): Answer {
  const size = wholeNumber(request.query.get('PageSize'), DEFAULT_PAGE_SIZE);
  const page = wholeNumber(request.query.get('Page'), 0);
  if (size === undefined || size < 1 || page === undefined)
    return badRequest('Page and PageSize must be whole numbers');
  const pageSize = Math.min(size, LARGEST_PAGE_SIZE);
  const start = page * pageSize;
  const onPage = items.slice(start, start + pageSize);
  const uri = (number: number): string => pageUri(request, number, pageSize);
  return {
    kind: 'json',
    status: 200,
    json: {
      [name]: onPage,
      page,
      page_size: pageSize,
      start,
      end: Math.max(start, start + onPage.length - 1),
      uri: uri(page),
      first_page_uri: uri(0),
      previous_page_uri: page === 0 ? null : uri(page - 1),
      next_page_uri: start + pageSize < items.length ? uri(page + 1) : null,
    },
  };
}

function pageUri(request: RestRequest, page: number, pageSize: number): string {
  const query = new URLSearchParams(request.query);
  query.set('PageSize', String(pageSize));
  query.set('Page', String(page));
  query.set('PageToken', `PT${page}`);
  return `${request.path}?${query.toString()}`;
}

const wholeNumber = (text: string | null, otherwise: number): number | undefined =>
  text === null ? otherwise : /^\d+$/.test(text) ? Number(text) : undefined;
