import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearest } from '../lambdas/shared/domain/nearest.ts';
import type { BundledFiles } from './constructs/bundled-function.ts';

const repository = join(import.meta.dirname, '..');
/** Describes the others to editors; it configures nothing. */
const schemaFile = 'schema.json';

/** A folder of config/, each of whose files is one configuration that a stage may name. */
export interface ConfigFolder {
  /** The files without `.json`, in the order of the alphabet. */
  names(root?: string): readonly string[];
  /** All configurations, as files beside the bundle of a function, which reads the one that its environment names. */
  files(root?: string): BundledFiles;
  /** What is wrong with a setting of that name; undefined where there is such a configuration. */
  unknown(name: string, root?: string): string | undefined;
  /** `config/enrichment/minimal.json` */
  path(name: string): string;
  text(name: string, root?: string): string;
}

/** `kind` is the folder, the setting and the name of the folder beside the bundle. */
export function configFolder(kind: 'enrichment' | 'retention'): ConfigFolder {
  const folder = `config/${kind}`;
  const path = (name: string): string => `${folder}/${name}.json`;
  const names = (root: string = repository): readonly string[] =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.json') && file !== schemaFile)
      .map((file) => file.slice(0, -'.json'.length))
      .toSorted();
  return {
    names,
    files: (root) => ({ paths: names(root).map(path), folder: kind }),
    unknown(name, root) {
      const known = names(root);
      if (known.includes(name)) return undefined;
      const meant = nearest(name, known);
      return `${kind}.config is "${name}": ${folder} has no ${name}.json; there are: ${known.join(', ')}${meant === undefined ? '' : `. Did you mean "${meant}"?`}`;
    },
    path,
    text: (name, root = repository) => readFileSync(join(root, path(name)), 'utf8'),
  };
}
