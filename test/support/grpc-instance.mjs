/**
 * An instance of a mesh that speaks gRPC: `Unary` answers `<NAME> <request>`, or fails as it is asked
 * to by `fail:<code>`, or, where its environment names another service, asks that one first.
 */
import { Client, Server, ServerCredentials, credentials } from '@grpc/grpc-js';

const { NAME, PORT, BACK_SERVICE_HOST, BACK_SERVICE_PORT } = process.env;
const write = (text) => Buffer.from(text);
const read = (bytes) => bytes.toString();
const path = '/test.Mesh/Unary';
const unary = {
  ...{ path, requestStream: false, responseStream: false },
  ...{ requestSerialize: write, requestDeserialize: read },
  ...{ responseSerialize: write, responseDeserialize: read },
};
const back =
  BACK_SERVICE_PORT &&
  new Client(`${BACK_SERVICE_HOST}:${BACK_SERVICE_PORT}`, credentials.createInsecure());

const server = new Server();
server.addService(
  { unary },
  {
    unary: ({ request, metadata }, done) => {
      const [, code] = /^fail:(\d+)$/.exec(request) ?? [];
      if (back) return ask(request, metadata, done);
      if (code) return done({ code: Number(code), details: 'as asked' });
      done(null, `${NAME} ${request}`);
    },
  },
);
server.bindAsync(`127.0.0.1:${PORT}`, ServerCredentials.createInsecure(), (error) => {
  if (error) throw error;
});

function ask(request, metadata, done) {
  // The trace goes on.
  back.makeUnaryRequest(path, write, read, request, metadata, (error, answer) => {
    if (error) done({ code: error.code, details: error.details });
    else done(null, `${NAME} ${answer}`);
  });
}
