import type { ReactElement } from 'react';

import { ageX, CHART_WIDTH, px, shareY, spread, type ChartForm, type Plot } from './plot.ts';
import { colourOf, type MoverToken } from './tokens.ts';

/** What became of the waits by one age; shares are cumulative, 0 to 1. */
export interface AgePoint {
  readonly ageSeconds: number;
  readonly asked: number;
  readonly low: number | null;
  readonly high: number | null;
  /** The competing ends, in one order for all points. */
  readonly others: readonly number[];
}

/** A place on the curve that is named, with its whisker. */
export interface NamedAge {
  readonly ageSeconds: number;
  readonly share: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Null: the dot alone. */
  readonly text: string | null;
}

/** A tick of the age axis, and under it how many were still open. */
export interface AgeTick {
  readonly ageSeconds: number;
  readonly text: string;
  readonly open: string | null;
}

/** Words are handed in; the chart only places them. */
export interface AgeCurveProps {
  readonly points: readonly AgePoint[];
  readonly named: readonly NamedAge[];
  readonly ticks: readonly AgeTick[];
  /** The word before the row of open counts. */
  readonly openText: string;
  /** At the right edge from the top: still waiting, then the others last to first. */
  readonly ends: readonly string[];
  /** Under them, on two lines: the share that ended as asked, and its word. */
  readonly asked: readonly [share: string, word: string];
  readonly colour: MoverToken;
  readonly label: string;
  readonly form: ChartForm;
}

const FORMS = {
  wide: { left: 48, rightMargin: 138, height: 318, below: 62 },
  narrow: { left: 48, rightMargin: 92, height: 296, below: 62 },
} as const;

/** The incidence curve: what became of waits by age, on a logarithmic axis, what still waits as paper. */
export function AgeCurve(props: AgeCurveProps): ReactElement | null {
  const { form, colour, label } = props;
  const [first] = props.points;
  const last = props.points.at(-1);
  if (first === undefined || last === undefined || last.ageSeconds <= first.ageSeconds) return null;
  const size = FORMS[form];
  const plot: Plot = { width: CHART_WIDTH[form], height: size.height, left: size.left, right: CHART_WIDTH[form] - size.rightMargin, top: 12, bottom: size.height - size.below };
  const x = (seconds: number): number => ageX(seconds, first.ageSeconds, last.ageSeconds, plot);
  const y = (share: number): number => shareY(share, plot);
  const points = perColumn(props.points, x);
  const steps = (valueOf: (point: AgePoint) => number): readonly Corner[] => points.map((point) => ({ x: x(point.ageSeconds), y: y(valueOf(point)) }));
  const stacked = last.others.map((_, layer) => steps((point) => point.asked + sum(point.others.slice(0, layer + 1))));
  const asked = steps((point) => point.asked);
  const withBand = points.some((point) => point.low !== null);
  return (
    <svg className={`chart chart-${form}`} viewBox={`0 0 ${px(plot.width)} ${px(plot.height)}`} role="img" aria-label={label}>
      <ShareGrid plot={plot} every={25} />
      <path d={area(asked, plot.bottom)} fill={colourOf(colour)} fillOpacity={0.15} />
      {stacked.map((upper, layer) => (
        <g key={layer}>
          <path d={between(upper, stacked[layer - 1] ?? asked)} fill={colourOf('line-strong')} fillOpacity={layer % 2 === 0 ? 0.45 : 0.25} />
          <path d={line(upper)} fill="none" stroke={colourOf('line-strong')} strokeWidth={1} />
        </g>
      ))}
      {withBand && <path d={between(steps((point) => point.high ?? point.asked), steps((point) => point.low ?? point.asked))} fill={colourOf(colour)} fillOpacity={0.4} />}
      <path d={line(asked)} fill="none" stroke={colourOf(colour)} strokeWidth={1.75} />
      <line x1={plot.left} x2={plot.right} y1={plot.bottom} y2={plot.bottom} stroke={colourOf('line-strong')} />
      {props.named.map((one) => (
        <Named key={one.ageSeconds} one={one} at={{ x: x(one.ageSeconds), y: y(one.share) }} y={y} plot={plot} />
      ))}
      <Ticks {...props} plot={plot} x={x} />
      <Ends {...props} plot={plot} y={y} last={last} />
    </svg>
  );
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

/** Horizontal grid lines and their shares. */
export function ShareGrid({ plot, every }: { readonly plot: Plot; readonly every: number }): ReactElement {
  const shares = Array.from({ length: Math.floor(100 / every) + 1 }, (_, index) => index * every);
  return (
    <g className="chart-text">
      {shares.map((share) => (
        <g key={share}>
          <line x1={plot.left} x2={plot.right} y1={px(shareY(share / 100, plot))} y2={px(shareY(share / 100, plot))} stroke={colourOf('line')} />
          <text x={plot.left - 9} y={px(shareY(share / 100, plot) + 4)} textAnchor="end" fill={colourOf('muted')}>
            {`${String(share)}\u00A0%`}
          </text>
        </g>
      ))}
    </g>
  );
}

function Named({ one, at, y, plot }: { readonly one: NamedAge; readonly at: Corner; readonly y: (share: number) => number; readonly plot: Plot }): ReactElement {
  const stroke = { stroke: colourOf('fg'), strokeWidth: 1.25 };
  return (
    <g>
      <line x1={px(at.x)} x2={px(at.x)} y1={px(at.y)} y2={plot.bottom} {...stroke} strokeWidth={1} strokeDasharray="2 3" />
      {one.low !== null && one.high !== null && (
        <path d={`M${px(at.x)} ${px(y(one.high))}V${px(y(one.low))}M${px(at.x - 3.5)} ${px(y(one.high))}h7M${px(at.x - 3.5)} ${px(y(one.low))}h7`} {...stroke} />
      )}
      <circle cx={px(at.x)} cy={px(at.y)} r={3.25} fill={colourOf('fg')} />
      {one.text !== null && (
        <text className="chart-strong" x={px(at.x - 8)} y={px(y(one.high ?? one.share) - 2)} textAnchor="end" fill={colourOf('fg')}>
          {one.text}
        </text>
      )}
    </g>
  );
}

function Ticks({ ticks, openText, plot, x }: AgeCurveProps & { readonly plot: Plot; readonly x: (seconds: number) => number }): ReactElement {
  return (
    <g className="chart-text" fill={colourOf('muted')}>
      {ticks.map((tick) => (
        <g key={tick.ageSeconds}>
          <line x1={px(x(tick.ageSeconds))} x2={px(x(tick.ageSeconds))} y1={plot.bottom} y2={plot.bottom + 4} stroke={colourOf('line-strong')} />
          <text x={px(x(tick.ageSeconds))} y={plot.bottom + 18} textAnchor="middle">
            {tick.text}
          </text>
          {tick.open !== null && (
            <text x={px(x(tick.ageSeconds))} y={plot.bottom + 50} textAnchor="middle">
              {tick.open}
            </text>
          )}
        </g>
      ))}
      <text x={0} y={plot.bottom + 50}>
        {openText}
      </text>
    </g>
  );
}

function Ends({ ends, asked, plot, y, last }: AgeCurveProps & { readonly plot: Plot; readonly y: (share: number) => number; readonly last: AgePoint }): ReactElement {
  const tops = [1, ...last.others.map((_, index) => last.asked + sum(last.others.slice(0, last.others.length - index))), last.asked];
  const middles = tops.map((top, index) => y((top + (tops[index + 1] ?? top)) / 2));
  const places = spread(middles, 15, plot.top + 4, plot.bottom);
  return (
    <g className="chart-text">
      {ends.map((text, index) => {
        const place = places[index] ?? plot.top;
        return (
          <g key={index}>
            <path d={`M${px(plot.right)} ${px(middles[index] ?? place)}L${px(plot.right + 8)} ${px(place)}`} fill="none" stroke={colourOf('line-strong')} />
            <text x={plot.right + 11} y={px(place + 4)} fill={colourOf('muted')}>
              {text}
            </text>
          </g>
        );
      })}
      {asked.map((text, index) => (
        <text key={index} className="chart-strong" x={plot.right + 11} y={px((places.at(-1) ?? plot.top) + 8 + 15 * index)} fill={colourOf('fg')}>
          {text}
        </text>
      ))}
    </g>
  );
}

/** Points nearer to each other than this look like one, in pixels. */
const COLUMN = 1.5;

/** Of the points that fall into one column of the drawing the last, which is where the steps have got to; both ends stay. */
function perColumn(points: readonly AgePoint[], x: (seconds: number) => number): readonly AgePoint[] {
  return points.filter((point, index) => {
    const next = points[index + 1];
    return index === 0 || next === undefined || Math.floor(x(point.ageSeconds) / COLUMN) !== Math.floor(x(next.ageSeconds) / COLUMN);
  });
}

/** Steps: a share holds until the next end. */
function line(corners: readonly Corner[]): string {
  return corners.map((corner, index) => (index === 0 ? `M${tenth(corner.x)} ${tenth(corner.y)}` : `H${tenth(corner.x)}V${tenth(corner.y)}`)).join('');
}

function area(corners: readonly Corner[], bottom: number): string {
  return `${line(corners)}V${tenth(bottom)}H${tenth(corners[0]?.x ?? 0)}Z`;
}

function between(upper: readonly Corner[], lower: readonly Corner[]): string {
  const end = lower.at(-1);
  if (end === undefined) return '';
  const back = lower.slice(0, -1).toReversed().map((corner, index) => `H${tenth(lower[lower.length - 1 - index]?.x ?? end.x)}V${tenth(corner.y)}`);
  return `${line(upper)}V${tenth(end.y)}${back.join('')}H${tenth(lower[0]?.x ?? end.x)}Z`;
}

/** A tenth of a pixel is as fine as a curve of many points needs to be. */
function tenth(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
