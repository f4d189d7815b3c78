/** Makes the pages of figures, `docs/conformance.md` and `docs/statistics.md`, from what the suites have recorded. */

const HEAD = `# Conformance

What the suites measured at their full sizes, beside what they hold it to. Made by \`npm run verify\`, which
writes this page only when every suite has passed; not to be edited by hand. No figure here is a time: speed
stands in \`performance.md\`.
`;

const STATISTICS_HEAD = `# Statistics

How often intervals hold what they should, how often a change is called that is none, and how far the estimates are from
R's, measured on simulated windows and on data sets that stand with the tests. Made by \`npm run verify\`, which writes
this page only when every suite has passed; not to be edited by hand.
`;

/** Sections about estimates stand on a page of their own. */
const OF_STATISTICS = /^(?:Statistics|Agreement with R)/;

/** Reads the JSON lines that suites wrote; throws where two claim one name. */
export function readFigures(lines) {
  const figures = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  const seen = new Set();
  for (const { section, name } of figures) {
    const key = JSON.stringify([section, name]);
    if (seen.has(key)) throw new Error(`Two figures of the section "${section}" have the name "${name}": give each its own.`);
    seen.add(key);
  }
  return figures;
}

/** The page of what is held to others' results and to the laws. */
export function conformancePage(figures) {
  return page(HEAD, figures.filter(({ section }) => !OF_STATISTICS.test(section)));
}

/** The page of how well estimates estimate. */
export function statisticsPage(figures) {
  return page(STATISTICS_HEAD, figures.filter(({ section }) => OF_STATISTICS.test(section)));
}

/** A table a section, sections and names in their natural order whatever order suites ran in. */
function page(head, figures) {
  const sections = [...new Set(figures.map((figure) => figure.section))].sort(naturally);
  return [head, ...sections.map((section) => sectionText(section, figures))].join('\n');
}

function sectionText(section, figures) {
  const rows = figures
    .filter((figure) => figure.section === section)
    .sort((a, b) => naturally(a.name, b.name))
    .map(({ name, value, expectation }) => `| ${cell(name)} | ${cell(shown(value))} | ${cell(expectation)} |`);
  return `## ${section}\n\n| what | measured | expected |\n|---|---|---|\n${rows.join('\n')}\n`;
}

const order = new Intl.Collator('en', { numeric: true });

function naturally(a, b) {
  return order.compare(a, b);
}

function shown(value) {
  return typeof value === 'number' ? value.toLocaleString('en') : value;
}

function cell(text) {
  return String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
}
