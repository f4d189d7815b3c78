import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { configurationPage } from '#src/config/configuration-page.ts';
import { OPTIONS } from '#src/config/options.ts';
import { DEFAULT_POLICY, parsePolicy } from '#src/config/policy.ts';

const page = configurationPage();

const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split(/(?<!\\) \| /).map((cell) => cell.replace(/^\| | \|$/g, '').replaceAll('\\|', '|')));

const policyRows = rows.filter(([name = '']) => /^`[a-z_]/.test(name)).map(([name = '', fallback = '']) => ({ name: name.replaceAll('`', ''), fallback: fallback.replaceAll('`', '') }));

describe('the configuration page', () => {
  test('has a row for every option, with its file twin where it is a secret', () => {
    for (const { name, secret } of Object.values(OPTIONS)) {
      expect(rows.some(([cell]) => cell === (secret ? `\`${name}\`, \`${name}_FILE\`` : `\`${name}\``))).toBe(true);
    }
  });

  test('never shows a cell that is empty, undefined or an object', () => {
    for (const row of rows) {
      expect(row).toHaveLength(3);
      expect(row[2]).toMatch(/^[A-Z`'].*\.$/s);
      expect(row.join()).not.toMatch(/undefined|\[object/);
    }
  });

  test('gives defaults of the policy that, written into a file, change nothing', () => {
    const given = policyRows.filter(({ name, fallback }) => !name.includes('NAME') && fallback !== '' && fallback !== 'none');
    const content: Record<string, unknown> = {};
    for (const { name, fallback } of given) {
      const [first = '', second] = name.split('.');
      if (second === undefined) content[first] = parse(fallback);
      else content[first] = { ...(content[first] as object | undefined), [second]: parse(fallback) };
    }

    expect(given.length).toBeGreaterThan(8);
    expect(parsePolicy(JSON.stringify(content), 'defaults.json')).toEqual(DEFAULT_POLICY);
  });

  test('shows an example that is a policy', () => {
    const example = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? 'none';

    expect(parsePolicy(example, 'example.yaml')).toMatchObject({ calendar: { name: 'berlin' }, teams: [{ slug: 'payments', recipients: [{ zone: 'Europe/Berlin' }] }] });
  });
});
