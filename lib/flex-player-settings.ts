import * as z from 'zod/mini';
import { isHttps, text, wholeNumber } from './setting-shapes.ts';

const wantedOrigin = 'an https origin without a path, such as https://flex.twilio.com';

/**
 * Who may play by a Flex token: the player of Flex Insights asks us for the sound of a conversation in the name of whoever
 * is logged in (docs/playback.md).
 */
export const flexPlayerSchema = z.strictObject({
  /** Where the player is loaded from; a browser lets no other page read the answer. */
  origins: z
    .array(
      z.string(`wanted ${wantedOrigin}`).check(z.refine((url: string) => isOrigin(url), `wanted ${wantedOrigin}`)),
      'wanted a list of origins',
    )
    .check(z.minLength(1, 'wanted at least one origin')),
  /** Roles of Flex of which the token must have one. */
  roles: z
    .array(text('a role as Flex names it', /^[A-Za-z][\w.-]{0,63}$/), 'wanted a list of roles')
    .check(z.minLength(1, 'wanted at least one role')),
  /** How long Twilio's word on a token is believed; 0: it is asked each time. */
  cacheSeconds: wholeNumber(0, 300, 'seconds'),
});

export type FlexPlayerSettings = z.infer<typeof flexPlayerSchema>;

/** `URL.origin` has no slash at its end and no standard port; a browser sends it so. */
function isOrigin(url: string): boolean {
  return isHttps(url) && new URL(url).origin === url;
}

interface WhatThePlayerNeeds {
  readonly name: string;
  readonly linkMode: string;
  readonly flexPlayer?: FlexPlayerSettings | undefined;
}

/** What the settings of single fields cannot say. */
export function flexPlayerFaults({ name, linkMode, flexPlayer }: WhatThePlayerNeeds): readonly string[] {
  const needsPlayer = linkMode === 'media' || linkMode === 'both';
  return needsPlayer && flexPlayer === undefined
    ? [
        `${name}.linkMode is "${linkMode}" and ${name}.flexPlayer is missing: media takes the place of Twilio's own recording, and nobody could play it; give origins, roles and cacheSeconds`,
      ]
    : [];
}

/** The player as play-recording reads it: one JSON text. */
export function flexPlayerText(flexPlayer: FlexPlayerSettings): string {
  return JSON.stringify(flexPlayer);
}
