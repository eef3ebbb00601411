/** Connections that have asked once and say nothing more, beside others that are busy. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { load } from '../loads/wrk.ts';
import { SMALL_GETS, times } from '../work.ts';
import type { BenchCase } from './case.ts';

const IDLE = 1000;
const CONNECTIONS = 32;

export const idle: BenchCase = {
  name: 'idle',
  title: `Small GET over ${CONNECTIONS} connections beside ${IDLE} idle ones`,
  unit: 'requests/s',
  work: SMALL_GETS,
  async measure({ outbound, process: child }, seconds) {
    const before = residentBytes(child.pid ?? 0);
    const sockets = await Promise.all(times(IDLE, () => askOnce(outbound)));
    const memory = (residentBytes(child.pid ?? 0) - before) / IDLE;
    const measured = await load(`http://127.0.0.1:${outbound}/`, CONNECTIONS, seconds);
    if (sockets.some((one) => one.closed)) throw new Error('an idle connection was closed');
    for (const socket of sockets) socket.destroy();
    return { ...measured, memory };
  },
};

/** A connection on which a request has been answered. */
function askOnce(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('error', reject);
    socket.on('connect', () => socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
    socket.on('data', () => resolve(socket));
  });
}

function residentBytes(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * 4096;
}
