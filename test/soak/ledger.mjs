// The engine's own account of a run, from the figures that it sends to everybody who subscribes; and
// the edits that are made meanwhile.
import { WebSocket } from 'ws';

/** What became of the requests of one edge; `injected`: a fault touched them. */
const nothing = () => ({ ok: 0, clientError: 0, failed: 0, injected: 0 });

export class Ledger {
  /** By `from->to`. */
  edges = {};
  /** Deltas were left out, so that the account is not whole. */
  isBroken = false;
  edits = 0;
  #socket;
  #version = 0;
  #calls = new Map();
  #lastId = 0;

  /** @param appUrl as `faultline up --json` prints it, with its token. */
  static async open(appUrl) {
    const { host, hash } = new URL(appUrl);
    const token = new URLSearchParams(hash.slice(1)).get('token');
    const ledger = new Ledger();
    ledger.#socket = new WebSocket(`ws://${host}/rpc?token=${token}`);
    ledger.#socket.on('message', (data) => ledger.#take(JSON.parse(String(data))));
    await new Promise((resolve, reject) => {
      ledger.#socket.once('open', resolve);
      ledger.#socket.once('error', reject);
    });
    ledger.#version = (await ledger.#call('subscribe', {})).document.version;
    return ledger;
  }

  /** Resolves when every proxy has it; rejects where the engine refuses it. */
  async edit(edit) {
    ({ version: this.#version } = await this.#call('edit', { base: this.#version, edit }));
    this.edits++;
  }

  /** Requests of the edge that came to an end. */
  total(edge) {
    const { ok, clientError, failed, injected } = this.edges[edge] ?? nothing();
    return ok + clientError + failed + injected;
  }

  close() {
    this.#socket.close();
  }

  #call(method, params) {
    const id = ++this.#lastId;
    this.#socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    return new Promise((resolve, reject) => this.#calls.set(id, { resolve, reject }));
  }

  #take({ id, result, error, params }) {
    if (id === undefined) return params.deltas.forEach((delta) => this.#count(delta));
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    if (error) call.reject(new Error(JSON.stringify(error)));
    else call.resolve(result);
  }

  #count(delta) {
    if (delta.kind === 'state') this.isBroken = true;
    if (delta.kind !== 'tick') return;
    for (const { from, to, flow } of delta.edges) {
      const sum = (this.edges[`${from}->${to}`] ??= nothing());
      for (const outcome of Object.keys(sum)) sum[outcome] += flow[outcome];
    }
  }
}
