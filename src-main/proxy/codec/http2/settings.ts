/** What both sides of HTTP/2 announce and bear. */
import { constants } from 'node:http2';
import type { ServerSessionOptions, Settings } from 'node:http2';
import type { LimitsConfig } from '../../config.ts';

/** Per stream: enough for 1 MB/ms·RTT on a laptop, little enough for thousands of streams. */
const STREAM_WINDOW = 256 * 1024;
/** Of the whole connection. */
export const CONNECTION_WINDOW = 1024 * 1024;

export function sessionSettings(limits: LimitsConfig): Settings {
  return {
    enablePush: false,
    initialWindowSize: STREAM_WINDOW,
    maxConcurrentStreams: limits.concurrentStreams,
    // RFC 9113 §6.5.2 counts 32 bytes for each field besides its text.
    maxHeaderListSize: limits.headBytes + 32 * limits.headerCount,
  };
}

/**
 * Floods are bounded by nghttp2 as node:http2 sets it up: unacknowledged PINGs and SETTINGS, empty
 * DATA frames and CONTINUATION chains end the session with ENHANCE_YOUR_CALM. Rapid reset
 * (CVE-2023-44487) is counted by the session's owner.
 */
export function serverSessionOptions(limits: LimitsConfig): ServerSessionOptions {
  return {
    settings: sessionSettings(limits),
    maxSessionInvalidFrames: 100,
    maxOutstandingPings: 10,
    maxSettings: 32,
    maxSessionMemory: sessionMemory(limits),
    maxHeaderListPairs: limits.headerCount + 8,
    maxSendHeaderBlockLength: limits.headBytes * 2,
    // No padding: the bytes are our own business on loopback.
    paddingStrategy: constants.PADDING_STRATEGY_NONE,
  };
}

/** In MB, what one connection may hold: 64 KiB of answers that nobody reads for each stream. */
export function sessionMemory({ concurrentStreams }: LimitsConfig): number {
  return 10 + Math.ceil(concurrentStreams / 16);
}
