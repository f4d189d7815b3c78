import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A file of the set-up pages: its path holds a digest of its text, so it may be cached for ever. */
export interface SetupAsset {
  /** Below the base path: `/setup/assets/setup-0123456789ab.css`. */
  readonly path: string;
  readonly type: 'css' | 'js';
  readonly text: string;
}

/** The style sheet and the script. The one of all pages, which the set-up shares, stands before its own. */
export function readSetupAssets(pagesStyle: string): { readonly style: SetupAsset; readonly script: SetupAsset } {
  return { style: asset('css', `${pagesStyle}\n${textOf('setup.css')}`), script: asset('js', textOf('setup.js')) };
}

function asset(type: SetupAsset['type'], text: string): SetupAsset {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { path: `/setup/assets/setup-${digest}.${type}`, type, text };
}

function textOf(name: string): string {
  return readFileSync(new URL(`./style/${name}`, import.meta.url), 'utf8');
}
