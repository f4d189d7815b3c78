import { z } from 'zod';
import type { Source } from '#src/domain/source.ts';
import { accountRef } from './reading/accounts.ts';
import { ignored, readAs, seen } from './reading/reading.ts';
import { account, lenient, organization, team, text } from './reading/schemas.ts';
import { deliveredTransition, teamSighting } from './reading/teams.ts';

const schema = z.object({
  action: text,
  member: account,
  team: team.partial({ slug: true, name: true }),
  organization,
  sender: lenient(account),
});

/** People joining and leaving teams. The payload names no time: it is when the event was delivered. */
const source: Source = {
  events: ['membership'],
  read: (payload, envelope) =>
    readAs(schema, payload, (value) => {
      if (value.action !== 'added' && value.action !== 'removed') return ignored(`membership ${value.action} changes nobody's team`);
      const { id: teamId, slug, name } = value.team;
      const teams =
        slug === undefined || name === undefined
          ? []
          : [teamSighting({ ...value.team, slug, name }, value.organization.login, value.team.deleted === true, envelope)];
      const isMember = value.action === 'added';
      const change = { teamId, account: accountRef(value.member), isMember, ...deliveredTransition(envelope) };
      const people = seen(undefined, [value.member, value.sender], envelope);
      return { outcome: 'facts', changes: { ...people, teams, memberships: [change] } };
    }),
};

export default source;
