import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Browser, Page, Response } from 'playwright-core';

const html = readFileSync(join(import.meta.dirname, '../../fixtures/player/page.html'));

/** Serves the player's page on an origin of its own. */
export async function servePage(): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the page has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Told {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

type Loaded = { readonly durationSeconds: number } | { readonly error: number };
type Played =
  { readonly startedAt: number; readonly endedAt: number; readonly ended: boolean } | { readonly error: number };

/** One answer with which a browser got sound, or did not. */
export interface SoundAnswer {
  readonly status: number;
  readonly range?: string;
  readonly contentRange?: string;
  readonly origin?: string;
}

/** The player in a browser; see test/fixtures/player/page.html. */
export interface Player {
  ask(url: string, token?: string): Promise<Told>;
  load(name: string, src: string, crossOrigin: 'anonymous' | null): Promise<Loaded>;
  playToEnd(name: string, fromSeconds: number): Promise<Played>;
  /** What came from S3 since the last time this was asked. */
  soundAnswers(): Promise<readonly SoundAnswer[]>;
}

export async function openPlayer(browser: Browser, origin: string): Promise<Player> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${origin}/`);
  const heard: Response[] = [];
  page.on('response', (response) => {
    if (response.url().includes('X-Amz-Signature=')) heard.push(response);
  });
  const call = callIn(page);
  return {
    ask: (url, token) => call('askProvider', url, token),
    load: (name, src, crossOrigin) => call('load', name, src, crossOrigin),
    playToEnd: (name, fromSeconds) => call('playToEnd', name, fromSeconds),
    soundAnswers: () => Promise.all(heard.splice(0).map(soundAnswer)),
  };
}

const callIn =
  (page: Page) =>
  <Answer>(name: string, ...given: readonly (string | number | null | undefined)[]): Promise<Answer> =>
    page.evaluate(`${name}(${given.map((value) => JSON.stringify(value)).join(', ')})`);

async function soundAnswer(response: Response): Promise<SoundAnswer> {
  const { range, origin } = await response.request().allHeaders();
  const contentRange = (await response.allHeaders())['content-range'];
  return {
    status: response.status(),
    ...(range !== undefined && { range }),
    ...(contentRange !== undefined && { contentRange }),
    ...(origin !== undefined && { origin }),
  };
}
