/**
 * What well-known images listen on: the ports that they have without anybody saying so, and what these
 * speak. Protocols in which the server speaks first, or which are no HTTP, must be known before the
 * first byte.
 */
import type { ServiceProtocol } from '../../../spec/mesh.ts';

export interface KnownPort {
  readonly port: number;
  readonly protocol: ServiceProtocol;
}

const tcp = (...ports: number[]): KnownPort[] => ports.map((port) => ({ port, protocol: 'tcp' }));
const http = (...ports: number[]): KnownPort[] => ports.map((port) => ({ port, protocol: 'http' }));
const grpc = (...ports: number[]): KnownPort[] => ports.map((port) => ({ port, protocol: 'grpc' }));

const postgres = tcp(5432);
const mysql = tcp(3306);
const redis = tcp(6379);
const mongo = tcp(27017);

/** By the last part of the image's name. The first port is the one that callers mean. */
const IMAGES: Readonly<Record<string, readonly KnownPort[]>> = {
  // Databases that speak SQL.
  postgres,
  postgresql: postgres,
  postgis: postgres,
  pgvector: postgres,
  timescaledb: postgres,
  'timescaledb-ha': postgres,
  pgbouncer: tcp(6432),
  mysql,
  'mysql-server': mysql,
  mariadb: mysql,
  percona: mysql,
  'percona-server': mysql,
  cockroach: [...tcp(26257), ...http(8080)],
  'mssql-server': tcp(1433),
  mssql: tcp(1433),
  'azure-sql-edge': tcp(1433),
  oracle: tcp(1521),
  'oracle-xe': tcp(1521),
  'oracle-free': tcp(1521),
  clickhouse: [...http(8123), ...tcp(9000)],
  'clickhouse-server': [...http(8123), ...tcp(9000)],
  questdb: [...http(9000), ...tcp(8812, 9009)],
  vitess: mysql,
  tidb: tcp(4000),
  // Of documents, graphs and columns.
  mongo,
  mongodb: mongo,
  'mongodb-community-server': mongo,
  'mongo-express': http(8081),
  cassandra: tcp(9042),
  scylla: tcp(9042),
  couchdb: http(5984),
  arangodb: http(8529),
  neo4j: [...tcp(7687), ...http(7474)],
  influxdb: http(8086),
  dynamodb: http(8000),
  'dynamodb-local': http(8000),
  rethinkdb: [...tcp(28015), ...http(8080)],
  surrealdb: http(8000),
  qdrant: [...http(6333), ...grpc(6334)],
  weaviate: http(8080),
  milvus: grpc(19530),
  chroma: http(8000),
  // Caches.
  redis,
  'redis-stack': redis,
  'redis-stack-server': redis,
  valkey: redis,
  keydb: redis,
  dragonfly: redis,
  memcached: tcp(11211),
  varnish: http(80),
  // Messages.
  rabbitmq: [...tcp(5672), ...http(15672)],
  kafka: tcp(9092),
  'kafka-native': tcp(9092),
  'cp-kafka': tcp(9092),
  redpanda: tcp(9092),
  zookeeper: tcp(2181),
  'cp-zookeeper': tcp(2181),
  'cp-schema-registry': http(8081),
  'kafka-ui': http(8080),
  kafdrop: http(9000),
  akhq: http(8080),
  nats: [...tcp(4222), ...http(8222)],
  'nats-streaming': [...tcp(4222), ...http(8222)],
  activemq: [...tcp(61616), ...http(8161)],
  'activemq-artemis': [...tcp(61616), ...http(8161)],
  pulsar: [...tcp(6650), ...http(8080)],
  'eclipse-mosquitto': tcp(1883),
  mosquitto: tcp(1883),
  emqx: [...tcp(1883), ...http(18083)],
  eventstore: http(2113),
  nsqd: [...tcp(4150), ...http(4151)],
  beanstalkd: tcp(11300),
  // Search.
  elasticsearch: [...http(9200), ...tcp(9300)],
  opensearch: [...http(9200), ...tcp(9300)],
  kibana: http(5601),
  'opensearch-dashboards': http(5601),
  logstash: tcp(5044),
  solr: http(8983),
  meilisearch: http(7700),
  typesense: http(8108),
  sonic: tcp(1491),
  // What one looks at a system with.
  prometheus: http(9090),
  alertmanager: http(9093),
  pushgateway: http(9091),
  grafana: http(3000),
  'grafana-oss': http(3000),
  loki: http(3100),
  tempo: http(3200),
  jaeger: [...http(16686, 4318), ...grpc(4317)],
  'all-in-one': [...http(16686, 4318), ...grpc(4317)],
  zipkin: http(9411),
  'opentelemetry-collector': [...grpc(4317), ...http(4318)],
  'opentelemetry-collector-contrib': [...grpc(4317), ...http(4318)],
  'victoria-metrics': http(8428),
  'node-exporter': http(9100),
  cadvisor: http(8080),
  // The way in.
  nginx: http(80),
  'nginx-unprivileged': http(8080),
  httpd: http(80),
  caddy: http(80),
  traefik: http(80, 8080),
  haproxy: http(80),
  kong: http(8000, 8001),
  // Around a system.
  adminer: http(8080),
  pgadmin4: http(80),
  phpmyadmin: http(80),
  'redis-commander': http(8081),
  redisinsight: http(5540),
  mailhog: [...tcp(1025), ...http(8025)],
  mailpit: [...tcp(1025), ...http(8025)],
  maildev: [...tcp(1025), ...http(1080)],
  mailcatcher: [...tcp(1025), ...http(1080)],
  smtp4dev: [...http(80), ...tcp(25)],
  localstack: http(4566),
  minio: http(9000, 9001),
  azurite: http(10000, 10001, 10002),
  vault: http(8200),
  consul: http(8500),
  etcd: [...http(2379), ...tcp(2380)],
  keycloak: http(8080),
  openldap: tcp(389),
  wiremock: http(8080),
  mockserver: http(1080),
  httpbin: http(80),
  'http-echo': http(5678),
  whoami: http(80),
  wordpress: http(80),
  ghost: http(2368),
  drupal: http(80),
  nextcloud: http(80),
  gitea: [...http(3000), ...tcp(22)],
  sonarqube: http(9000),
  registry: http(5000),
  unleash: http(4242),
  'unleash-server': http(4242),
  temporal: grpc(7233),
  'auto-setup': grpc(7233),
  daprd: [...http(3500), ...grpc(50001)],
  placement: grpc(50005),
  envoy: http(10000),
  selenium: http(4444),
  'standalone-chrome': http(4444),
  chrome: http(3000),
};

/** Ports that belong to one protocol, whatever image listens there, and whose callers may wait. */
const PROTOCOLS: Readonly<Record<number, ServiceProtocol>> = {
  25: 'tcp',
  1433: 'tcp',
  1521: 'tcp',
  1883: 'tcp',
  2181: 'tcp',
  3306: 'tcp',
  4222: 'tcp',
  4317: 'grpc',
  5432: 'tcp',
  5672: 'tcp',
  6379: 'tcp',
  9042: 'tcp',
  9092: 'tcp',
  11211: 'tcp',
  27017: 'tcp',
  50051: 'grpc',
};

/** The ports of a well-known image, by its reference; empty where nobody knows. */
export function knownPorts(image: string): readonly KnownPort[] {
  const [, name = ''] = /([^/:@]+)(?::[^/@]*)?(?:@.*)?$/.exec(image) ?? [];
  return Object.hasOwn(IMAGES, name) ? (IMAGES[name] ?? []) : [];
}

/** What a port speaks by its number alone; undefined: it is found out from the first bytes. */
export function protocolByNumber(port: number): ServiceProtocol | undefined {
  return PROTOCOLS[port];
}
