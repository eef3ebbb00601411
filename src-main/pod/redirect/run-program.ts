/** Runs one of the system's programs to its end. */
import { spawn } from 'node:child_process';
import type { RunProgram } from './redirector.ts';

/** Of what a program says on stderr, for a message. */
const LONGEST = 400;

export const runProgram: RunProgram = (program, args, input) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(error.code === 'ENOENT' ? `${program} is not installed` : error.message)),
    );
    child.on('close', (code) => {
      const why = said
        .trim()
        .replaceAll(/\s*\n\s*/g, ' ')
        .slice(0, LONGEST);
      if (code === 0) resolve();
      else reject(new Error(`${program}: ${why || `it ended with ${code}`}`));
    });
    // One that ends before it has read everything has said why.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
