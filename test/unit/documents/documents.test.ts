import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const repository = join(import.meta.dirname, '..', '..', '..');
const read = (path: string): string => readFileSync(join(repository, path), 'utf8');

const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...markdownIn('docs'), ...markdownIn('docs/adr')];

function markdownIn(directory: string): readonly string[] {
  return readdirSync(join(repository, directory))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${directory}/${name}`);
}

/** As GitHub makes it of a heading: lower case, punctuation gone, spaces to hyphens. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number} _-]/gu, '')
    .replaceAll(' ', '-');
}

function anchorsOf(document: string): readonly string[] {
  return [...read(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchor(heading));
}

describe.each(documents)('%s', (document) => {
  it('links only to files and headings that are there', () => {
    const links = [...read(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);

    const broken = links.filter((target) => {
      if (/^https?:/.test(target)) return false;
      const [path = '', heading] = target.split('#');
      const file = path === '' ? document : join(dirname(document), path);
      if (!existsSync(join(repository, file))) return true;
      return heading !== undefined && !anchorsOf(file).includes(heading);
    });

    expect(broken).toEqual([]);
  });

  it('names only npm scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const named = [...read(document).matchAll(/npm run ([a-z:-]+)/g)].map(([, script]) => script);

    expect(named.filter((script) => script === undefined || !(script in scripts))).toEqual([]);
  });
});

describe('docs/dependencies.md', () => {
  it('has a line for every direct dependency and for no other', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json'));
    const wanted = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    const cells = [...read('docs/dependencies.md').matchAll(/^\| +(`[^|]+?) +\|/gm)].map(([, cell = '']) => cell);
    const named = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));

    expect([...named].sort()).toEqual([...wanted].sort());
  });
});

describe('docs/adr', () => {
  const decisions = markdownIn('docs/adr').filter((path) => /\/\d{3}-/.test(path));

  it.each(decisions)('%s says what a decision must say, in order', (path) => {
    const headings = [...read(path).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

    expect(read(path)).toMatch(/^\*\*Status\*\*: /m);
    expect(headings).toEqual(['Context', 'Positions', 'Decision', 'Consequences', 'How we will notice it is broken']);
  });

  it.each(decisions)('%s adds up what it scored', (path) => {
    const rows = [...read(path).matchAll(/^\|(.+)\|$/gm)].map(([, row = '']) =>
      row.split('|').map((cell) => cell.trim()),
    );
    const start = rows.findIndex(([first]) => first === 'criterion');
    const end = rows.findIndex(([first]) => first === 'sum');
    const score = (cell: string | undefined): number => Number(/^\d/.exec(cell ?? '')?.[0]);
    const criteria = rows.slice(start + 2, end);
    const sums = (rows[end] ?? []).slice(1).map(Number);

    expect(sums).toEqual(sums.map((_, column) => criteria.reduce((sum, row) => sum + score(row[column + 1]), 0)));
  });

  it('lists every decision', () => {
    const listed = [...read('docs/adr/README.md').matchAll(/\]\((\d{3}-[^)]+)\)/g)].map(
      ([, file]) => `docs/adr/${file}`,
    );

    expect(listed.sort()).toEqual([...decisions].sort());
  });
});

describe('README.md', () => {
  it.each(['npm ci && npm start', 'npm ci && npm test'])('shows %s', (command) => {
    expect(read('README.md')).toContain(`\n${command}\n`);
  });

  it('and .ci/run run the same check', () => {
    expect(read('.ci/run')).toContain('\nnpm ci && npm test\n');
  });
});
