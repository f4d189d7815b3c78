import { GITHUB_COM, placeOfWeb, type GitHubPlace } from '#src/github/web-addresses.ts';

/** Fields of a form as they came; what was sent twice or not at all is empty. */
export type Fields = Readonly<Record<string, string>>;

/** What is wrong, by the field. */
export type FieldErrors = Readonly<Record<string, string>>;

/** A form that was read: what it says, or what is wrong with it. */
export type FormReading<T> = { readonly value: T; readonly errors: null } | { readonly value: null; readonly errors: FieldErrors };

/** The App that somebody wants to make. */
export interface AppDraft {
  readonly place: GitHubPlace;
  /** The login of the organisation that will own it; null: whoever is signed in. */
  readonly organization: string | null;
  /** Whether GitHub is to deliver webhooks. */
  readonly delivers: boolean;
}

/** What the forms rest on. */
export interface FormFacts {
  /** The GitHub that is meant where nothing is written. */
  readonly place: GitHubPlace;
  /** Whether GitHub can reach this installation, as far as the settings tell. */
  readonly canDeliver: boolean;
}

const LOGIN = /^[A-Za-z\d](?:[A-Za-z\d_-]{0,98})$/;

/** Reads the form of a new App: whose it will be, on which GitHub, with webhooks or without. */
export function readDraft(fields: Fields, facts: FormFacts): FormReading<AppDraft> {
  const errors: Record<string, string> = {};
  const isPersonal = fields['owner'] === 'person';
  const organization = organizationIn((fields['organization'] ?? '').trim());
  if (!isPersonal && organization === '') errors['organization'] = 'Write the name of the organisation as it stands in its address: octo-org, for github.com/octo-org.';
  else if (!isPersonal && !LOGIN.test(organization)) errors['organization'] = 'This is no name of an organisation: it has letters, digits and dashes, as in its address on GitHub.';
  const place = readPlace(fields, facts, errors);
  if (place === null || Object.keys(errors).length > 0) return { value: null, errors };
  return { value: { place, organization: isPersonal ? null : organization, delivers: facts.canDeliver && fields['delivery'] !== 'poll' }, errors: null };
}

/** The GitHub that a form means: empty is the usual one. Writes into `errors` where it means none. */
export function readPlace(fields: Fields, facts: FormFacts, errors: Record<string, string>): GitHubPlace | null {
  const server = (fields['server'] ?? '').trim();
  if (server === '' || server === facts.place.webUrl) return facts.place;
  const place = placeOfWeb(server);
  if (place === null) errors['server'] = 'This is no address of a GitHub. Write the address of its front page, such as https://github.example.com, or leave it empty.';
  return place;
}

/** What a form shows that nobody has filled in yet. */
export function emptyDraft({ place }: FormFacts): Fields {
  return { owner: 'organization', server: place.webUrl === GITHUB_COM.webUrl ? '' : place.webUrl, delivery: 'webhooks' };
}

/** People paste addresses: `https://github.com/octo-org` means octo-org. */
function organizationIn(text: string): string {
  return text.replace(/^https?:\/\/[^/]+\/(?:orgs\/|organizations\/)?/i, '').replace(/^@/, '').split('/')[0] ?? '';
}
