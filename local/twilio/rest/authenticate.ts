import { errorAnswer, type Answer } from './answers.ts';

/** Pairs of user name and password, as they are valid at this moment. */
export type Credentials = () => readonly (readonly [user: string, password: string])[];

/** Who asks, by HTTP Basic; undefined where nobody is named. */
export function basicUser(
  authorization: string | undefined,
): { readonly user: string; readonly password: string } | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const [, user, password] = /^([^:]*):(.*)$/.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  return user === undefined || password === undefined ? undefined : { user, password };
}

/** undefined when HTTP Basic names a valid pair; Twilio's 401 otherwise. */
export function refuseStranger(authorization: string | undefined, credentials: Credentials): Answer | undefined {
  const given = basicUser(authorization);
  if (credentials().some(([user, password]) => given?.user === user && given.password === password)) return undefined;
  return errorAnswer(401, 20003, 'Authenticate', { 'WWW-Authenticate': 'Basic realm="Twilio API"' });
}
