import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** Where Debian's package puts it. */
const executablePath = '/usr/bin/chromium';

/** Whether a browser is here; `mayBeMissing` is false where it was said that tests in it are not to be left out. */
export const chromiumHere = {
  isInstalled: existsSync(executablePath),
  mayBeMissing: !isSet(process.env['CI']) && !isSet(process.env['REQUIRE_CHROMIUM']),
  whyNot: `Chromium is not installed (${executablePath}): what a browser plays is left out here`,
} as const;

function isSet(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false'].includes(value);
}

/** Starts it without a window, with a profile of its own that goes with it; it asks nobody but the pages it is led to. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--mute-audio'],
      // Nobody is there to click.
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
}
