import type { WaitingItem } from '#src/domain/figures.ts';
import { ageText } from '#src/wording/duration-text.ts';
import { plainText } from '#src/wording/plain-text.ts';
import { counted } from '#src/wording/number-text.ts';
import { stageWords } from '#src/wording/stage-words.ts';
import { workingDaysNumber } from '#src/wording/working-days.ts';

/** A pull request that waits, in words. */
export interface WaitingWords {
  readonly title: string;
  /** `payments-api #4021` */
  readonly subject: string;
  /** `first response, round 2, standing still` */
  readonly what: string;
  readonly waitsOn: string;
  /** Working days where a calendar is known, else the time that has passed. */
  readonly age: string;
}

/** The words of a line of the list. Persons are only named where the policy says so; teams always are. */
export function waitingWords(item: WaitingItem, names: boolean): WaitingWords {
  const { repository, number, title, stage, round, isStandingStill, workingDays, ageSeconds } = item;
  const name = plainText(repository.fullName.split('/').at(-1) ?? repository.fullName, 'repository');
  return {
    title: plainText(title ?? '', `pull request #${String(number)}`),
    subject: `${name} #${String(number)}`,
    what: [stageWords(stage).short, ...(round > 1 ? [`round ${String(round)}`] : []), ...(isStandingStill ? ['standing still'] : [])].join(', '),
    waitsOn: waitsOnText(item, names),
    age: workingDays === null ? ageText(ageSeconds) : workingDaysNumber(workingDays),
  };
}

function waitsOnText({ waitsOn, stage }: WaitingItem, names: boolean): string {
  const shown = waitsOn.filter(({ kind }) => names || kind === 'team').map(({ name }) => plainText(name, 'unknown'));
  const unnamed = waitsOn.length - shown.length;
  const all = unnamed === 0 ? shown : [...shown, counted(unnamed, 'person', 'people')];
  if (all.length > 0) return all.join(', ');
  const nobody = { reviewer: 'nobody was asked', author: 'its author', 'go-ahead': 'whoever merges', machine: 'the merge queue' } as const;
  return nobody[stageWords(stage).mover];
}
