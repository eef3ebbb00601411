#!/usr/bin/env node
// The `faultline` command: builds first where this is a clone that has not been built.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { followNpm } from './launch/follow-npm.mjs';
import { prepare } from './launch/prepare.mjs';

followNpm();
const root = new URL('../../', import.meta.url);

// A published package brings its build along and has no sources to build.
if (existsSync(fileURLToPath(new URL('src-renderer/index.html', root)))) await prepare();
await import(new URL('out/main/cli.js', root).href);
