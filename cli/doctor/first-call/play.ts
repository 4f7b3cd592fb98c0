import { faultName } from '../../../lambdas/shared/adapters/http/fault-name.ts';

/** How one request along a link was answered, redirects followed; status 0 for not at all. */
export interface Heard {
  readonly status: number;
  readonly contentType: string | undefined;
  /** Why there was no answer. */
  readonly fault?: string;
}

/** What a player meets: it asks what there is, and then for the first part of it. */
export interface Played {
  readonly head: Heard;
  readonly get: Heard;
}

export type Play = (link: string) => Promise<Played>;

const timeoutMs = 15_000;
const firstBytes = 'bytes=0-1023';

/** As a browser does it: without credentials, following redirects, HEAD and then GET of the first kilobyte. */
export const playByHttp: Play = async (link) => ({
  head: await heard(link, { method: 'HEAD' }),
  get: await heard(link, { method: 'GET', headers: { Range: firstBytes } }),
});

async function heard(link: string, how: RequestInit): Promise<Heard> {
  try {
    const answer = await fetch(link, { ...how, redirect: 'follow', signal: AbortSignal.timeout(timeoutMs) });
    await answer.body?.cancel();
    return { status: answer.status, contentType: answer.headers.get('content-type') ?? undefined };
  } catch (cause) {
    return { status: 0, contentType: undefined, fault: faultName(cause) };
  }
}

/** Whether a player would play it: sound, in parts or whole. */
export const isSound = ({ head, get }: Played): boolean =>
  head.status === 200 && [200, 206].includes(get.status) && [head, get].every(isAudio);

const isAudio = ({ contentType }: Heard): boolean => contentType?.startsWith('audio/') === true;

/** `HEAD 200, GET 206, audio/wav`; never the link, which lets whoever has it listen. */
export function playedText({ head, get }: Played): string {
  const text = ({ status, fault }: Heard): string => (status === 0 ? `no answer (${fault ?? 'unknown'})` : `${status}`);
  return `HEAD ${text(head)}, GET ${text(get)}, ${get.contentType ?? head.contentType ?? 'no content type'}`;
}
