import { describe, expect, test } from '@jest/globals';
import type { Wait } from '#src/domain/wait.ts';
import { pullRequestWaits } from '#src/waits/pull-request-waits.ts';
import { recordedPullRequests } from '#test/support/recorded-pull-requests.ts';

/** A pull request of the recording whose waits a person read off its timeline. */
interface HandChecked {
  readonly number: number;
  readonly why: string;
  /** Every wait, in the order of the definitions: `stage round [on whom]: from to to, seconds [and seconds of standing clock], outcome`. */
  readonly waits: readonly string[];
}

const HAND_CHECKED: readonly HandChecked[] = [
  {
    number: 3,
    why: 'merged four hours after a comment, never approved: the approval ended without one, and nothing waited for the merge',
    waits: [
      'change.coding 1: 2020-06-18 12:30:15 to 2020-06-18 12:36:23, 368 s, opened',
      'review.first_response 1: 2020-06-18 12:36:23 to 2020-06-18 12:41:33, 310 s, responded',
      'review.approval 1: 2020-06-18 12:36:23 to 2020-06-18 17:01:27, 15904 s, merged',
      'change.lead 1: 2020-06-18 12:36:23 to 2020-06-18 17:01:27, 15904 s, merged',
    ],
  },
  {
    number: 4,
    why: 'ten months a draft in which others wrote: the response is early, a wish for changes in draft counts no second until its push, comments do not answer requests',
    waits: [
      'change.coding 1: 2019-09-16 16:51:24 to 2020-06-18 18:10:16, 23851132 s, opened',
      'change.draft 1: 2020-06-18 18:10:16 to 2021-04-22 12:31:02, 26590846 s, ready',
      'review.first_response 1: 2021-04-22 12:31:02 to 2021-04-22 12:31:02, 0 s, early',
      'review.request_response 1 on #14: 2021-05-11 09:39:34 to 2021-06-09 07:00:05, 2496031 s, merged',
      'review.request_response 1 on #15: 2021-05-11 09:39:34 to 2021-06-06 00:49:01, 2214567 s, responded',
      'review.request_response 1 on #20: 2021-05-11 09:39:35 to 2021-05-15 03:06:53, 322038 s, responded',
      'review.approval 1: 2021-04-22 12:31:02 to 2021-05-11 08:34:36, 1627414 s, approved',
      'review.rework 1: 2021-04-11 15:14:03 to 2021-04-13 11:18:21, 0 s and 158658 s standing, reworked',
      'review.rework 2: 2021-04-26 10:37:19 to 2021-04-30 17:28:01, 370242 s, reworked',
      'change.merge 1: 2021-05-11 08:34:36 to 2021-06-09 07:00:05, 2499929 s, merged',
      'change.lead 1: 2020-06-18 18:10:16 to 2021-06-09 07:00:05, 30718189 s, merged',
    ],
  },
  {
    number: 18,
    why: 'a draft twice and closed for 17 s: all three stand in the wait for an approval, which the merge ended without one',
    waits: [
      'change.draft 1: 2020-12-22 11:32:23 to 2020-12-23 20:11:17, 117534 s, ready',
      'change.draft 2: 2020-12-24 08:01:38 to 2020-12-24 12:48:13, 17195 s, ready',
      'review.first_response 1: 2020-07-01 17:59:06 to 2020-07-01 20:31:50, 9164 s, responded',
      'review.approval 1: 2020-07-01 17:59:06 to 2021-04-28 17:58:47, 25871635 s and 134746 s standing, merged',
      'change.lead 1: 2020-07-01 17:59:06 to 2021-04-28 17:58:47, 26006381 s, merged',
    ],
  },
  {
    number: 27,
    why: 'a draft until it was closed: nobody was ever asked to review it, however many wrote',
    waits: [
      'change.coding 1: 2020-07-03 07:53:49 to 2020-07-03 07:59:48, 359 s, opened',
      'change.draft 1: 2020-07-03 07:59:48 to 2021-09-07 18:46:13, 37277185 s, closed',
      'change.lead 1: 2020-07-03 07:59:48 to 2021-09-07 18:46:13, 37277185 s, closed',
    ],
  },
  {
    number: 35,
    why: 'the first of several approvals starts the wait for the merge; pushes after it do not, and 7 s of being closed stand still in it',
    waits: [
      'change.coding 1: 2018-08-23 17:42:31 to 2020-07-16 13:40:56, 59860705 s, opened',
      'review.first_response 1: 2020-07-16 13:40:56 to 2020-07-17 06:33:16, 60740 s, responded',
      'review.approval 1: 2020-07-16 13:40:56 to 2020-07-19 10:59:16, 249500 s, approved',
      'change.merge 1: 2020-07-19 10:59:16 to 2020-08-26 14:35:07, 3296144 s and 7 s standing, merged',
      'change.lead 1: 2020-07-16 13:40:56 to 2020-08-26 14:35:07, 3545651 s, merged',
    ],
  },
  {
    number: 37,
    why: 'an approval by a ghost ends no rework that account-1 asked for; requests taken back and made again by the bot within a minute stay open until the close',
    waits: [
      'change.coding 1: 2020-07-19 15:42:21 to 2020-07-19 15:48:31, 370 s, opened',
      'review.first_response 1: 2020-07-19 15:48:31 to 2020-07-19 18:56:07, 11256 s, responded',
      'review.request_response 1 on #1: 2022-12-06 18:53:49 to 2024-02-07 16:53:33, 36971984 s, closed',
      'review.request_response 1 on #14: 2022-12-06 19:00:32 to 2024-02-07 16:53:33, 36971581 s, closed',
      'review.request_response 1 on #47: 2023-10-06 20:17:10 to 2024-02-07 16:53:33, 10701383 s, closed',
      'review.request_response 1 on #48: 2023-10-06 20:17:10 to 2024-02-07 16:53:33, 10701383 s, closed',
      'review.approval 1: 2020-07-19 15:48:31 to 2020-11-06 04:43:13, 9464061 s and 21 s standing, approved',
      'review.rework 1: 2021-03-24 00:25:32 to 2021-10-25 05:47:43, 18595331 s, reworked',
      'change.merge 1: 2020-11-06 04:43:13 to 2024-02-07 16:53:33, 102687020 s, closed',
      'change.lead 1: 2020-07-19 15:48:31 to 2024-02-07 16:53:33, 112151102 s, closed',
    ],
  },
  {
    number: 59,
    why: 'half a year of draft at its end stands in the wait for an approval, and an inline comment counts with its review',
    waits: [
      'change.coding 1: 2020-05-09 04:13:10 to 2020-08-14 10:32:02, 8403532 s, opened',
      'change.draft 1: 2021-03-23 13:06:16 to 2021-09-30 13:29:08, 16503772 s, closed',
      'review.first_response 1: 2020-08-14 10:32:02 to 2020-09-25 12:05:44, 3634422 s, responded',
      'review.approval 1: 2020-08-14 10:32:02 to 2021-09-30 13:29:08, 19103654 s and 16503772 s standing, closed',
      'change.lead 1: 2020-08-14 10:32:02 to 2021-09-30 13:29:08, 35607426 s, closed',
    ],
  },
  {
    number: 61,
    why: 'closed and reopened within 7 s is a pause; a comment on the day after the last close answers nothing',
    waits: [
      'change.coding 1: 2020-05-29 16:25:56 to 2020-08-14 12:49:00, 6639784 s, opened',
      'review.first_response 1: 2020-08-14 12:49:00 to 2020-10-06 08:02:33, 4562006 s and 7 s standing, responded',
      'review.approval 1: 2020-08-14 12:49:00 to 2020-10-06 18:41:08, 4600321 s and 7 s standing, closed',
      'change.lead 1: 2020-08-14 12:49:00 to 2020-10-06 18:41:08, 4600328 s, closed',
    ],
  },
  {
    number: 88,
    why: 'two asked for changes and no push came: one rework, from the first of them until the close',
    waits: [
      'change.coding 1: 2020-09-11 08:40:49 to 2020-09-11 08:56:56, 967 s, opened',
      'review.first_response 1: 2020-09-11 08:56:56 to 2020-09-11 13:23:25, 15984 s and 5 s standing, responded',
      'review.request_response 1 on #1: 2020-09-11 08:58:39 to 2020-09-14 19:45:14, 297990 s and 5 s standing, responded',
      'review.approval 1: 2020-09-11 08:56:56 to 2021-06-06 13:37:35, 23172034 s and 5 s standing, closed',
      'review.rework 1: 2020-09-14 19:45:14 to 2021-06-06 13:37:35, 22873941 s, closed',
      'change.lead 1: 2020-09-11 08:56:56 to 2021-06-06 13:37:35, 23172039 s, closed',
    ],
  },
  {
    number: 121,
    why: 'of three requests two were answered by reviews; the rework ended because the one who asked for it approved before any push',
    waits: [
      'review.first_response 1: 2020-10-28 02:01:49 to 2020-12-16 15:04:51, 4280582 s, responded',
      'review.request_response 1 on #1: 2020-11-12 18:08:53 to 2021-01-04 18:17:24, 4579711 s, responded',
      'review.request_response 1 on #16: 2020-11-12 18:08:53 to 2021-01-25 18:01:36, 6393163 s, responded',
      'review.request_response 1 on #4: 2020-11-12 18:08:53 to 2021-05-26 10:30:42, 16820509 s, merged',
      'review.approval 1: 2020-10-28 02:01:49 to 2021-01-25 18:01:36, 7747187 s, approved',
      'review.rework 1: 2021-01-04 18:17:24 to 2021-03-24 00:56:27, 6763143 s, approved',
      'change.merge 1: 2021-01-25 18:01:36 to 2021-05-26 10:30:42, 10427346 s, merged',
      'change.lead 1: 2020-10-28 02:01:49 to 2021-05-26 10:30:42, 18174533 s, merged',
    ],
  },
  {
    number: 177,
    why: 'an approval by somebody else does not end the rework; the merge does, 286 s later',
    waits: [
      'change.coding 1: 2021-01-07 21:04:56 to 2021-01-07 21:59:33, 3277 s, opened',
      'review.first_response 1: 2021-01-07 21:59:33 to 2021-01-07 23:23:11, 5018 s, responded',
      'review.approval 1: 2021-01-07 21:59:33 to 2021-01-28 09:03:00, 1767802 s and 5 s standing, approved',
      'review.rework 1: 2021-01-13 19:08:24 to 2021-01-28 09:07:46, 1259957 s and 5 s standing, merged',
      'change.merge 1: 2021-01-28 09:03:00 to 2021-01-28 09:07:46, 286 s, merged',
      'change.lead 1: 2021-01-07 21:59:33 to 2021-01-28 09:07:46, 1768093 s, merged',
    ],
  },
  {
    number: 308,
    why: 'two drafts and eight weeks closed stand still in a wait of 5 h 30 min that ended without a response',
    waits: [
      'change.coding 1: 2021-05-01 15:50:43 to 2021-05-01 16:17:02, 1579 s, opened',
      'change.draft 1: 2021-05-01 16:18:37 to 2021-05-01 16:31:05, 748 s, ready',
      'change.draft 2: 2021-05-01 17:12:39 to 2021-05-01 17:16:47, 248 s, ready',
      'review.first_response 1: 2021-05-01 16:17:02 to 2021-06-26 12:55:50, 19824 s and 4806504 s standing, closed',
      'review.approval 1: 2021-05-01 16:17:02 to 2021-06-26 12:55:50, 19824 s and 4806504 s standing, closed',
      'change.lead 1: 2021-05-01 16:17:02 to 2021-06-26 12:55:50, 4826328 s, closed',
    ],
  },
  {
    number: 349,
    why: 'approved first, changes asked for later: the rework is over when that reviewer approves, with no push known between',
    waits: [
      'change.coding 1: 2021-05-31 04:59:05 to 2021-05-31 05:02:05, 180 s, opened',
      'review.first_response 1: 2021-05-31 05:02:05 to 2021-05-31 08:02:45, 10840 s, responded',
      'review.approval 1: 2021-05-31 05:02:05 to 2021-06-03 06:06:41, 263076 s, approved',
      'review.rework 1: 2021-06-06 09:36:23 to 2021-06-07 12:24:45, 96502 s, approved',
      'change.merge 1: 2021-06-03 06:06:41 to 2021-08-24 08:10:44, 7092243 s, merged',
      'change.lead 1: 2021-05-31 05:02:05 to 2021-08-24 08:10:44, 7355319 s, merged',
    ],
  },
  {
    number: 379,
    why: 'merged with changes still asked for by one reviewer, 420 s after another approved',
    waits: [
      'change.coding 1: 2021-07-08 18:57:03 to 2021-07-08 19:17:41, 1238 s, opened',
      'review.first_response 1: 2021-07-08 19:17:41 to 2021-07-23 07:37:39, 1253998 s, responded',
      'review.approval 1: 2021-07-08 19:17:41 to 2021-08-06 15:37:41, 2492400 s, approved',
      'review.rework 1: 2021-07-30 20:53:24 to 2021-08-06 15:44:41, 586277 s, merged',
      'change.merge 1: 2021-08-06 15:37:41 to 2021-08-06 15:44:41, 420 s, merged',
      'change.lead 1: 2021-07-08 19:17:41 to 2021-08-06 15:44:41, 2492820 s, merged',
    ],
  },
  {
    number: 399,
    why: 'a comment in draft makes the response early, and not the approval; merged_at is a second before closed_at and wins',
    waits: [
      'change.coding 1: 2021-08-07 08:17:17 to 2021-08-07 19:26:23, 40146 s, opened',
      'change.draft 1: 2021-08-07 19:26:23 to 2021-08-07 19:36:35, 612 s, ready',
      'review.first_response 1: 2021-08-07 19:36:35 to 2021-08-07 19:36:35, 0 s, early',
      'review.approval 1: 2021-08-07 19:36:35 to 2021-08-11 11:09:25, 315170 s, approved',
      'change.merge 1: 2021-08-11 11:09:25 to 2021-08-11 19:30:00, 30035 s, merged',
      'change.lead 1: 2021-08-07 19:26:23 to 2021-08-11 19:30:00, 345817 s, merged',
    ],
  },
  {
    number: 414,
    why: 'the one who was asked only commented at first: the request waited for the review, less the hours of draft',
    waits: [
      'change.coding 1: 2021-08-31 19:25:35 to 2021-08-31 19:34:11, 516 s, opened',
      'change.draft 1: 2021-08-31 19:34:11 to 2021-09-01 11:04:05, 55794 s, ready',
      'review.first_response 1: 2021-09-01 11:04:05 to 2021-09-01 11:04:05, 0 s, early',
      'review.request_response 1 on #16: 2021-08-31 19:34:20 to 2022-02-28 18:00:17, 15576972 s and 55785 s standing, responded',
      'review.approval 1: 2021-09-01 11:04:05 to 2021-09-16 13:10:10, 1303565 s, approved',
      'change.merge 1: 2021-09-16 13:10:10 to 2022-10-26 15:48:30, 35001500 s, closed',
      'change.lead 1: 2021-08-31 19:34:11 to 2022-10-26 15:48:30, 36360859 s, closed',
    ],
  },
  {
    number: 505,
    why: "a request taken back for good is removed, though somebody else is asked in the same second; the bot's taking back and asking again is none",
    waits: [
      'change.draft 1: 2021-12-14 22:07:04 to 2021-12-22 01:28:30, 616886 s, ready',
      'change.draft 2: 2022-02-17 15:10:42 to 2022-11-15 18:49:23, 23427521 s, ready',
      'review.first_response 1: 2021-12-12 23:34:16 to 2021-12-13 15:58:29, 59053 s, responded',
      'review.request_response 1 on #119: 2022-11-15 18:49:04 to 2022-11-15 18:53:48, 265 s and 19 s standing, removed',
      'review.request_response 1 on #23: 2022-11-15 18:53:48 to 2024-07-30 16:56:19, 53820151 s, merged',
      'review.request_response 2 on #119: 2023-09-17 19:21:56 to 2024-07-30 16:56:19, 27380063 s, merged',
      'review.request_response 1 on #49: 2024-03-28 01:51:34 to 2024-03-28 19:21:55, 63021 s, responded',
      'review.request_response 1 on #15: 2024-03-28 01:51:45 to 2024-07-30 16:56:19, 10767874 s, merged',
      'review.request_response 1 on #50: 2024-03-28 01:51:50 to 2024-07-30 16:56:19, 10767869 s, merged',
      'review.approval 1: 2021-12-12 23:34:16 to 2022-01-23 10:52:28, 2966206 s and 616886 s standing, approved',
      'change.merge 1: 2022-01-23 10:52:28 to 2024-07-30 16:56:19, 55995910 s and 23427521 s standing, merged',
      'change.lead 1: 2021-12-12 23:34:16 to 2024-07-30 16:56:19, 83006523 s, merged',
    ],
  },
  {
    number: 676,
    why: 'only the bot wrote before the merge: no response, and no zero either',
    waits: [
      'change.coding 1: 2022-10-18 22:26:05 to 2022-10-18 22:29:23, 198 s, opened',
      'review.first_response 1: 2022-10-18 22:29:23 to 2022-10-24 08:44:18, 468895 s, merged',
      'review.approval 1: 2022-10-18 22:29:23 to 2022-10-24 08:44:18, 468895 s, merged',
      'change.lead 1: 2022-10-18 22:29:23 to 2022-10-24 08:44:18, 468895 s, merged',
    ],
  },
  {
    number: 817,
    why: 'open and a draft again: what still waits shows its finished pause, not the draft that goes on',
    waits: [
      'change.coding 1: 2024-04-12 03:26:46 to 2024-04-12 04:00:51, 2045 s, opened',
      'change.draft 1: 2024-07-30 18:49:49 to 2024-08-15 15:41:55, 1371126 s, ready',
      'change.draft 2: 2025-10-22 14:35:25 to now, waiting',
      'review.first_response 1: 2024-04-12 04:00:51 to 2024-04-12 12:31:07, 30616 s, responded',
      'review.request_response 1 on #155: 2024-05-24 15:02:23 to now, waiting and 1371126 s standing',
      'review.approval 1: 2024-04-12 04:00:51 to 2024-04-17 23:35:43, 502492 s, approved',
      'change.merge 1: 2024-04-17 23:35:43 to now, waiting and 1371126 s standing',
      'change.lead 1: 2024-04-12 04:00:51 to now, waiting',
    ],
  },
  {
    number: 909,
    why: "three drafts; the push that ended the rework is known by its commit's date alone",
    waits: [
      'change.draft 1: 2025-11-06 17:26:40 to 2025-11-06 18:09:34, 2574 s, ready',
      'change.draft 2: 2025-11-08 12:54:57 to 2025-11-08 16:13:43, 11926 s, ready',
      'change.draft 3: 2025-11-10 13:46:01 to 2025-11-11 15:24:34, 92313 s, ready',
      'review.first_response 1: 2025-11-06 13:26:32 to 2025-11-07 16:44:10, 95684 s and 2574 s standing, responded',
      'review.approval 1: 2025-11-06 13:26:32 to 2025-11-21 10:11:19, 1177474 s and 106813 s standing, closed',
      'review.rework 1: 2025-11-07 16:44:10 to 2025-11-18 23:45:07, 871418 s and 104239 s standing, reworked',
      'change.lead 1: 2025-11-06 13:26:32 to 2025-11-21 10:11:19, 1284287 s, closed',
    ],
  },
];

describe('the waits of a pull request as a person reads them off its timeline', () => {
  const { pullRequests, reference } = recordedPullRequests();

  for (const { number, why, waits } of HAND_CHECKED) {
    test(`#${String(number)}: ${why}`, () => {
      const pr = pullRequests.find((candidate) => candidate.number === number);

      expect(pr === undefined ? [] : pullRequestWaits(pr, reference).map(inWords)).toEqual(waits);
    });
  }
});

function inWords({ stage, round, waitsOn, startedAt, endedAt, seconds, pausedSeconds, outcome }: Wait): string {
  const asked = waitsOn === null ? '' : ` on ${waitsOn}`;
  const length = seconds === null ? 'waiting' : `${String(seconds)} s`;
  const standing = pausedSeconds === 0 ? '' : ` and ${String(pausedSeconds)} s standing`;
  const end = outcome === null ? '' : `, ${outcome}`;
  return `${stage} ${String(round)}${asked}: ${instant(startedAt)} to ${endedAt === null ? 'now' : instant(endedAt)}, ${length}${standing}${end}`;
}

function instant(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
