const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How wide a text stands in a terminal: one place a character, as readers count them. */
function widthOf(text: string): number {
  return Array.from(CHARACTERS.segment(text)).length;
}

/** A table for the terminal, two spaces between columns: words stand left; of numbers only the first column does. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[], of: 'words' | 'numbers' = 'numbers'): string {
  const widths = head.map((title, column) => Math.max(widthOf(title), ...rows.map((row) => widthOf(row[column] ?? ''))));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
        return column === 0 || of === 'words' ? cell + space : space + cell;
      })
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.map(line)].map((text) => `${text}\n`).join('');
}
