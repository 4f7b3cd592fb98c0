import * as z from 'zod/mini';

/** Twilio's limit of what people call a thing. (https://www.twilio.com/docs/taskrouter/api/workspace, read 2026-11) */
const nameWanted = 'a text of 1 to 64 characters; correct it';

export const name = z.string().check(z.minLength(1, nameWanted), z.maxLength(64, nameWanted));
