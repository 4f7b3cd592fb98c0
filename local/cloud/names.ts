/**
 * The name people know a resource by, from its logical id: `EnrichTaskQueue1A2B3C4D` → `enrich-task`,
 * `EnrichTaskDeadLetters5E6F7A8B` → `enrich-task-dead-letters`. `kind` is the last word to leave off.
 */
export function knownName(logicalId: string, kind: string): string {
  const words = logicalId
    .replace(/[0-9A-F]{8}$/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
  return words.endsWith(`-${kind}`) ? words.slice(0, -kind.length - 1) : words;
}

interface Named {
  readonly name: string;
  readonly logicalId: string;
  readonly physicalName: string;
}

/** Finds by known name, logical id or physical name. @throws {Error} that lists what there is. */
export function byName<Found extends Named>(all: readonly Found[], kind: string): (name: string) => Found {
  return (name) => {
    const found = all.find((one) => [one.name, one.logicalId, one.physicalName].includes(name));
    if (found) return found;
    throw new Error(`no ${kind} ${name}: there are ${all.map((one) => one.name).join(', ') || 'none'}`);
  };
}
