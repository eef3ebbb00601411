// Answers by what it is asked: who it is, or what another one says.
//   GET /            its name, and who has called it by mutual TLS
//   GET /ask?url=…   what a request to that URL gives: { status, body } or { error }; ?env=… has its name
//   GET /hosts       its /etc/hosts
//   GET /raw?at=…    what the first bytes of a TCP connection to host:port are, or why there is none
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';

const { PORT = '80', HOST = '0.0.0.0', NAME = 'relay' } = process.env;

function ask(url) {
  return new Promise((resolve) => {
    const request = http.get(url, { agent: false, timeout: 5_000 }, (answer) => {
      let body = '';
      answer.on('data', (part) => (body += part));
      answer.on('end', () => resolve({ status: answer.statusCode, body }));
    });
    request.on('timeout', () => request.destroy(new Error('timeout')));
    request.on('error', (error) => resolve({ error: error.code ?? error.message }));
  });
}

function raw(at) {
  const [host, port] = at.split(':');
  return new Promise((resolve) => {
    const socket = net.connect({ host, port: Number(port), timeout: 5_000 });
    socket.on('connect', () => socket.write('hello'));
    socket.on('data', (data) => {
      resolve({ data: data.toString() });
      socket.destroy();
    });
    socket.on('timeout', () => socket.destroy(new Error('timeout')));
    socket.on('end', () => resolve({ error: 'ended' }));
    socket.on('error', (error) => resolve({ error: error.code ?? error.message }));
  });
}

const server = http.createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://relay');
  const answers = {
    '/': () => ({ name: NAME, peer: request.headers['x-forwarded-client-cert'] ?? '' }),
    '/ask': () => ask(searchParams.get('url') ?? process.env[searchParams.get('env')]),
    '/raw': () => raw(searchParams.get('at')),
    '/hosts': () => ({ text: readFileSync('/etc/hosts', 'utf8') }),
  };
  const answer = await answers[pathname]?.();
  response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer ?? { error: 'not found' }));
});
server.listen(Number(PORT), HOST);
process.on('SIGTERM', () => process.exit());
