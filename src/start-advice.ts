import type { LiveProgram } from './live-program.ts';

/** Where the set-up pages begin. */
export const SETUP_PATH = '/setup';

/** What is known of a program that has just begun to listen. */
export interface StartSituation {
  /** Where it listens. */
  readonly url: string;
  readonly publicUrl: string | null;
  readonly live: Pick<LiveProgram, 'shut' | 'sample' | 'site' | 'collecting' | 'secrets'>;
  /** The code that opens the set-up; null where there is nothing to set up. */
  readonly code: string | null;
}

/** What whoever started it should know, a sentence a line: what to do first, first. */
export function startAdvice({ url, publicUrl, live, code }: StartSituation): readonly string[] {
  const { shut, sample, site, collecting, secrets } = live;
  const lines: string[] = [];
  if (code !== null) lines.push('', 'Nothing is connected yet. To connect GitHub, open', `    ${setupAddress(url, publicUrl)}`, 'and give this code, which opens it once:', `    ${code}`, '');
  lines.push(...(collecting ?? []));
  if (sample !== null) lines.push(`Until then ${url}/ shows recorded data of ${sample.recordedFrom}, moved to this week.`, `A weekly mail: ${url}${site?.previewPath ?? '/'}`);
  else if (shut === null) lines.push(`Pages: ${url}/   API: ${url}/api/v1/metrics`);
  else lines.push(`Pages and API are shut, because ${shut}: readers cannot be told apart yet. Here, narrows show and narrows explain print the figures.`);
  if (secrets.length === 0 && collecting !== null) lines.push('No webhook secret is set: GitHub is only asked, every few minutes, and pushes are not known. Deliveries are refused until NARROWS_WEBHOOK_SECRET is.');
  if (secrets.length > 0 && collecting === null) lines.push('No GitHub App is connected: only what webhooks tell is known. To connect one on the set-up pages, start without NARROWS_WEBHOOK_SECRET.');
  return lines;
}

/** Where a browser opens the set-up: the public address where there is one, else this machine's own. */
function setupAddress(url: string, publicUrl: string | null): string {
  if (publicUrl !== null) return `${publicUrl}${SETUP_PATH}`;
  const { port } = new URL(url);
  return /^http:\/\/(?:0\.0\.0\.0|\[::\]):/.test(url) ? `http://localhost:${port}${SETUP_PATH}` : `${url}${SETUP_PATH}`;
}
