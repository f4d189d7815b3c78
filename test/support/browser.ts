import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser } from 'playwright-core';

/**
 * A headless Chromium from npm. Of its default arguments `--single-process` is left out: it dies
 * on a second context. Close it, or the test run does not end.
 */
export async function openBrowser(): Promise<Browser> {
  const args = chromium.args.filter((argument) => argument !== '--single-process');
  return playwright.launch({ executablePath: await chromium.executablePath(), args, headless: true });
}
