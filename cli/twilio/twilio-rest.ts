import * as z from 'zod/mini';
import { nextQuery, pageMeta } from '../../lambdas/shared/adapters/twilio/next-page.ts';
import type { TwilioClient, TwilioForm, TwilioRequest } from '../../lambdas/shared/adapters/twilio/twilio-client.ts';
import { noForGood, readJson, unreadable } from '../../lambdas/shared/adapters/twilio/twilio-failures.ts';
import { jsonOf } from '../../lambdas/shared/messages/json-text.ts';
import type { RetryableError } from '../../lambdas/shared/domain/outcome.ts';
import { patiently } from '../patiently.ts';
import type { Patience } from '../patiently.ts';
import { TwilioSaidNoError } from './twilio-said-no-error.ts';

export type Resource = Readonly<Record<string, unknown>>;

/** What is sent: a form, as nearly every resource takes it, or JSON. */
export type Sent = { readonly form: TwilioForm } | { readonly json: object };

/**
 * Any resource of Twilio's REST API, for commands that read and make an account's settings; URLs are Twilio's own
 * (`https://taskrouter.twilio.com/v1/…`). Where Twilio asks for fewer calls (429) each waits as it is told.
 *
 * @throws {TwilioSaidNoError} for a refusal, with Twilio's words.
 * @throws {RetryableError} when Twilio is away, or the credentials are none of its.
 */
export interface TwilioRest {
  /** Every item of all pages; `key` is the property that a page has them in. 100 at a time, unless the URL has a `PageSize`. */
  list(url: string, key: string): Promise<readonly Resource[]>;
  /** Undefined where there is none (404). */
  fetch(url: string): Promise<{ readonly resource: Resource; readonly etag?: string } | undefined>;
  /**
   * Makes one. Made again only where Twilio surely did not do it (429): after a broken connection nobody knows, and a
   * second one of the same name might be the price.
   */
  create(url: string, sent: Sent): Promise<Resource>;
  /** Undefined where it changed since `etag` was given (412). */
  update(url: string, sent: Sent, etag?: string): Promise<Resource | undefined>;
  /** One that is gone already is as good. */
  remove(url: string): Promise<void>;
}

const TIMEOUT_SECONDS = 20;
const PAGE_SIZE = 100;
/** 100,000 of a kind: more is a circle. */
const MOST_PAGES = 1_000;

const anyResource = z.record(z.string(), z.unknown());
const errorBody = z.object({ code: z.optional(z.number()), message: z.optional(z.string()) });

export function twilioRest(client: TwilioClient, patience: Patience): TwilioRest {
  const send = async (request: Omit<TwilioRequest, 'timeoutSeconds' | 'expects'>, also: readonly number[] = []) => {
    const answer = await client.send({ ...request, timeoutSeconds: TIMEOUT_SECONDS, expects: [...noForGood, 404] });
    if (answer.status < 300 || also.includes(answer.status)) return answer;
    const said = z.safeParse(errorBody, jsonOf(answer.body)).data ?? {};
    throw new TwilioSaidNoError(`${request.method} ${request.url.pathname}`, { status: answer.status, ...said });
  };
  return {
    list: (url, key) => patiently(patience, () => listAll(send, url, key)),
    fetch: (url) =>
      patiently(patience, async () => {
        const asked = { method: 'GET' as const, url: new URL(url) };
        const { status, headers, body } = await send(asked, [404]);
        if (status === 404) return undefined;
        const etag = headers.get('ETag');
        return { resource: readJson(asked, anyResource, body), ...(etag !== null && { etag }) };
      }),
    create(url, sent) {
      const asked = { method: 'POST' as const, url: new URL(url), ...sent };
      return patiently(patience, async () => readJson(asked, anyResource, (await send(asked)).body), isSurelyNotDone);
    },
    update(url, sent, etag) {
      const headers = etag === undefined ? {} : { 'If-Match': etag };
      const asked = { method: 'POST' as const, url: new URL(url), headers, ...sent };
      return patiently(patience, async () => {
        const { status, body } = await send(asked, [412]);
        return status === 412 ? undefined : readJson(asked, anyResource, body);
      });
    },
    remove: (url) => patiently(patience, async () => void (await send({ method: 'DELETE', url: new URL(url) }, [404]))),
  };
}

const isSurelyNotDone = (error: RetryableError): boolean => error.reason === 'twilio-rate-limited';

async function listAll(
  send: (request: Pick<TwilioRequest, 'method' | 'url'>) => Promise<{ readonly body: string }>,
  url: string,
  key: string,
): Promise<readonly Resource[]> {
  const found: Resource[] = [];
  const first = new URL(url);
  if (!first.searchParams.has('PageSize')) first.searchParams.set('PageSize', String(PAGE_SIZE));
  let query: URLSearchParams | undefined = first.searchParams;
  for (let pageCount = 1; query !== undefined; pageCount += 1) {
    const asked = { method: 'GET' as const, url: new URL(`${first.origin}${first.pathname}?${query.toString()}`) };
    if (pageCount > MOST_PAGES) throw unreadable(asked, `it has more than ${MOST_PAGES} pages`);
    const page = readJson(asked, anyResource, (await send(asked)).body);
    const items = z.safeParse(z.array(anyResource), page[key]).data;
    if (items === undefined) throw unreadable(asked, `it has no list of ${key}`);
    found.push(...items);
    query = nextQuery(nextPageOf(page));
  }
  return found;
}

const olderPage = z.object({ next_page_uri: z.nullish(z.string()) });
const newerPage = z.object({ meta: pageMeta });

/** The v1 APIs have `meta`; the API of 2010 has the next page beside its items. */
function nextPageOf(page: Resource): z.output<typeof pageMeta> {
  const older = z.safeParse(olderPage, page).data?.next_page_uri;
  return z.safeParse(newerPage, page).data?.meta ?? { next_page_url: older };
}
