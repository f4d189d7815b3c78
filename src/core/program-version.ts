import { readFileSync } from 'node:fs';
import { projectFile } from './project-file.ts';

/** The version of this program, as its package states it; `unknown` where that cannot be read. */
export function programVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(projectFile('package.json'), 'utf8'));
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : null;
  return typeof version === 'string' ? version : 'unknown';
}
