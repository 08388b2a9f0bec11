import { holds, isOnAllInterfaces } from '../file/port.ts';
import { serviceCheck } from '../service-check.ts';

/** By the port that the program itself listens on. */
const PROGRAMS: ReadonlyMap<number, string> = new Map([
  [1433, 'SQL Server'],
  [1521, 'Oracle Database'],
  [2375, 'the Docker API'],
  [2376, 'the Docker API'],
  [2379, 'etcd'],
  [3306, 'MySQL'],
  [4243, 'the Docker API'],
  [5432, 'PostgreSQL'],
  [5672, 'RabbitMQ'],
  [5984, 'CouchDB'],
  [6379, 'Redis'],
  [7474, 'Neo4j'],
  [8086, 'InfluxDB'],
  [8200, 'Vault'],
  [8500, 'Consul'],
  [9042, 'Cassandra'],
  [9092, 'Kafka'],
  [9200, 'Elasticsearch'],
  [10250, 'the kubelet'],
  [11211, 'Memcached'],
  [15672, 'the management of RabbitMQ'],
  [27017, 'MongoDB'],
]);

export const composePortDataStore = serviceCheck({
  id: 'compose-port-data-store',
  title: 'A data store or management interface is open on all interfaces',
  severity: 'high',
  rationale:
    'Databases, caches, queues and engines that listen on every interface are found within hours and emptied or encrypted where they have no or a weak password.',
  remediation: 'Leave the port out, since services reach each other without; or bind it to `127.0.0.1`.',
  controls: ['AC-3', 'AC-4', 'CM-7', 'SC-7'],
  references: ['https://docs.docker.com/reference/compose-file/services/#ports'],
  examples: {
    pass: [
      `services:
  db:
    image: postgres:18
    ports: ["127.0.0.1:5432:5432"]
`,
    ],
    fail: [
      `services:
  db:
    image: postgres:18
    ports:
      - "5432:5432"
`,
    ],
  },
  find: ({ ports }) =>
    ports.filter(isOnAllInterfaces).flatMap(({ target, at }) =>
      [...PROGRAMS]
        .filter(([port]) => holds(target, port))
        .slice(0, 1)
        .map(([port, program]) => ({ message: `port ${port}, as of ${program}, is open on all interfaces`, at })),
    ),
});
