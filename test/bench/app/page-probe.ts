/** What a page does, measured from within: frames, the thread that makes them, shifts, first paint. */
import type { Browser, CDPSession, Page } from 'playwright-core';
import { openPage } from '../../support/browser.ts';
import { quantile } from '../loads/measured.ts';

export interface FrameFigures {
  /** Frames per second. */
  readonly rate: number;
  /** Milliseconds of processor time that the page's thread worked for each frame, on average. */
  readonly work: number;
  /** Milliseconds between two frames: the 99th percentile. */
  readonly p99: number;
}

const PANEL = '[data-testid="panel"]';

declare global {
  var faultlineShift: number | undefined;
}

export class PageProbe {
  readonly page: Page;
  readonly errors: string[];
  readonly #session: CDPSession;

  private constructor(page: Page, errors: string[], session: CDPSession) {
    this.page = page;
    this.errors = errors;
    this.#session = session;
  }

  /** Resolves when the page has painted something. */
  static async open(browser: Browser, url: string): Promise<PageProbe> {
    const { page, errors } = await openPage(browser, url);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await page.evaluate(watchShifts);
    return new PageProbe(page, errors, session);
  }

  /** From the address to the first text or picture, milliseconds. */
  firstPaint(): Promise<number> {
    return this.page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
    );
  }

  /** Asks for every frame there can be; that by itself costs next to nothing. */
  async frames(seconds: number): Promise<FrameFigures> {
    const before = await this.#work();
    const times = await this.page.evaluate(countFrames, seconds * 1000);
    const work = (await this.#work()) - before;
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    const span = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
    const sorted = gaps.toSorted((a, b) => a - b);
    return {
      rate: gaps.length / span,
      work: (work * 1000) / times.length,
      p99: quantile(sorted, 0.99),
    };
  }

  /** Shows what an address leads to. */
  async go(route: string): Promise<void> {
    await this.page.evaluate((hash) => void (location.hash = hash), route);
  }

  /**
   * Resolves with the time, in milliseconds since 1970, at which the text was on the screen, in the
   * panel at the side; `isThere` false: at which it was gone.
   */
  seen(text: string, isThere = true): Promise<number> {
    return this.page.evaluate(waitForText, { selector: PANEL, text, isThere });
  }

  /** The sum of all shifts since the last call that nobody's click has caused. */
  async shift(): Promise<number> {
    return this.page.evaluate(() => {
      const sum = globalThis.faultlineShift ?? 0;
      globalThis.faultlineShift = 0;
      return sum;
    });
  }

  async close(): Promise<void> {
    await this.page.close();
  }

  /** Seconds of processor time that the page's thread has worked. */
  async #work(): Promise<number> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ThreadTime')?.value ?? NaN;
  }
}

/* What follows runs in the page: each is by itself. */

function watchShifts(): void {
  interface Shift extends PerformanceEntry {
    readonly value: number;
    readonly hadRecentInput: boolean;
  }
  globalThis.faultlineShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Shift[]) {
      if (!entry.hadRecentInput)
        globalThis.faultlineShift = (globalThis.faultlineShift ?? 0) + entry.value;
    }
  }).observe({ type: 'layout-shift' });
}

function countFrames(lasts: number): Promise<number[]> {
  return new Promise((resolve) => {
    const times: number[] = [];
    const frame = (now: number): void => {
      times.push(now);
      if (now - (times[0] ?? now) < lasts) requestAnimationFrame(frame);
      else resolve(times);
    };
    requestAnimationFrame(frame);
  });
}

/** What stands in the page as a frame begins is on the screen when the next one does. */
function waitForText({
  selector,
  text,
  isThere: wanted,
}: {
  selector: string;
  text: string;
  isThere: boolean;
}): Promise<number> {
  return new Promise((resolve) => {
    const look = (): void => {
      const isThere = document.querySelector(selector)?.textContent.includes(text) ?? false;
      requestAnimationFrame(
        isThere === wanted ? () => resolve(performance.timeOrigin + performance.now()) : look,
      );
    };
    look();
  });
}
