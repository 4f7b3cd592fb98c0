/**
 * Builds a value on first use and keeps it; calls that come meanwhile wait for the same build.
 *
 * A failed build is forgotten, so that the next call tries again: one bad moment of AWS at cold start must not poison
 * the container for the rest of its life.
 */
export function lazy<T>(build: () => T | Promise<T>): () => Promise<T> {
  let built: Promise<T> | undefined;
  return () => {
    built ??= (async () => build())().catch((error: unknown) => {
      built = undefined;
      throw error;
    });
    return built;
  };
}
