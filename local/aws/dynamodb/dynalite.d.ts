declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** Makes a server that need not listen: whoever emits `request` on it gets an answer. */
  function dynalite(options: {
    /** A LevelDB directory. Default: in memory. */
    readonly path?: string;
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }): Server;
  export = dynalite;
}
