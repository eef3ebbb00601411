/**
 * Serves the built app out of memory. Read once, so that the app always fits the engine that serves
 * it, and a build that replaces the folder meanwhile cannot break a running engine (a server that
 * streams from the disk, such as sirv, fails with an unhandled error there).
 */
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';

export type AppFiles = ReadonlyMap<string, Buffer>;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const INDEX = '/index.html';

/** All files of the folder by their URL path; none where there is no such folder. */
export async function readAppFiles(folder: string): Promise<AppFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const files = paths.map(async (path): Promise<[string, Buffer]> => {
    const url = `/${relative(folder, path).split(sep).join('/')}`;
    return [url, await readFile(path)];
  });
  return new Map(await Promise.all(files));
}

/** Answers a GET or HEAD; a path that is no file's leads to the app itself. */
export function serveApp(files: AppFiles, req: IncomingMessage, res: ServerResponse): void {
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    res.setHeader('allow', 'GET, HEAD');
    sendText(res, 405, 'only GET and HEAD are served here');
    return;
  }
  const wanted = (req.url ?? '/').replace(/[?#].*$/s, '');
  const path = files.has(wanted) || extname(wanted) !== '' ? wanted : INDEX;
  const body = files.get(path);
  if (!body) {
    const why = files.has(INDEX) ? 'there is no such file' : 'the app has not been built';
    sendText(res, files.has(INDEX) ? 404 : 503, why);
    return;
  }
  // The names of assets carry a hash of their content; the page that names them does not.
  const kept = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  res.writeHead(200, {
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    'content-length': body.length,
    'cache-control': kept,
  });
  res.end(req.method === 'HEAD' ? undefined : body);
}

/** Answers with a line of plain text. */
export function sendText(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  res.end(`${text}\n`);
}
