import type { StoredCredentials } from './credentials-file.ts';
import type { Options, OptionsReading } from './options.ts';
import type { Environment } from './read-options.ts';

/**
 * The settings with the App that the set-up pages have stored. The environment wins: where it names an App or a token
 * the stored App is not used, a secret or an address that it names stands in place of the stored one, and a warning
 * says what is left unused.
 */
export function connectedOptions({ options, warnings }: OptionsReading, stored: StoredCredentials, env: Environment): OptionsReading & { readonly usesStored: boolean } {
  const named = ['NARROWS_GITHUB_APP_ID', 'NARROWS_GITHUB_TOKEN'].find((name) => isSet(env, name) || isSet(env, `${name}_FILE`));
  if (named !== undefined) {
    const said = `${named} is set, and the data folder holds the App ${stored.slug} that was connected on the set-up pages: the environment counts. Remove credentials.json, or the variables.`;
    return { options, warnings: [...warnings, said], usesStored: false };
  }
  return {
    options: {
      ...options,
      githubAppId: stored.appId,
      githubPrivateKey: stored.privateKey,
      webhookSecret: options.webhookSecret ?? stored.webhookSecret,
      githubApiUrl: isSet(env, 'NARROWS_GITHUB_API_URL') ? options.githubApiUrl : stored.apiUrl,
    },
    warnings: [...warnings, ...overridden(options, stored, env)],
    usesStored: true,
  };
}

function overridden(options: Options, stored: StoredCredentials, env: Environment): string[] {
  const { webhookSecret, githubApiUrl } = options;
  const secret = webhookSecret !== null && stored.webhookSecret !== null && webhookSecret !== stored.webhookSecret;
  const address = isSet(env, 'NARROWS_GITHUB_API_URL') && githubApiUrl !== stored.apiUrl;
  return [
    ...(secret ? [`NARROWS_WEBHOOK_SECRET is set and differs from the secret that came with the App ${stored.slug}: the environment counts, so GitHub must sign with that one.`] : []),
    ...(address ? [`NARROWS_GITHUB_API_URL is set to ${githubApiUrl}, and the App ${stored.slug} was connected at ${stored.apiUrl}: the environment counts.`] : []),
  ];
}

function isSet(env: Environment, name: string): boolean {
  return Boolean(env[name]);
}
