/** The pages that are made from the program, and what makes each: an export that returns the page's text. `npm run docs` writes them; a test says when one is stale. */
export const GENERATED_DOCS = [
  { page: 'docs/configuration.md', module: 'src/config/configuration-page', make: 'configurationPage' },
];
