import { setTimeout as wait } from 'node:timers/promises';
import { secondsAfter } from '../../domain/seconds-after.ts';
import type { CalabrioContact, CalabrioContacts } from '../../ports/calabrio-contacts.ts';
import type { SecretSource } from '../../ports/secret-source.ts';
import { calabrioClient } from './calabrio-client.ts';
import type { CalabrioClient, CalabrioUser } from './calabrio-client.ts';
import { readJson, unreadable } from './calabrio-failures.ts';
import { contactList, contactOf, contactResource } from './contact-resource.ts';
import { politeRate } from './polite-rate.ts';

export interface CalabrioContactsSettings {
  /** Of the tenant's region, for example `https://calabriocloud.com`. */
  readonly baseUrl: string;
  readonly credentials: SecretSource<CalabrioUser>;
  /** How many requests may begin in a second, signing in included; more than 0. */
  readonly requestsPerSecond: number;
  readonly now: () => Date;
  /** Waits for so many milliseconds; real time unless given. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** 10 unless given. */
  readonly timeoutSeconds?: number;
}

const contactsPath = 'api/rest/recording/contact';

/** As far back as a source can still be at Twilio under the longest grace that anybody waits for. */
const listedDays = 90;
/** More than a contact centre has of one id: only a list that was not filtered is cut here. */
const listedAtMost = 5000;

/**
 * Contacts by Calabrio's QM API.
 *
 * That one contact can be read alone (`GET …/contact/{id}`) is UNCONFIRMED: public clients were only seen to list (read
 * 2026-11). So a 404 says either that there is no such contact or that there is no such route, and the list decides: what
 * it has proves the route missing, and from then on only the list is asked; what it does not have either is not there.
 * 405 says at once that the route is missing. That the list takes an `id` is UNCONFIRMED too; it is filtered here whatever
 * came. A contact that a cut list hides counts as not there, which confirms nothing and so deletes nothing.
 */
export function calabrioContacts(settings: CalabrioContactsSettings): CalabrioContacts {
  const { now, requestsPerSecond, pause = (milliseconds) => wait(milliseconds), timeoutSeconds = 10 } = settings;
  const turn = politeRate({ requestsPerSecond, now, pause });
  const client = calabrioClient({ ...settings, turn, timeoutSeconds });
  let hasSingleRoute = true;
  return {
    async fetch(ccrId) {
      if (!hasSingleRoute) return fromList(client, ccrId, now());
      const answer = await client.get(`${contactsPath}/${ccrId}`, [['expand', 'metadata']], [404, 405]);
      if (answer.status !== 404 && answer.status !== 405) {
        const contact = contactOf(readJson(answer.asked, contactResource, answer.body));
        if (contact.ccrId !== ccrId) throw unreadable(answer.asked, 'it is about another contact');
        return contact;
      }
      const listed = await fromList(client, ccrId, now());
      if (answer.status === 405 || listed !== undefined) hasSingleRoute = false;
      return listed;
    },
  };
}

async function fromList(client: CalabrioClient, ccrId: number, now: Date): Promise<CalabrioContact | undefined> {
  const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
  const answer = await client.get(
    contactsPath,
    [
      ['id', String(ccrId)],
      ['beginDate', dayOf(secondsAfter(now, -listedDays * 86_400))],
      ['endDate', dayOf(secondsAfter(now, 86_400))],
      ['limit', String(listedAtMost)],
      ['reason', 'recorded'],
      ['searchScope', 'allEvaluations'],
      ['expand', 'metadata'],
    ],
    [],
  );
  return readJson(answer.asked, contactList, answer.body)
    .map(contactOf)
    .find((contact) => contact.ccrId === ccrId);
}
