import { errorAnswer, type Answer } from './answers.ts';

/** Pairs of user name and password, as they are valid at this moment. */
export type Credentials = () => readonly (readonly [user: string, password: string])[];

/** undefined when HTTP Basic names a valid pair; Twilio's 401 otherwise. */
export function refuseStranger(authorization: string | undefined, credentials: Credentials): Answer | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  const given = encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
  if (given !== undefined && credentials().some(([user, password]) => given === `${user}:${password}`))
    return undefined;
  return errorAnswer(401, 20003, 'Authenticate', { 'WWW-Authenticate': 'Basic realm="Twilio API"' });
}
