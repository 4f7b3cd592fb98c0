import type { CalabrioContacts } from '../../../lambdas/shared/ports/calabrio-contacts.ts';
import { failureOf } from '../../support/failure-of.ts';

/** A Calabrio with contacts, and the hands that it has on them. */
export interface ContactsWorld {
  readonly contacts: CalabrioContacts;
  /** A contact of a recorded call whose audio is there, with this metadata; resolves to its number. */
  newContact(metadata: Readonly<Record<string, string>>): Promise<number>;
  /** The next request is answered 429, with Retry-After. */
  throttleNext(retryAfterSeconds: number): void;
  close(): Promise<void>;
}

/** What every way to Calabrio's contacts promises. */
export function contactsSuite(name: string, newWorld: () => Promise<ContactsWorld>): void {
  describe(name, () => {
    let world: ContactsWorld;
    beforeEach(async () => void (world = await newWorld()));
    afterEach(() => world.close());

    it('gives a contact with its metadata, and that its audio is there', async () => {
      const ccrId = await world.newContact({ archive_task_sid: `WT${'1'.repeat(32)}` });

      expect(await world.contacts.fetch(ccrId)).toMatchObject({
        ccrId,
        isAudioUploaded: true,
        metadata: { archive_task_sid: `WT${'1'.repeat(32)}` },
      });
    });

    it('has no contact of a number that was never given', async () => {
      const ccrId = await world.newContact({});

      expect(await world.contacts.fetch(ccrId + 1000)).toBeUndefined();
    });

    it('says when to come again where Calabrio is asked too often, and answers then', async () => {
      const ccrId = await world.newContact({});
      world.throttleNext(9);

      expect(await failureOf(world.contacts.fetch(ccrId))).toMatchObject({
        name: 'RetryableError',
        reason: 'calabrio-rate-limited',
        retryAfterSeconds: 9,
      });
      expect(await world.contacts.fetch(ccrId)).toMatchObject({ ccrId });
    });
  });
}
