// Answers by what it is asked: who it is, or what another one says.
//   GET /            its name, and who has called it by mutual TLS
//   GET /ask?url=…   what a request to that URL gives: { status, body } or { error }; ?env=… has its name
//   GET /hosts       its /etc/hosts
//   GET /raw?at=…    what is said over TCP to who waits for the other side and then says hello
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';

// It listens at PORT, and at each of MORE_PORTS besides.
const { PORT = '80', MORE_PORTS = '', HOST = '0.0.0.0', NAME = 'relay' } = process.env;

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
    let said = '';
    socket.on('data', (data) => {
      if (said === '') socket.write('hello');
      said += data;
      if (!said.endsWith('hello')) return;
      resolve({ data: said });
      socket.destroy();
    });
    socket.on('timeout', () => socket.destroy(new Error('timeout')));
    socket.on('end', () => resolve({ error: 'ended' }));
    socket.on('error', (error) => resolve({ error: error.code ?? error.message }));
  });
}

async function answerTo(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://relay');
  const answers = {
    '/': () => ({ name: NAME, peer: request.headers['x-forwarded-client-cert'] ?? '' }),
    '/ask': () => ask(searchParams.get('url') ?? process.env[searchParams.get('env')]),
    '/raw': () => raw(searchParams.get('at')),
    '/hosts': () => ({ text: readFileSync('/etc/hosts', 'utf8') }),
  };
  // Whatever route it came by.
  const answer = await answers[`/${pathname.split('/').at(-1)}`]?.();
  response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer ?? { error: 'not found' }));
}

for (const port of [PORT, ...MORE_PORTS.split(',').filter(Boolean)]) {
  http.createServer(answerTo).listen(Number(port), HOST);
}
process.on('SIGTERM', () => process.exit());
