import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

import { AgeCurve, type AgeCurveProps } from '#src/charts/age-curve.tsx';
import { LadderBar } from '#src/charts/ladder-bar.tsx';
import { spread } from '#src/charts/plot.ts';
import { StepSpark } from '#src/charts/step-spark.tsx';
import { acrossOf, LaneTrack, type LaneBar } from '#src/charts/timeline-track.tsx';
import { WeekChart } from '#src/charts/week-chart.tsx';
import { WeekDots, type WeekDot } from '#src/charts/week-dots.tsx';
import { WeekStrip } from '#src/charts/week-strip.tsx';

const drawn = (chart: ReactElement): string => renderToStaticMarkup(chart);

/** The values of an attribute, in order, of the elements of one name. */
function attributes(svg: string, element: string, attribute: string): string[] {
  return [...svg.matchAll(new RegExp(`<${element} [^>]*?\\b${attribute}="([^"]*)"`, 'g'))].map((match) => match[1] ?? '');
}

describe('the ladder', () => {
  const ladder = { steps: [0.46, 0.7, 0.79, 0.83], without: 0.12, tick: { value: 0.7, low: 0.66, high: 0.74 }, colour: 'on-reviewer', label: 'First response' } as const;

  test('is a bar of a hundred waits: tints add up, grey stands at the end, paper is the rest', () => {
    const svg = drawn(createElement(LadderBar, ladder));
    const tints = [...svg.matchAll(/x="([\d.]+)%" y="6" width="([\d.]+)%" height="14" fill="var\(--on-reviewer\)"/g)].map((match) => [match[1], match[2]]);

    expect(tints).toEqual([['0.00', '46.00'], ['46.00', '24.00'], ['70.00', '9.00'], ['79.00', '4.00']]);
    expect(svg).toContain('x="88.00%" y="6" width="12.00%" height="14" fill="var(--line-strong)"');
  });

  test('draws no grey and no whisker for what is not estimated', () => {
    const svg = drawn(createElement(LadderBar, { ...ladder, without: null, tick: { value: 0.7, low: null, high: null } }));

    expect(svg).not.toContain('fill="var(--line-strong)"');
    expect(attributes(svg, 'line', 'x1')).toEqual(['70.00%']);
  });

  test('stays within its bar for shares that rounding has pushed beyond', () => {
    const svg = drawn(createElement(LadderBar, { ...ladder, steps: [1.0000001], tick: { value: 1, low: -0.1, high: 1.2 } }));

    expect([...attributes(svg, 'line', 'x1'), ...attributes(svg, 'line', 'x2')].map((x) => Number.parseFloat(x)).filter((x) => x < 0 || x > 100)).toEqual([]);
  });
});

describe('the strip of weeks', () => {
  const strip = { label: '3 weeks, 1 with an open gap' } as const;

  test('fills what is stored from the foot up, and nothing where nobody counted', () => {
    const svg = drawn(createElement(WeekStrip, { ...strip, weeks: [{ storedShare: 1, gap: null }, { storedShare: 0.5, gap: null }, { storedShare: null, gap: null }, { storedShare: 1.4, gap: null }] }));

    expect(attributes(svg, 'rect', 'height')).toEqual(['18.00', '9.00', '18.00']);
    expect(attributes(svg, 'rect', 'y')).toEqual(['2.00', '11.00', '2.00']);
    expect(svg).not.toContain('<pattern');
  });

  test('hatches the whole week of an open gap and the foot alone of a healed one', () => {
    const svg = drawn(createElement(WeekStrip, { ...strip, weeks: [{ storedShare: null, gap: 'open' }, { storedShare: null, gap: 'healed' }] }));

    expect(attributes(svg, 'rect', 'height')).toEqual(['24', '4']);
    expect(svg.match(/fill="url\(#/g)).toHaveLength(2);
  });
});

describe('week dots', () => {
  const week = (value: number | null, isOver = true): WeekDot => ({ value, low: value === null ? null : value - 0.1, high: value === null ? null : value + 0.1, isOver });
  const dots = { weeks: [week(0.5), week(null), week(1), week(0, false)], largest: 1, before: 0.5, gaps: [{ from: 1, to: 2 }], colour: 'on-reviewer', label: 'weeks' } as const;

  test('are never joined, and a week without a value has no dot', () => {
    const svg = drawn(createElement(WeekDots, dots));

    expect(attributes(svg, 'circle', 'cx')).toEqual(['12.500%', '62.500%', '87.500%']);
    expect(svg).not.toMatch(/<path [^>]*stroke="var\(--on-reviewer\)"|<polyline/);
  });

  test('begin at 0 on the axis, stay inside, and are hollow for a week that is not over', () => {
    const svg = drawn(createElement(WeekDots, dots));

    expect(attributes(svg, 'circle', 'cy').map(Number)).toEqual([31, 5, 57]);
    expect(attributes(svg, 'circle', 'fill')).toEqual(['var(--on-reviewer)', 'var(--on-reviewer)', 'var(--bg)']);
  });

  test('hatch a gap’s whole width and keep the points inside', () => {
    const svg = drawn(createElement(WeekDots, dots));
    const [hatch] = attributes(svg, 'pattern', 'id');

    expect(attributes(svg, 'rect', 'x')).toEqual(['25.000%']);
    expect(attributes(svg, 'rect', 'fill')).toEqual([`url(#${hatch ?? ''})`]);
  });

  test('beside one another do not share the name of their hatch', () => {
    const svg = drawn(createElement('div', null, createElement(WeekDots, dots), createElement(WeekDots, dots)));

    expect(new Set(attributes(svg, 'pattern', 'id')).size).toBe(2);
  });
});

describe('a step spark', () => {
  test('starts at 0 and shares its scale with the table', () => {
    const svg = drawn(createElement(StepSpark, { values: [0, 5, 10], largest: 10, isMarked: false }));

    expect(attributes(svg, 'path', 'd')[1]).toBe('M0 23.00L1 23.00L1 12.00L2 12.00L2 1.00L3 1.00');
  });

  test('is absent where no week is known', () => {
    expect(drawn(createElement('i', null, createElement(StepSpark, { values: [], largest: 0, isMarked: false })))).toBe('<i></i>');
  });
});

describe('a lane of the timeline', () => {
  const scale = { fromAt: 0, toAt: 1_000, days: [500], offHours: [{ fromAt: -200, toAt: 100 }] };
  const bar: LaneBar = { fromAt: 250, toAt: 750, end: 'asked', colour: 'on-reviewer', pauses: [] };

  test.each([
    ['asked', /<circle[^>]*r="3.5"[^>]*fill="var\(--on-reviewer\)"/],
    ['otherwise', /<circle[^>]*r="3.75"[^>]*fill="var\(--bg\)"/],
    ['failed', /<path[^>]*stroke="var\(--mark\)"/],
    ['waiting', /<path[^>]*fill="none"/],
  ] as const)('that ended %s has a shape of its own', (end, shape) => {
    expect(drawn(createElement(LaneTrack, { scale, bars: [{ ...bar, end }] }))).toMatch(shape);
  });

  test('is thin while its clock stood still', () => {
    const svg = drawn(createElement(LaneTrack, { scale, bars: [{ ...bar, pauses: [{ fromAt: 400, toAt: 500 }] }] }));

    expect(svg).toMatch(/x1="40.000%" x2="50.000%"[^>]*stroke-dasharray="2 2"/);
  });

  test('is cut at the edges of its scale', () => {
    expect([acrossOf(-5, scale), acrossOf(250, scale), acrossOf(2_000, scale), acrossOf(1, { fromAt: 3, toAt: 3 })]).toEqual([0, 25, 100, 0]);
  });
});

describe('the incidence curve', () => {
  const curve: AgeCurveProps = {
    points: [
      { ageSeconds: 600, asked: 0.1, low: 0.05, high: 0.15, others: [0, 0] },
      { ageSeconds: 6_000, asked: 0.5, low: 0.45, high: 0.55, others: [0.1, 0.05] },
      { ageSeconds: 60_000, asked: 0.7, low: 0.65, high: 0.75, others: [0.15, 0.1] },
    ],
    named: [{ ageSeconds: 6_000, share: 0.5, low: 0.45, high: 0.55, text: '50 %' }],
    ticks: [{ ageSeconds: 600, text: '10 min', open: '90' }],
    openText: 'still open',
    ends: ['5 % still wait', '10 % closed', '15 % merged'],
    asked: ['70 %', 'responded'],
    colour: 'on-reviewer',
    label: 'by age',
    form: 'wide',
  };

  test('goes in steps: a share holds until the next end, and its areas close on themselves', () => {
    const svg = drawn(createElement(AgeCurve, curve));
    const asked = attributes(svg, 'path', 'd').find((d) => !d.endsWith('Z') && d.startsWith('M48'));

    expect(asked).toMatch(/^M48 [\d.]+H235V[\d.]+H422V[\d.]+$/);
    expect(attributes(svg, 'path', 'd').filter((d) => d.endsWith('Z'))).toHaveLength(4);
  });

  test('keeps of many ends in one column the last, so that it ends where they do', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => ({ ageSeconds: 600 + index * 12, asked: index / 5_000, low: null, high: null, others: [0, 0] }));

    const svg = drawn(createElement(AgeCurve, { ...curve, points: many, named: [] }));
    const asked = attributes(svg, 'path', 'd').find((d) => !d.endsWith('Z') && d.startsWith('M48')) ?? '';

    expect(asked.length).toBeLessThan(5_000);
    expect(asked).toMatch(/^M48 256H.*H422V12(?:\.\d)?$/);
  });

  test('draws no band where no interval is known', () => {
    const bare = { ...curve, points: curve.points.map((point) => ({ ...point, low: null, high: null })), named: [] };

    expect(drawn(createElement(AgeCurve, bare))).not.toContain('fill-opacity="0.4"');
  });

  test('is absent without at least two ages', () => {
    expect(drawn(createElement('i', null, createElement(AgeCurve, { ...curve, points: curve.points.slice(0, 1) })))).toBe('<i></i>');
  });

  test('holds no text in less than the least size, and none that it was not handed', () => {
    const words = [...drawn(createElement(AgeCurve, curve)).matchAll(/<text[^>]*>([^<]*)/g)].map((match) => match[1]);

    expect(words).toEqual(expect.arrayContaining(['10 min', '90', 'still open', '5 % still wait', '70 %', 'responded']));
  });
});

test('a chart of weeks names the comparison at the edge and the gap over its hatch', () => {
  const svg = drawn(
    createElement(WeekChart, {
      weeks: [{ value: 0.7, low: 0.6, high: 0.8, isOver: true, text: '1 Sep', count: '39' }],
      gaps: [{ from: 0, to: 1 }],
      gapText: 'gap',
      before: { share: 0.78, text: ['78 %', 'before'] },
      countText: 'answered',
      colour: 'on-reviewer',
      label: 'weeks',
      form: 'narrow',
    }),
  );

  expect([...svg.matchAll(/<text[^>]*>([^<]*)/g)].map((match) => match[1])).toEqual(expect.arrayContaining(['gap', '78 %', 'before', '1 Sep', '39', 'answered']));
});

test('labels at an edge are moved apart, in order, and stay on the chart', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -50, max: 350, noNaN: true }), { maxLength: 8 }), (wanted) => {
      const placed = spread(wanted.toSorted((a, b) => a - b), 15, 10, 300);

      expect(placed.every((y) => y <= 300)).toBe(true);
      expect(placed.slice(1).every((y, index) => y - (placed[index] ?? 0) >= 15 - 1e-9)).toBe(true);
      expect(placed.every((y) => y >= 10)).toBe(true);
    }),
  );
});
