/** Lines of output: how grave they are, and which are looked for. Pure. */
import type { Result } from '../../src-main/api/contract/index.ts';

export type RawLine = Result<'logs'>['lines'][number];

export const LEVELS = ['debug', 'info', 'warning', 'error'] as const;
export type Level = (typeof LEVELS)[number];

export interface LogLine extends RawLine {
  readonly instance: string;
  readonly level: Level;
}

/** Lines of several instances in the order in which they were written. */
export function mergeLines(all: Readonly<Record<string, readonly RawLine[]>>): LogLine[] {
  return Object.entries(all)
    .flatMap(([instance, lines]) =>
      lines.map((line): LogLine => ({ ...line, instance, level: levelOf(line) })),
    )
    .toSorted((a, b) => a.at - b.at);
}

/** What the line says of itself, in the ways of the usual loggers; else by its stream. */
export function levelOf({ stream, text }: Pick<RawLine, 'stream' | 'text'>): Level {
  const said = jsonLevel(text) ?? wordLevel(text);
  return said ?? (stream === 'stderr' ? 'warning' : 'info');
}

/** `{"level":"warn"}`, `"severity":"ERROR"`, and the numbers of pino and bunyan. */
function jsonLevel(text: string): Level | undefined {
  const found = /"(?:level|severity|lvl)"\s*:\s*(?:"([a-z]+)"|(\d+))/i.exec(text);
  if (!found) return undefined;
  return found[1] === undefined ? numberLevel(Number(found[2])) : WORDS[found[1].toLowerCase()];
}

function numberLevel(level: number): Level {
  if (level >= 50) return 'error';
  if (level >= 40) return 'warning';
  return level >= 30 ? 'info' : 'debug';
}

/** `level=warn`, `[ERROR]`, `ERROR:`, `WARN `: words within a sentence say nothing. */
function wordLevel(text: string): Level | undefined {
  const named = /\b(?:level|lvl|severity)=["']?([a-z]+)/i.exec(text)?.[1];
  const marked =
    /(?:^|[\s[(])(TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL|PANIC)(?=[\])\s:]|$)/.exec(
      text.slice(0, 80),
    )?.[1];
  const lower = /^\[?(trace|debug|info|warn(?:ing)?|error|fatal)\]?:/.exec(text)?.[1];
  // An exception's own name: `TypeError: …`, `java.lang.IllegalStateException: …`.
  const thrown = /^(?:Uncaught )?[\w.$]*(?:Error|Exception)\b:/.test(text) ? 'error' : undefined;
  return WORDS[(named ?? marked ?? lower ?? thrown ?? '').toLowerCase()];
}

const WORDS: Readonly<Record<string, Level>> = {
  trace: 'debug',
  debug: 'debug',
  info: 'info',
  notice: 'info',
  warn: 'warning',
  warning: 'warning',
  error: 'error',
  err: 'error',
  fatal: 'error',
  critical: 'error',
  panic: 'error',
};

export interface LogFilter {
  /** A text that the line has, whatever its case. */
  readonly text: string;
  readonly least: Level;
  /** Undefined: of every instance. */
  readonly instance: string | undefined;
}

export function fitsLog(line: LogLine, { text, least, instance }: LogFilter): boolean {
  if (LEVELS.indexOf(line.level) < LEVELS.indexOf(least)) return false;
  if (instance !== undefined && line.instance !== instance) return false;
  return line.text.toLowerCase().includes(text.toLowerCase());
}

/** The text cut where the wanted one begins and ends; every second part is a hit. */
export function partsOf(text: string, wanted: string): string[] {
  if (wanted === '') return [text];
  const low = text.toLowerCase();
  const key = wanted.toLowerCase();
  const parts: string[] = [];
  let from = 0;
  for (let at = low.indexOf(key); at >= 0; at = low.indexOf(key, from)) {
    parts.push(text.slice(from, at), text.slice(at, at + key.length));
    from = at + key.length;
  }
  return [...parts, text.slice(from)];
}
