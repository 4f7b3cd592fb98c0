import type { Workers } from '../../lambdas/shared/ports/workers.ts';

/** Workers that are looked for when somebody first asks them something: most commands never do. */
export function workersWhenAsked(open: () => Promise<Workers>): Workers {
  let opened: Promise<Workers> | undefined;
  const workers = (): Promise<Workers> => (opened ??= open());
  return {
    fetch: async (workerSid) => (await workers()).fetch(workerSid),
    list: async () => (await workers()).list(),
    findByContactUri: async (contactUri) => (await workers()).findByContactUri(contactUri),
    replaceAttributes: async (workerSid, attributes, etag) =>
      (await workers()).replaceAttributes(workerSid, attributes, etag),
  };
}
