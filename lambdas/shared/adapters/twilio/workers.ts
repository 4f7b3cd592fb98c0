import * as z from 'zod/mini';
import { PermanentError } from '../../domain/outcome.ts';
import { workerSid } from '../../domain/sids.ts';
import type { WorkerSid, WorkspaceSid } from '../../domain/sids.ts';
import { parseTaskAttributes } from '../../domain/task-attributes.ts';
import type { WorkerResource, Workers } from '../../ports/workers.ts';
import { nextQuery, pageMeta } from './next-page.ts';
import type { TwilioClient, TwilioRequest } from './twilio-client.ts';
import { sidOf } from './twilio-fields.ts';
import { readJson, unreadable } from './twilio-failures.ts';

/** One worker is fetched while an event waits, as a task is. */
const TIMEOUT_SECONDS = 4;
const LIST_TIMEOUT_SECONDS = 20;

/**
 * A workspace has 15,000 workers at most unless Twilio allows more, and a page holds 1,000. Pages are not asked for by
 * number, which is not supported. (https://www.twilio.com/docs/taskrouter/api/worker, read 2026-11)
 */
const PAGE_SIZE = 1000;
const MOST_PAGES = 100;

/** https://www.twilio.com/docs/taskrouter/api/worker (read 2026-11) */
const workerResource = z.object({
  sid: sidOf(workerSid),
  friendly_name: z.string(),
  activity_name: z.string(),
  attributes: z.string(),
});

/**
 * As the property is described, a list leaves `attributes` null; in the list's example they are there. Both are taken.
 * (https://www.twilio.com/docs/taskrouter/api/worker, read 2026-11)
 */
const listedWorker = z.extend(workerResource, { attributes: z.nullish(z.string()) });

const workerPage = z.object({
  workers: z.array(listedWorker),
  meta: pageMeta,
});

/** The workers of the workspace, by TaskRouter's REST API. */
export function twilioWorkers(client: TwilioClient, workspace: WorkspaceSid): Workers {
  const all = `https://taskrouter.twilio.com/v1/Workspaces/${workspace}/Workers`;
  return {
    fetch: (sid) => fetchWorker(client, all, sid),
    list: () => list(client, all, {}),
    findByContactUri: (contactUri) => findByContactUri(client, all, contactUri),
    replaceAttributes: (sid, attributes, etag) =>
      replaceAttributes(client, {
        ...about(all, sid),
        method: 'POST',
        form: { Attributes: attributes },
        ...(etag !== undefined && { headers: { 'If-Match': etag } }),
        expects: [400, 404, 412],
      }),
  };
}

function about(all: string, sid: WorkerSid): Pick<TwilioRequest, 'url' | 'timeoutSeconds'> {
  return { url: new URL(`${all}/${sid}`), timeoutSeconds: TIMEOUT_SECONDS };
}

async function fetchWorker(client: TwilioClient, all: string, sid: WorkerSid): ReturnType<Workers['fetch']> {
  const request: TwilioRequest = { ...about(all, sid), method: 'GET', expects: [404] };
  const answer = await client.send(request);
  if (answer.status === 404) return { kind: 'gone' };
  const etag = answer.headers.get('ETag');
  const worker = workerOf(readJson(request, workerResource, answer.body));
  return { kind: 'worker', worker: { ...worker, ...(etag !== null && { etag }) } };
}

function workerOf(resource: z.output<typeof workerResource>): WorkerResource {
  return {
    workerSid: resource.sid,
    friendlyName: resource.friendly_name,
    activityName: resource.activity_name,
    attributes: resource.attributes,
  };
}

async function replaceAttributes(
  client: TwilioClient,
  request: TwilioRequest,
): ReturnType<Workers['replaceAttributes']> {
  const { status } = await client.send(request);
  if (status === 404) return { kind: 'gone' };
  if (status === 412) return { kind: 'changed-meanwhile' };
  if (status !== 400) return { kind: 'updated' };
  const characters = request.form?.['Attributes']?.length ?? 0;
  throw new PermanentError(`Twilio refused the ${characters} characters of attributes of ${request.url.pathname}`, {
    reason: 'worker-attributes-refused',
  });
}

/**
 * TaskRouter evaluates the expression, and what it found is compared again here: the expression's comparison is
 * Twilio's, and two agents whose names differ in one letter's case are two agents. An expression that TaskRouter cannot
 * read finds nobody; hyphens, for one, are said not to be supported.
 * (https://www.twilio.com/docs/taskrouter/expression-syntax, read 2026-11)
 */
async function findByContactUri(
  client: TwilioClient,
  all: string,
  contactUri: string,
): Promise<readonly WorkerResource[]> {
  const constant = quoted(contactUri);
  if (constant === undefined) return [];
  const found = await list(client, all, { TargetWorkersExpression: `contact_uri == ${constant}` });
  return found.filter(({ attributes }) => {
    const parsed = parseTaskAttributes(attributes);
    return parsed.kind === 'object' && parsed.attributes['contact_uri'] === contactUri;
  });
}

/** Longer than any identity of Flex, and short enough for a URL: a task may say anything of whom it is meant for. */
const LONGEST_CONSTANT = 256;

/**
 * A text constant of TaskRouter's expressions, which stands in quotes of either kind; no way to write a quote inside its
 * own kind is documented, nor what a backslash means, so a text that would need either cannot be asked for.
 * (https://www.twilio.com/docs/taskrouter/expression-syntax, read 2026-11)
 */
function quoted(text: string): string | undefined {
  if (text.length > LONGEST_CONSTANT || /[\\\p{Cc}]/u.test(text)) return undefined;
  return ['"', "'"].filter((quote) => !text.includes(quote)).map((quote) => `${quote}${text}${quote}`)[0];
}

async function list(
  client: TwilioClient,
  all: string,
  filter: Readonly<Record<string, string>>,
): Promise<readonly WorkerResource[]> {
  const found: WorkerResource[] = [];
  let query: URLSearchParams | undefined = new URLSearchParams({ ...filter, PageSize: String(PAGE_SIZE) });
  for (let pageCount = 1; query !== undefined; pageCount += 1) {
    const request: TwilioRequest = {
      method: 'GET',
      url: new URL(`${all}?${query.toString()}`),
      timeoutSeconds: LIST_TIMEOUT_SECONDS,
      expects: 'TargetWorkersExpression' in filter ? [400] : [],
    };
    if (pageCount > MOST_PAGES) throw unreadable(request, `it has more than ${MOST_PAGES} pages`);
    const { status, body } = await client.send(request);
    if (status === 400) return [];
    const page = readJson(request, workerPage, body);
    for (const listed of page.workers) found.push(...(await whole(client, all, listed)));
    query = nextQuery(page.meta);
  }
  return found;
}

/** The one worker, fetched where the list left something out; none where it has been removed since. */
async function whole(
  client: TwilioClient,
  all: string,
  listed: z.output<typeof listedWorker>,
): Promise<readonly WorkerResource[]> {
  const { attributes } = listed;
  if (typeof attributes === 'string') return [workerOf({ ...listed, attributes })];
  const fetched = await fetchWorker(client, all, listed.sid);
  return fetched.kind === 'gone' ? [] : [fetched.worker];
}
