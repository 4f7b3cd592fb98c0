import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Credentials } from '../cloud/aws/cloud-aws.ts';
import { UsageError } from '../terminal/options.ts';

/** An AWS that somebody else runs, such as LocalStack or moto, and the keys to show there. */
export interface Emulator extends Credentials {
  readonly url: string;
}

/**
 * What AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY say; without keys `test` and `test`, which
 * emulators take. Undefined when there is no AWS_ENDPOINT_URL.
 *
 * @throws {UsageError} when it is no http or https address.
 */
export function emulatorOf(environment: Readonly<Record<string, string | undefined>>): Emulator | undefined {
  const address = environment['AWS_ENDPOINT_URL'] ?? '';
  if (address === '') return undefined;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw new UsageError(`AWS_ENDPOINT_URL wants an http or https URL, not "${address}"`);
  return {
    url: address.replace(/\/+$/, ''),
    accessKeyId: environment['AWS_ACCESS_KEY_ID'] || 'test',
    secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] || 'test',
  };
}

/**
 * The same emulator by its IPv4 address: with a name, `localhost` too, the SDK's S3 client would put the bucket before
 * it (`archive.localhost`). An https URL stays, because its certificate is for the name.
 *
 * @throws {UsageError} when the name is not known here, or nobody answers HTTP at the address.
 */
export async function reachEmulator(emulator: Emulator): Promise<Emulator> {
  const url = new URL(emulator.url);
  try {
    if (url.protocol === 'http:' && isIP(url.hostname) === 0)
      url.hostname = (await lookup(url.hostname, { family: 4 })).address;
    await fetch(url, { redirect: 'manual' });
  } catch (cause) {
    throw new UsageError(`AWS_ENDPOINT_URL: nobody answers at ${emulator.url}`, { cause });
  }
  return { ...emulator, url: url.href.replace(/\/+$/, '') };
}
