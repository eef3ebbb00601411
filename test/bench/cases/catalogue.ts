/** All that is measured on the hop, but for the small GET alone (`hop.ts`). */
import { calls } from '../loads/h2load.ts';
import { echoes } from '../loads/echoes.ts';
import { handshakes } from '../loads/handshakes.ts';
import { load } from '../loads/wrk.ts';
import { faultlineWithOneWorker, faultlineWithTwoWorkers } from '../peers/faultline.ts';
import { SMALL_GETS } from '../work.ts';
import type { BenchCase } from './case.ts';
import { idle } from './idle.ts';
import { WEB_CASES } from './web.ts';

const handshake: BenchCase = {
  name: 'handshake',
  title: 'A new connection with mutual TLS for each request, 4 at a time',
  unit: 'requests/s',
  work: SMALL_GETS,
  needs: 'openssl',
  measure: ({ inbound, folder }, seconds) => handshakes(inbound, folder, seconds),
};

const websocket: BenchCase = {
  name: 'websocket',
  title: 'WebSocket echo of 128 bytes, 32 connections',
  unit: 'messages/s',
  work: { ...SMALL_GETS, speaks: 'websocket' },
  measure: ({ outbound }, seconds) => echoes(outbound, 'websocket', seconds),
};

const grpc: BenchCase = {
  name: 'grpc',
  title: 'gRPC unary calls, 8 connections with 4 streams each',
  unit: 'calls/s',
  work: { ...SMALL_GETS, speaks: 'grpc' },
  needs: 'h2load',
  measure: ({ outbound, folder }, seconds) => calls(outbound, folder, seconds),
};

const tcp: BenchCase = {
  name: 'tcp',
  title: 'TCP echo of 128 bytes, 32 connections',
  unit: 'messages/s',
  work: { ...SMALL_GETS, speaks: 'tcp' },
  measure: ({ outbound }, seconds) => echoes(outbound, 'tcp', seconds),
};

const workers: BenchCase = {
  name: 'workers',
  title: 'Small GET, 32 connections, by threads of the data plane',
  unit: 'requests/s',
  work: SMALL_GETS,
  peers: [faultlineWithTwoWorkers, faultlineWithOneWorker],
  measure: ({ outbound }, seconds) => load(`http://127.0.0.1:${outbound}/`, 32, seconds),
};

export const CASES: readonly BenchCase[] = [
  ...WEB_CASES,
  idle,
  handshake,
  websocket,
  grpc,
  tcp,
  workers,
];
