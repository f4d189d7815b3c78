import { aboutGui, guiSnapshots } from '#test/support/gui-recording.ts';
import { buildWorld, type WorldPlan } from './build-world.ts';
import { recordedPulls } from './pull-source.ts';
import type { World } from './world.ts';

/** GitHub's id of the recorded repository. */
export const GUI_ID = 265968533;

/** A world with the recorded repository `bitcoin-core/gui`, and whatever else is planned. */
export function guiWorld(more: WorldPlan = {}): World {
  const [, , , last] = guiSnapshots();
  const gui = { fullName: aboutGui.repository, id: GUI_ID, owner: { id: 9 }, pulls: recordedPulls(last.lines) };
  return buildWorld({ ...more, repositories: [gui, ...(more.repositories ?? [])] });
}
