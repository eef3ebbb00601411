/**
 * One app (or program) at the other end of a WebSocket. A session that reads too slowly is not fed
 * an endless queue: it is left out until its queue is empty, and then gets the whole state anew.
 */
import type { Bytes } from '../base/units.ts';
import type { Result } from './contract/messages.ts';
import { RpcFailure } from './rpc-failure.ts';
import { readCall, writeDeltas, writeFailure, writeResult } from './rpc.ts';
import type { Call, Handlers } from './rpc.ts';

/** What a session needs of a WebSocket. */
export interface SessionSocket {
  /** Bytes that wait to be sent. */
  readonly bufferedAmount: Bytes;
  send(text: string, sent: (error?: Error | null) => void): void;
  ping(): void;
  /** Stops and goes on reading what the other end sends. */
  pause(): void;
  resume(): void;
  close(code: number, reason: string): void;
  /** Ends at once, without the closing handshake. */
  terminate(): void;
}

/** What all sessions share. */
export interface SessionHost {
  readonly handlers: Handlers;
  /** A session with more than this waiting to be sent is slow. */
  readonly mostBuffered: Bytes;
  /** Errors that are the engine's own: a handler that broke, a message against the contract. */
  onError(error: unknown): void;
}

/** WebSocket close code: the server met a condition it did not expect (RFC 6455, 7.4.1). */
const INTERNAL_ERROR = 1011;

export class Session {
  readonly #socket: SessionSocket;
  readonly #host: SessionHost;
  /** `behind`: deltas were left out, the next message has to be the whole state. */
  #follows: 'nothing' | 'deltas' | 'behind' = 'nothing';
  #paused = false;
  #alive = true;

  constructor(socket: SessionSocket, host: SessionHost) {
    this.#socket = socket;
    this.#host = host;
  }

  /** Takes a text frame of the other end. */
  receive(text: string): void {
    const read = readCall(text);
    if ('refusal' in read) this.#send(read.refusal);
    else if (read.call.method === 'subscribe') this.#subscribe(read.call);
    else void this.#perform(read.call);
  }

  /** Hands on a written `delta` notification, where the session follows the state. */
  follow(deltas: string): void {
    if (this.#follows !== 'deltas') return;
    if (this.#socket.bufferedAmount > this.#host.mostBuffered) this.#follows = 'behind';
    else this.#send(deltas);
  }

  /** Asks for a sign of life; ends a session that gave none since the last beat. */
  beat(): void {
    if (!this.#alive) {
      this.#socket.terminate();
      return;
    }
    this.#alive = false;
    this.#socket.ping();
  }

  /** The other end has shown that it is there. */
  heard(): void {
    this.#alive = true;
  }

  /** The state, and from then on every delta: one turn, so that none is lost or comes twice. */
  #subscribe(call: Call): void {
    try {
      const state = this.#host.handlers.subscribe();
      const text = writeResult(call.id ?? null, 'subscribe', state);
      this.#follows = 'deltas';
      if (call.id !== undefined) this.#send(text);
    } catch (error) {
      this.#fail(call, error);
    }
  }

  async #perform(call: Call): Promise<void> {
    try {
      const handler = this.#host.handlers[call.method] as (
        params: unknown,
      ) => Promise<Result<Call['method']>> | Result<Call['method']>;
      const text = writeResult(call.id ?? null, call.method, await handler(call.params));
      if (call.id !== undefined) this.#send(text);
    } catch (error) {
      this.#fail(call, error);
    }
  }

  #fail(call: Call, error: unknown): void {
    if (!(error instanceof RpcFailure)) this.#host.onError(error);
    if (call.id !== undefined) this.#send(writeFailure(call.id, error));
  }

  #send(text: string): void {
    this.#socket.send(text, (error) => {
      // Where sending failed, the connection is over and `close` follows.
      if (!error) this.#sent();
    });
    // Whoever does not read answers may not ask more.
    if (!this.#paused && this.#socket.bufferedAmount > this.#host.mostBuffered) {
      this.#paused = true;
      this.#socket.pause();
    }
  }

  #sent(): void {
    if (this.#socket.bufferedAmount > this.#host.mostBuffered / 4) return;
    if (this.#paused) {
      this.#paused = false;
      this.#socket.resume();
    }
    if (this.#follows === 'behind') this.#catchUp();
  }

  #catchUp(): void {
    try {
      const state = this.#host.handlers.subscribe();
      const text = writeDeltas([{ kind: 'state', state }]);
      this.#follows = 'deltas';
      this.#send(text);
    } catch (error) {
      this.#follows = 'nothing';
      this.#host.onError(error);
      this.#socket.close(INTERNAL_ERROR, 'the state could not be told');
    }
  }
}
