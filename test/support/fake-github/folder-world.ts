import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { buildWorld } from './build-world.ts';
import { recordedPulls } from './pull-source.ts';
import type { RepositoryPlan } from './repository-record.ts';
import type { World } from './world.ts';

/** What may be said of a repository beside its pull requests, as REST writes it, in `repository.json`. */
const described = z.object({
  id: z.number().optional(),
  private: z.boolean().optional(),
  archived: z.boolean().optional(),
  created_at: z.iso.datetime().optional(),
  owner: z.object({ id: z.number().optional(), type: z.enum(['Organization', 'User']).optional() }).optional(),
});

/** What a recording may say of itself, in `about.json`: which repository it is of. */
const about = z.object({ repository: z.string() });

/**
 * A world of the recordings in a folder: `OWNER__NAME/pulls.ndjson.gz` (or `.ndjson`), each with an optional
 * `repository.json`; a folder of another name counts where its `about.json` says which repository it is of.
 */
export function folderWorld(folder: string): World {
  const repositories = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => repositoryIn(join(folder, name), name) ?? []);
  if (repositories.length === 0) throw new Error(`${folder} has no recording: expected OWNER__NAME/pulls.ndjson.gz.`);
  return buildWorld({ repositories });
}

function repositoryIn(path: string, name: string): RepositoryPlan | null {
  const fullName = name.includes('__') ? name.replace('__', '/') : nameSaidIn(path);
  const lines = linesIn(path);
  if (fullName === null || lines === null) return null;
  const file = join(path, 'repository.json');
  const { id, owner, private: isPrivate, archived, created_at: createdAt } = existsSync(file) ? described.parse(JSON.parse(readFileSync(file, 'utf8'))) : described.parse({});
  return {
    fullName,
    pulls: recordedPulls(lines),
    ...(id === undefined ? {} : { id }),
    ...(owner === undefined ? {} : { owner: { ...(owner.id === undefined ? {} : { id: owner.id }), ...(owner.type === undefined ? {} : { type: owner.type }) } }),
    ...(isPrivate === undefined ? {} : { isPrivate }),
    ...(archived === undefined ? {} : { isArchived: archived }),
    ...(createdAt === undefined ? {} : { createdAt: Date.parse(createdAt) }),
  };
}

function nameSaidIn(path: string): string | null {
  const file = join(path, 'about.json');
  if (!existsSync(file)) return null;
  const read = about.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return read.success ? read.data.repository : null;
}

/** The pull requests of a recording; issues have numbers of the same row and no waits. */
function linesIn(path: string): readonly string[] | null {
  for (const name of ['pulls.ndjson.gz', 'pulls.ndjson']) {
    const file = join(path, name);
    if (!existsSync(file)) continue;
    const bytes = readFileSync(file);
    const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    return text.split('\n').filter((line) => line.trim() !== '');
  }
  return null;
}
