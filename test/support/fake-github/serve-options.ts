import { parseArgs } from 'node:util';

/** What `npm run fake-github` was asked for. */
export interface ServeOptions {
  /** A folder of recordings, or how many pull requests are made up. */
  readonly world: { readonly folder: string } | { readonly pullRequests: number; readonly seed: number };
  /** 0 for any that is free. */
  readonly port: number;
  /** Where an installation of Narrows takes webhooks; null where none are sent. */
  readonly deliverTo: string | null;
}

/** What is printed where the options are wrong. */
export const USAGE = `Usage: npm run fake-github -- (--world DIR | --generate N [--seed 1]) [--port 8991] [--deliver-to URL]

  --world DIR        recordings: DIR/OWNER__NAME/pulls.ndjson.gz
  --generate N       a made-up organisation with at least N pull requests, 100 a repository
  --seed N           equal seeds make equal organisations
  --deliver-to URL   sends the webhooks of all that happened there: http://127.0.0.1:3000/webhooks/github
`;

/** Reads the command line; what is wrong with it comes back as a sentence. */
export function readServeOptions(args: readonly string[]): ServeOptions | { readonly problem: string } {
  const options = { 'world': { type: 'string' }, 'generate': { type: 'string' }, 'seed': { type: 'string', default: '1' }, 'port': { type: 'string', default: '8991' }, 'deliver-to': { type: 'string' } } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    const [pullRequests, seed, port] = [values.generate ?? '0', values.seed, values.port].map(Number) as [number, number, number];
    if ((values.world === undefined) === (values.generate === undefined)) return { problem: 'Name a world: either --world or --generate.' };
    if (values.generate !== undefined && !isWhole(pullRequests, 1, 10_000_000)) return { problem: `--generate takes a number of pull requests from 1 on, not ${values.generate}.` };
    if (!isWhole(seed, 0, 2 ** 31)) return { problem: `--seed takes a whole number, not ${values.seed}.` };
    if (!isWhole(port, 0, 65_535)) return { problem: `--port takes a number from 0 to 65535, not ${values.port}.` };
    const deliverTo = values['deliver-to'] ?? null;
    if (deliverTo !== null && !deliverTo.startsWith('http://')) return { problem: `--deliver-to takes an address that begins with http://, not ${deliverTo}.` };
    return { world: values.world === undefined ? { pullRequests, seed } : { folder: values.world }, port, deliverTo };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function isWhole(number: number, least: number, most: number): boolean {
  return Number.isInteger(number) && number >= least && number <= most;
}
