/** Where Twilio delivers to, below the base of the pipeline's URLs. */
export interface PipelineUrls {
  readonly base: string;
  readonly eventStreams: string;
  readonly taskEvents: string;
  readonly recordingEvents: string;
}

/**
 * Five tries more, whatever failed, within 15 s in all: without it Twilio tries once more, and only where no connection
 * came about. A fragment, which is no part of what is signed. Event Streams knows no overrides, and needs none.
 * (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides, read 2026-11)
 */
export const tryAgain = '#rc=5&rp=all';

export function pipelineUrls(base: string): PipelineUrls {
  return {
    base,
    eventStreams: `${base}/twilio/event-streams`,
    taskEvents: `${base}/twilio/task-events${tryAgain}`,
    recordingEvents: `${base}/twilio/recording-events`,
  };
}

/** Whether the URL leads to one of the pipeline's routes for Twilio; another stage may live deeper below the same base. */
export function isOurs({ base }: PipelineUrls, text: string): boolean {
  const [url, ours] = [URL.parse(text), URL.parse(`${base}/twilio/`)];
  return url !== null && ours !== null && url.origin === ours.origin && url.pathname.startsWith(ours.pathname);
}

/** For people: a password in it is none of what they need to see. */
export function shownUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || url.password === '') return text;
  return text.replace(/\/\/[^/]*@/, `//${url.username}:***@`);
}
