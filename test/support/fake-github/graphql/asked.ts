import { GraphQLError } from 'graphql';
import type { GraphQLBudget } from '../hooks.ts';
import type { PullState } from '../pull-at.ts';
import type { OrganizationState, RepositoryState, TeamState, World } from '../world.ts';

/** An object of an answer: its fields are values or functions of the field's arguments. A field that is left out stands for what the world does not know. */
export type Node = Readonly<Record<string, unknown>> & { readonly __typename: string };

/** What a query is answered from: the world at one instant, as far as the caller sees it. */
export interface Asked {
  readonly world: World;
  /** Epoch ms. */
  readonly at: number;
  /** Null for a repository outside the installation. */
  repository(id: number): RepositoryState | null;
  sees(repository: RepositoryState): boolean;
  /** Null for an account that the caller's installation is not on. */
  organization(login: string): OrganizationState | null;
  readonly budget: GraphQLBudget;
  /** Notes that something was asked that the fake does not know; a test that meets it fails. */
  refuse(what: string): void;
  readonly make: NodeMakers;
}

/** How the objects that contain each other are made. */
export interface NodeMakers {
  repository(asked: Asked, state: RepositoryState): Node;
  pull(asked: Asked, repository: RepositoryState, state: PullState): Node;
  organization(asked: Asked, state: OrganizationState): Node;
  team(asked: Asked, organization: OrganizationState, team: TeamState): Node;
}

/** An error of GraphQL as GitHub types them: `NOT_FOUND`, `INVALID_CURSOR_ARGUMENTS`. */
export function problem(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

/** Refuses arguments that the fake would have to ignore. */
export function refuseOthers(asked: Asked, field: string, args: Readonly<Record<string, unknown>>, known: readonly string[]): void {
  for (const [name, value] of Object.entries(args)) {
    if (value != null && !known.includes(name)) asked.refuse(`The fake does not know the argument ${name} of ${field}.`);
  }
}

/** An instant as GitHub writes it: ISO 8601 without fractions. */
export function iso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
