import type { RecordedAccount } from '../recorded-pull.ts';
import type { Dice } from './dice.ts';

/** How many persons a made-up world has. */
const PERSONS = 60;

/** The bot of the made-up worlds: REST writes its login with `[bot]`, GraphQL without. */
export const BOT: RecordedAccount = { login: 'upkeep[bot]', id: 49_699_333, type: 'Bot' };

/** A person of the made-up worlds, from 0 on: `person-1`, … */
export function person(index: number): RecordedAccount {
  const number = (index % PERSONS) + 1;
  return { login: `person-${String(number)}`, id: 200_000_000 + number * 17, type: 'User' };
}

/** Somebody; one in fifty has deleted the account since. */
export function somebody(dice: Dice): RecordedAccount | null {
  return dice.chance(0.02) ? null : person(dice.below(PERSONS));
}

/** Somebody who is known and not `other`. */
export function somebodyElse(dice: Dice, other: RecordedAccount | null): RecordedAccount {
  const picked = person(dice.below(PERSONS));
  return picked.id === other?.id ? person(dice.below(PERSONS - 1) + (picked.id - 200_000_000) / 17) : picked;
}

/** Who has a login of the made-up worlds; null for anybody else. */
export function personCalled(login: string): RecordedAccount | null {
  if (login === BOT.login) return BOT;
  const number = Number(/^person-(\d+)$/.exec(login)?.[1]);
  return number >= 1 && number <= PERSONS ? person(number - 1) : null;
}
