import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mailHtml } from '../mail.tsx';
import { mailText } from '../mail-text.ts';
import { pictureData } from '../picture-file.ts';
import type { WeeklyReport } from '../weekly.ts';

/** Writes a report as `<name>.html`, complete in itself, and `<name>.txt`; the folder is made. Resolves to the paths. */
export async function writeReportFiles(report: WeeklyReport, folder: string, name: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const html = join(folder, `${name}.html`);
  const text = join(folder, `${name}.txt`);
  await writeFile(html, await mailHtml(report, pictureData));
  await writeFile(text, `Subject: ${report.subject}\n\n${mailText(report)}`);
  return [html, text];
}
