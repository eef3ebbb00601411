/** HTTP/1.1 over connections that stay. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../loads/wrk.ts';
import { LARGE } from '../services/web.ts';
import { SMALL_GETS, routePrefix } from '../work.ts';
import type { BenchCase, Target } from './case.ts';

const CONNECTIONS = 32;
const FEW = 8;
const FILTERS = 10;
const ROUTES = 500;

function url({ outbound }: Target, path = '/'): string {
  return `http://127.0.0.1:${outbound}${path}`;
}

const download: BenchCase = {
  name: 'download',
  title: `Downloads of 1 MB, ${FEW} connections`,
  unit: 'MB/s',
  work: SMALL_GETS,
  measure: (target, seconds) => load(url(target, '/large'), FEW, seconds),
};

const upload: BenchCase = {
  name: 'upload',
  title: `Uploads of 1 MB, ${FEW} connections`,
  unit: 'MB/s',
  work: SMALL_GETS,
  measure(target, seconds) {
    const script = join(target.folder, 'upload.lua');
    writeFileSync(script, `wrk.method = "POST"\nwrk.body = string.rep("x", ${LARGE})\n`);
    return load(url(target, '/upload'), FEW, seconds, script);
  },
};

const filters: BenchCase = {
  name: 'filters',
  title: `Small GET, ${FILTERS} filters on the route, ${CONNECTIONS} connections`,
  unit: 'requests/s',
  work: { ...SMALL_GETS, filters: FILTERS },
  measure: (target, seconds) => load(url(target), CONNECTIONS, seconds),
};

const routes: BenchCase = {
  name: 'routes',
  title: `Small GET to the last of ${ROUTES} routes, ${CONNECTIONS} connections`,
  unit: 'requests/s',
  work: { ...SMALL_GETS, routes: ROUTES },
  measure: (target, seconds) => {
    return load(url(target, routePrefix(ROUTES - 1)), CONNECTIONS, seconds);
  },
};

export const WEB_CASES: readonly BenchCase[] = [download, upload, filters, routes];
