import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { KeptBody } from '../../proxy/capture/kept-body.ts';
import { hostOf, MOST_KEPT, outgoingHeaders, pairsOf, PATIENCE } from './outgoing.ts';
import type { Answer, Outgoing } from './outgoing.ts';

/** Over a connection of its own. @throws Error where no whole answer comes */
export function sendHttp1(outgoing: Outgoing): Promise<Answer> {
  const { port, method, path, body } = outgoing;
  const headers = [['host', hostOf(outgoing)], ...outgoingHeaders(outgoing)].flat();
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false });
    sent.setTimeout(PATIENCE, () =>
      sent.destroy(new Error(`nothing came for ${PATIENCE / 1000} seconds`)),
    );
    sent.on('error', reject);
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ ...answerOf(response, new KeptBody(0)), trailers: [] });
    });
    sent.on('response', (response) => {
      const kept = new KeptBody(MOST_KEPT);
      response.on('data', (chunk: Buffer) => kept.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve(answerOf(response, kept)));
    });
    sent.end(body);
  });
}

function answerOf(response: IncomingMessage, body: KeptBody): Answer {
  return {
    status: response.statusCode ?? 0,
    headers: pairsOf(response.rawHeaders),
    body: body.bytes(),
    bodyBytes: body.length,
    trailers: response.rawTrailers,
  };
}
