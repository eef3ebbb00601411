// One link of a chain: passes the nonce on to the next one and brings it back.
import http from 'node:http';

const next = process.env.NEXT && process.env[`${process.env.NEXT.toUpperCase()}_URL`];
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

http
  .createServer((request, response) => {
    if (!next || request.url === '/healthz') return void response.end(request.url.slice(1));
    const { traceparent } = request.headers;
    const call = http.get(
      `${next}${request.url}`,
      { agent, headers: traceparent ? { traceparent } : {} },
      (answer) => {
        response.statusCode = answer.statusCode;
        answer.pipe(response);
      },
    );
    call.on('error', (error) => {
      response.statusCode = 502;
      response.end(error.message);
    });
  })
  .listen(Number(process.env.PORT), '127.0.0.1');
