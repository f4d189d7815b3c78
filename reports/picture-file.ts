import { Resvg } from '@resvg/resvg-js';
import type { ReportPicture } from './report-section.ts';

/** Pixels to a unit: screens are dense. */
const DENSITY = 2;

/** A picture as a PNG with a transparent ground. No font is loaded: pictures of reports hold no text. */
export function pictureFile({ svg, width }: ReportPicture): Buffer {
  const drawing = new Resvg(svg, { fitTo: { mode: 'width', value: width * DENSITY }, font: { loadSystemFonts: false } });
  return Buffer.from(drawing.render().asPng());
}

/** The picture as the address of its own data. */
export function pictureData(picture: ReportPicture): string {
  return `data:image/png;base64,${pictureFile(picture).toString('base64')}`;
}
