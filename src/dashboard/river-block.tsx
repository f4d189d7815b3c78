import type { ReactElement } from 'react';

import type { RiverCell } from '#src/charts/river-geometry.ts';
import { River, RIVER_WIDTH, riverKey } from '#src/charts/river.tsx';
import { riverLabel } from '#src/wording/flow-sentences.ts';
import { countText, counted, stockText } from '#src/wording/number-text.ts';
import { phaseWords } from '#src/wording/phase-words.ts';

import type { FlowView, PhaseView, RiverFlowView } from './flow-view.ts';
import { MoverName } from './mover.tsx';
import { Stock } from './stock.tsx';

/** The river with its numbers: a list of phases with the water between their names and their visits; turned under 720 px. */
export function RiverBlock({ view, phases }: { readonly view: FlowView; readonly phases: readonly PhaseView[] }): ReactElement {
  const cells = phases.map((phase) => riverCell(phase, view.bottleneck.includes(phase.phase)));
  return (
    <section className="river" aria-label="The river">
      <ol className={`cells cells-${String(phases.length)}`}>
        {phases.map((phase) => (
          <Cell key={phase.phase} phase={phase} isBottleneck={view.bottleneck.includes(phase.phase)} />
        ))}
        <li className="water-lying">
          <River cells={cells} form="lying" label={riverLabel(phases)} />
        </li>
        <li className="water-turned">
          <River cells={cells} form="turned" label={riverLabel(phases)} />
        </li>
      </ol>
      {view.flow !== null && <Ends flow={view.flow} />}
      <Legend view={view} cells={cells} />
    </section>
  );
}

function riverCell(phase: PhaseView, isBottleneck: boolean): RiverCell {
  const { value, interval } = phase.standing;
  return {
    value,
    lower: interval?.low ?? null,
    upper: interval?.high ?? null,
    before: phase.change?.kind === 'beyond-noise' ? phase.change.before : null,
    isBottleneck,
  };
}

function Cell({ phase, isBottleneck }: { readonly phase: PhaseView; readonly isBottleneck: boolean }): ReactElement {
  const words = phaseWords(phase.phase);
  return (
    <li className={isBottleneck ? 'cell cell-marked' : 'cell'}>
      <span className="cell-name">{words.name}</span>
      <span className="cell-stock">
        <Stock standing={phase.standing} href={phase.href} isMarked={isBottleneck} />
      </span>
      <span className="cell-visits">
        <MoverName mover={words.mover} />
        <span>{`${stockText(phase.arrivalsPerWeek)}\u00A0in, ${stockText(phase.departuresPerWeek)}\u00A0out`}</span>
      </span>
    </li>
  );
}

function Ends({ flow }: { readonly flow: RiverFlowView }): ReactElement {
  return (
    <p className="river-ends">
      <span>
        <strong>{stockText(flow.entering)}</strong> enter a week <span aria-hidden>→</span>
      </span>
      <span className="muted">{`${stockText(flow.standing)} stand here on average, ${countText(flow.now)} now`}</span>
      <span>
        <span aria-hidden>→</span> <strong>{stockText(flow.finished)}</strong> finished, <strong>{stockText(flow.closed)}</strong> closed unmerged a week
      </span>
    </p>
  );
}

function Legend({ view, cells }: { readonly view: FlowView; readonly cells: readonly RiverCell[] }): ReactElement {
  const hasInterval = cells.some((cell) => cell.upper !== null);
  const hasBefore = cells.some((cell) => cell.before !== null);
  return (
    <ul className="legend">
      <li>Width: how many moving pull requests stand there. Wide water is slow.</li>
      <Key cells={cells} form="lying" />
      <Key cells={cells} form="turned" />
      {hasInterval && (
        <>
          <li>
            <span className="key-line" aria-hidden /> estimate
          </li>
          <li>
            <span className="key-tide" aria-hidden /> 95&nbsp;% interval
          </li>
        </>
      )}
      {hasBefore && (
        <li>
          <span className="key-dashed" aria-hidden /> {counted(view.window.weeks, 'week')} before, if beyond noise
        </li>
      )}
      <li>in, out: visits a week</li>
    </ul>
  );
}

function Key({ cells, form }: { readonly cells: readonly RiverCell[]; readonly form: 'lying' | 'turned' }): ReactElement | null {
  const key = riverKey(cells, RIVER_WIDTH[form]);
  if (key === null) return null;
  const size = Math.round(key.size * 100) / 100;
  const [width, height] = form === 'lying' ? [16, size] : [size, 9];
  return (
    <li className={`key-${form}`}>
      <svg width={width} height={height} aria-hidden>
        <rect className="key-water" width={width} height={height} />
      </svg>{' '}
      {key.count < 1 ? `${String(key.count)} pull requests` : counted(key.count, 'pull request')}
    </li>
  );
}
