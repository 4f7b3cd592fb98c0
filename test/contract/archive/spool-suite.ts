import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Spool } from '../../../lambdas/shared/ports/spool.ts';

/** An empty spool, and how many streams lie in it. */
export interface SpoolWorld {
  readonly spool: Spool;
  keptCount(): Promise<number>;
}

/** What every spool promises. `newWorld` gives an empty one. */
export function spoolSuite(name: string, newWorld: () => Promise<SpoolWorld>): void {
  const bytes = (content: string): Readable => Readable.from([Buffer.from(content)], { objectMode: false });

  describe(`${name} keeps a stream`, () => {
    it('with the length of what was read, to be read again and again', async () => {
      const { spool } = await newWorld();

      const spooled = await spool.keep(bytes('RIFF and so on'));

      expect(spooled.sizeBytes).toBe(14);
      expect(await text(spooled.open())).toBe('RIFF and so on');
      expect(await text(spooled.open())).toBe('RIFF and so on');
      await spooled.discard();
    });

    it('until it is discarded, once as well as twice', async () => {
      const { spool, keptCount } = await newWorld();
      const spooled = await spool.keep(bytes('RIFF'));
      expect(await keptCount()).toBe(1);

      await spooled.discard();
      await spooled.discard();

      expect(await keptCount()).toBe(0);
    });

    it('apart from others of the same content', async () => {
      const { spool, keptCount } = await newWorld();
      const [one, other] = await Promise.all([spool.keep(bytes('RIFF')), spool.keep(bytes('RIFF'))]);

      await one.discard();

      expect(await text(other.open())).toBe('RIFF');
      expect(await keptCount()).toBe(1);
      await other.discard();
    });

    it('not when its source breaks, and leaves nothing behind', async () => {
      const { spool, keptCount } = await newWorld();
      const source = Readable.from(
        (function* () {
          yield Buffer.from('RI');
          throw new Error('the line went dead');
        })(),
      );

      await expect(spool.keep(source)).rejects.toMatchObject({
        name: 'RetryableError',
        reason: 'spool-failed',
        cause: { message: 'the line went dead' },
      });
      expect(await keptCount()).toBe(0);
    });
  });
}
