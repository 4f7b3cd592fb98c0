import { CannotBeMadeError } from '../cannot-be-made-error.ts';
import type { Resource, TwilioRest } from '../twilio-rest.ts';
import { contentUrl, foundOf } from './workspace-state.ts';
import type { ContentKind, Found, WorkspaceState } from './workspace-state.ts';

/** By which names and SIDs stand for each other. */
export interface Names {
  /** @throws {CannotBeMadeError} where nothing of that kind has the name. */
  sidOf(kind: ContentKind, name: string): string;
  nameOf(kind: ContentKind, sid: string): string | undefined;
}

/** What is known of a workspace while changes are made in it: what was there, and what has been made since. */
export interface Workbench extends Names {
  readonly rest: TwilioRest;
  /** Undefined while there is none. */
  workspace(): Found | undefined;
  find(kind: ContentKind, name: string): Found | undefined;
  all(kind: ContentKind): readonly Found[];
  /**
   * Where Twilio has that kind.
   *
   * @throws {CannotBeMadeError} while there is no workspace.
   */
  url(kind: ContentKind): string;
  /** Remembers what Twilio said of it last. */
  note(kind: ContentKind, resource: Resource): void;
  noteWorkspace(resource: Resource): void;
  /** Remembers a whole workspace instead of what was known. */
  take(state: WorkspaceState): void;
}

export function workbench(rest: TwilioRest, state?: WorkspaceState): Workbench {
  let workspace: Found | undefined;
  const content = new Map<ContentKind, Map<string, Found>>();
  const ofKind = (kind: ContentKind): Map<string, Found> => {
    const known = content.get(kind) ?? new Map<string, Found>();
    content.set(kind, known);
    return known;
  };
  const bench: Workbench = {
    rest,
    workspace: () => workspace,
    find: (kind, name) => ofKind(kind).get(name),
    all: (kind) => [...ofKind(kind).values()],
    sidOf(kind, name) {
      const found = ofKind(kind).get(name);
      if (found === undefined) throw new CannotBeMadeError(`there is no ${kind} called "${name}"`);
      return found.sid;
    },
    nameOf: (kind, sid) => [...ofKind(kind).values()].find((one) => one.sid === sid)?.name,
    url(kind) {
      if (workspace === undefined) throw new CannotBeMadeError('there is no workspace to make it in');
      return contentUrl(workspace.sid, kind);
    },
    note(kind, resource) {
      const found = foundOf(kind, resource);
      ofKind(kind).set(found.name, found);
    },
    noteWorkspace(resource) {
      workspace = foundOf('workspace', resource);
    },
    take(whole) {
      workspace = whole.workspace;
      for (const [kind, byName] of whole.content) content.set(kind, new Map(byName));
    },
  };
  if (state !== undefined) bench.take(state);
  return bench;
}
