/** What our requests prove themselves with. */
export interface Credential {
  /** The value of the `Authorization` header, fresh enough for a request that is sent now. */
  authorization(signal: AbortSignal): Promise<string>;
  /**
   * Told that GitHub answered 401 to this value. True where another can be had, which the next call of `authorization`
   * gives; false where asking again would be refused again.
   */
  refused(authorization: string): boolean;
  /** What an operator is told when GitHub refuses it for good: whole sentences with what to do. */
  readonly advice: string;
}

/** A personal token: it is what it is until an operator replaces it. */
export function tokenCredential(token: string): Credential {
  return {
    authorization: () => Promise.resolve(`Bearer ${token}`),
    refused: () => false,
    advice: 'The token in NARROWS_GITHUB_TOKEN is wrong, expired or taken back: make a new one on GitHub and set it.',
  };
}
