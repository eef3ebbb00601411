import { describe, expect, it } from 'vitest';
import { findingsOf, findingsOfService, project, service } from './project.ts';
import type { ProjectOptions } from './project.ts';

const container = (body: string, options?: ProjectOptions, rest?: string): unknown =>
  service(body, options, rest).container;

describe('what a service runs', () => {
  it.each([
    ['command: a "b c" d', { command: ['a', 'b c', 'd'] }],
    ['command: [a, "b c", 1]', { command: ['a', 'b c', '1'] }],
    ['command: []', { command: [] }],
    ['command: ""', { command: [] }],
    ['entrypoint: /x --y', { entrypoint: ['/x', '--y'] }],
    ['working_dir: /app', { workingFolder: '/app' }],
    ['user: "1000:1000"', { user: '1000:1000' }],
    ['group_add: [mail, 100]', { groupAdd: ['mail', '100'] }],
    ['init: true', { init: true }],
    ['tty: true\nstdin_open: "true"', { tty: true, stdinOpen: true }],
    ['platform: linux/arm64', { platform: 'linux/arm64' }],
    ['stop_signal: SIGQUIT', { stopSignal: 'SIGQUIT' }],
    ['stop_grace_period: 1m30s', { stopGrace: '90000ms' }],
    ['hostname: h', { hostname: 'h' }],
    ['privileged: true', { privileged: true }],
    ['read_only: true', { readOnly: true }],
    ['cap_add: [NET_ADMIN]\ncap_drop: [ALL]', { capAdd: ['NET_ADMIN'], capDrop: ['ALL'] }],
    ['security_opt: ["no-new-privileges:true"]', { securityOpt: ['no-new-privileges:true'] }],
    ['sysctls: { net.core.somaxconn: 1024 }', { sysctls: { 'net.core.somaxconn': '1024' } }],
    ['sysctls: ["a.b=1"]', { sysctls: { 'a.b': '1' } }],
    ['dns: 1.1.1.1', { dns: ['1.1.1.1'] }],
    ['devices: ["/dev/a:/dev/b:rw"]', { devices: ['/dev/a:/dev/b:rw'] }],
    ['devices: [{ source: /dev/a, target: /dev/b }]', { devices: ['/dev/a:/dev/b'] }],
    ['labels: ["a=1", b]', { labels: { a: '1', b: '' } }],
    ['pull_policy: if_not_present', { pull: 'missing' }],
    ['pull_policy: always', { pull: 'always' }],
    [
      'extra_hosts: ["a:1.2.3.4", "b=::1", "host.docker.internal:host-gateway"]',
      { extraHosts: { a: '1.2.3.4', b: '::1', 'host.docker.internal': 'host-gateway' } },
    ],
    ['extra_hosts: { a: 1.2.3.4 }', { extraHosts: { a: '1.2.3.4' } }],
    [
      'ulimits: { nproc: 65535, nofile: { soft: 1, hard: 2 } }',
      { ulimits: { nproc: { soft: 65535, hard: 65535 }, nofile: { soft: 1, hard: 2 } } },
    ],
    ['shm_size: 64m', { shmSize: 64 * 1024 * 1024 }],
    ['oom_score_adj: -5', { oomScoreAdj: -5 }],
    ['x-mine: { anything: 1 }', {}],
  ])('%s', (body, expected) => {
    expect(container(body)).toMatchObject(expected);
  });

  it.each([
    ["command: 'a \"b'", 'a quote is not closed'],
    ['init: perhaps', '"perhaps" is neither true nor false'],
    ['shm_size: much', '"much" is no size'],
    ['stop_grace_period: 10', '"10" is no duration; such as "30s" or "1m30s"'],
    ['restart: sometimes', '"sometimes" is no restart policy'],
    ['oom_score_adj: 1.5', 'is no whole number'],
    ['environment: text', 'a mapping or a list of KEY=value is expected'],
    ['depends_on: { a: { condition: ready } }', '"ready" is no condition'],
    ['depends_on: [none]', 'a depends on "none", and there is no such service'],
  ])('%s is refused', (body, message) => {
    expect(findingsOfService(body).join()).toContain(message);
  });
});

describe('when a service is started again', () => {
  it.each([
    ['', 'no'],
    ['restart: no', 'no'],
    ['restart: "always"', 'always'],
    ['restart: unless-stopped', 'unlessStopped'],
    ['restart: on-failure', 'onFailure'],
    ['restart: on-failure:3', { policy: 'onFailure', attempts: 3 }],
    ['deploy: { restart_policy: { condition: any } }', 'always'],
    ['deploy: { restart_policy: { condition: none } }', 'no'],
    [
      'deploy: { restart_policy: { condition: on-failure, max_attempts: 2 } }',
      { policy: 'onFailure', attempts: 2 },
    ],
  ])('by "%s"', (body, restart) => {
    expect(container(body)).toMatchObject({ restart });
  });
});

describe('the resources of a service', () => {
  it.each([
    [
      'mem_limit: 1g\nmem_reservation: 512m',
      { memory: 1024 ** 3, memoryReservation: 512 * 1024 ** 2 },
    ],
    ['cpus: "0.5"', { cpus: 0.5 }],
    ['cpu_quota: 50000', { cpus: 0.5 }],
    ['cpu_quota: 50000\ncpu_period: 25000', { cpus: 2 }],
    ['pids_limit: 100', { pidsLimit: 100 }],
    [
      'deploy: { resources: { limits: { cpus: "0.25", memory: 50M, pids: 5 }, reservations: { memory: 20M } } }',
      { cpus: 0.25, memory: 50 * 1024 ** 2, pidsLimit: 5, memoryReservation: 20 * 1024 ** 2 },
    ],
  ])('%s', (body, expected) => {
    expect(container(body)).toMatchObject(expected);
  });

  it.each([['deploy: { replicas: 3 }'], ['scale: "3"']])('%s are its copies', (body) => {
    expect(service(body).replicas).toBe(3);
  });
});

describe('a healthcheck', () => {
  it.each([
    ['{ test: curl -f x }', { test: 'curl -f x' }],
    ['{ test: [CMD-SHELL, "a || b"] }', { test: 'a || b' }],
    ['{ test: [CMD, a, b] }', { test: ['a', 'b'] }],
    [
      '{ test: [CMD, a], interval: 1m30s, timeout: 10s, retries: 4, start_period: 2s, start_interval: 500ms }',
      {
        test: ['a'],
        interval: '90000ms',
        timeout: '10000ms',
        retries: 4,
        startPeriod: '2000ms',
        startInterval: '500ms',
      },
    ],
    ['{ test: [NONE] }', 'none'],
    ['{ disable: true }', 'none'],
  ])('%s', (body, healthcheck) => {
    expect(service(`healthcheck: ${body}`).container?.healthcheck).toEqual(healthcheck);
  });

  it.each([
    ['{ test: [a, b] }', 'a list begins with CMD, CMD-SHELL or NONE'],
    ['{ interval: 3s }', "without a test of its own it is the image's"],
  ])('%s is told', (body, message) => {
    expect(findingsOfService(`healthcheck: ${body}`).join()).toContain(message);
  });
});

describe('a mount', () => {
  const mountOf = (volume: string, top = ''): unknown =>
    service(`volumes: [${volume}]`, {}, top).container?.mounts?.[0];

  it.each([
    ['/data', { type: 'volume', target: '/data' }],
    ['./x:/data', { type: 'bind', source: '/p/x', target: '/data', createHostPath: true }],
    [
      '../x:/data:ro',
      { type: 'bind', source: '/x', target: '/data', readOnly: true, createHostPath: true },
    ],
    ['~/x:/data', { type: 'bind', source: '/home/me/x', target: '/data', createHostPath: true }],
    [
      '"/x:/data:rw,z,rslave"',
      {
        type: 'bind',
        source: '/x',
        target: '/data',
        selinux: 'z',
        propagation: 'rslave',
        createHostPath: true,
      },
    ],
    ['"C:\\\\x:/data"', { type: 'bind', source: 'C:\\x', target: '/data', createHostPath: true }],
    ['v:/data', { type: 'volume', source: 'p_v', target: '/data' }],
    [
      '"v:/data:ro,nocopy"',
      { type: 'volume', source: 'p_v', target: '/data', readOnly: true, noCopy: true },
    ],
    ['named:/data', { type: 'volume', source: 'mine', target: '/data' }],
    ['ext:/data', { type: 'volume', source: 'ext', target: '/data' }],
    [
      '{ type: bind, source: x, target: /data, bind: { propagation: shared } }',
      { type: 'bind', source: '/p/x', target: '/data', propagation: 'shared' },
    ],
    [
      '{ type: volume, source: v, target: /data, volume: { nocopy: true, subpath: s } }',
      { type: 'volume', source: 'p_v', target: '/data', noCopy: true, subpath: 's' },
    ],
    [
      '{ type: tmpfs, target: /t, tmpfs: { size: 1m, mode: 01777 } }',
      { type: 'tmpfs', target: '/t', size: 1024 ** 2, mode: '01777' },
    ],
  ])('%s', (volume, mount) => {
    const top = 'volumes: { v: , named: { name: mine }, ext: { external: true } }';
    expect(mountOf(volume, top)).toEqual(mount);
  });

  it('in memory may be told shortly', () => {
    expect(service('tmpfs: ["/run", "/tmp:size=64m,mode=1777"]').container?.mounts).toEqual([
      { type: 'tmpfs', target: '/run' },
      { type: 'tmpfs', target: '/tmp', size: 64 * 1024 ** 2, mode: '1777' },
    ]);
  });

  it('may be that of another service', () => {
    const { services } = project(
      'volumes: { v: }\nservices: { a: { image: i, volumes_from: ["b:ro"] }, b: { image: i, volumes: ["v:/d"] } }',
    );
    expect(services['a']?.container?.mounts).toEqual([
      { type: 'volume', source: 'p_v', target: '/d', readOnly: true },
    ]);
  });

  it.each([
    ['none:/data', 'there is no volume "none" at the top level'],
    ['":/data"', 'is no volume'],
    ['"v:/data:odd"', 'the option "odd" of a volume is not taken over'],
    ['{ type: npipe, source: x, target: /d }', 'mounts of type "npipe" are not made'],
    ['{ type: bind, source: x }', 'a mount needs a target'],
  ])('%s is told', (volume, message) => {
    expect(findingsOfService(`volumes: [${volume}]`, {}, 'volumes: { v: }').join()).toContain(
      message,
    );
  });
});

describe('secrets and configs', () => {
  const TOP = `
secrets: { s: { file: ./s.txt }, e: { environment: TOKEN }, x: { external: true } }
configs: { c: { content: "a=\${A:-1}" }, f: { file: /etc/f } }`;
  const OPTIONS = { environment: { TOKEN: 't' } };

  it.each([
    ['secrets: [s]', [{ target: '/run/secrets/s', source: '/p/s.txt' }]],
    ['secrets: [e]', [{ target: '/run/secrets/e', content: 't' }]],
    [
      'secrets: [{ source: s, target: t, uid: "1", gid: "2", mode: 0400 }]',
      [{ target: '/run/secrets/t', source: '/p/s.txt', uid: 1, gid: 2, mode: '0400' }],
    ],
    ['secrets: [{ source: s, target: /etc/t }]', [{ target: '/etc/t', source: '/p/s.txt' }]],
    ['configs: [c]', [{ target: '/c', content: 'a=1' }]],
    [
      'configs: [{ source: f, target: /x, mode: "0444" }]',
      [{ target: '/x', source: '/etc/f', mode: '0444' }],
    ],
  ])('%s', (body, files) => {
    expect(service(body, OPTIONS, TOP).container?.files).toEqual(files);
  });

  it.each([
    ['secrets: [x]', 'the external secret "x" is not taken over'],
    ['secrets: [y]', 'there is no secret "y" at the top level'],
    ['secrets: [e]', 'the variable TOKEN of the secret "e" is not set'],
  ])('%s is told', (body, message) => {
    expect(findingsOfService(body, {}, TOP).join()).toContain(message);
  });
});

describe('the environment of a service', () => {
  it('is that of its files, then its own; what has no value is taken from outside', () => {
    const { env } = service(
      'env_file: [one.env, { path: two.env, required: true }, { path: none.env, required: false }, { path: raw.env, format: raw }]\nenvironment: { B: own, OUT: , NONE: , N: 1, T: true }',
      {
        environment: { OUT: 'out' },
        files: {
          '/p/one.env': 'A=1\nB=1\nC=${A}x',
          '/p/two.env': 'B=2\nD=2\nOUT2',
          '/p/raw.env': 'R="$A"',
        },
      },
    );
    expect(env).toEqual({
      A: '1',
      B: 'own',
      C: '1x',
      D: '2',
      R: '"$A"',
      OUT: 'out',
      N: '1',
      T: 'true',
    });
  });

  it.each([
    ['env_file: none.env', '/p/none.env cannot be read: it does not exist'],
    ['environment: { A: "${B:?say it}" }', 'the variable B is required: say it'],
    [
      'environment: { A: "$B" }',
      '4:23 warning unset-variable the variable B has no value: it is taken for empty; set it in .env, or give a default: ${B:-…}',
    ],
  ])('%s is told', (body, message) => {
    expect(findingsOfService(body).join()).toContain(message);
  });

  it('is told the line of a file that is wrong', () => {
    expect(findingsOfService('env_file: x.env', { files: { '/p/x.env': 'A=1\n!' } })).toEqual([
      'x.env:2:1 error compose-value a line is "NAME=value", or a comment behind "#"',
    ]);
  });
});

describe('a build', () => {
  it.each([
    ['build: ./web', { context: '/p/web' }],
    ['build: https://github.com/a/b.git#main', { context: 'https://github.com/a/b.git#main' }],
    [
      'build: { context: ., dockerfile: D, target: t, args: [A=1, TAG], labels: { l: 1 }, cache_from: [c], tags: [x/y], network: host, extra_hosts: ["h:1.1.1.1"], shm_size: 1m, no_cache: true, pull: true, platforms: [linux/arm64] }',
      {
        context: '/p',
        dockerfile: 'D',
        target: 't',
        args: { A: '1', TAG: '2' },
        labels: { l: '1' },
        cacheFrom: ['c'],
        tags: ['x/y'],
        network: 'host',
        extraHosts: { h: '1.1.1.1' },
        shmSize: 1024 ** 2,
        noCache: true,
        pull: true,
        platform: 'linux/arm64',
      },
    ],
    ['build: { dockerfile_inline: "FROM x" }', { dockerfileInline: 'FROM x' }],
  ])('%s', (body, build) => {
    expect(service(body, { environment: { TAG: '2' } }).container?.build).toEqual(build);
  });

  it('gives the image the name that compose would give it', () => {
    const { services } = project('name: Shop\nservices: { web_app: { build: . } }');
    expect(services['web-app']?.container?.image).toBe('shop-web_app');
  });

  it.each(['ssh: [default]', 'secrets: [x]', 'additional_contexts: { a: b }', 'privileged: true'])(
    'with %s is told what is left out',
    (line) => {
      expect(findingsOfService(`build: { context: ., ${line} }`).join()).toContain(
        `build.${line.split(':')[0]} of a is not taken over: `,
      );
    },
  );
});

describe('what is left out', () => {
  it.each([
    ['logging: { driver: json-file }', 'logging of a is not taken over: the output is read'],
    ['pid: host', 'pid of a is not taken over: each container has'],
    ['network_mode: host', 'network_mode: host of a is not taken over'],
    ['networks: { n: { ipv4_address: 1.2.3.4 } }', 'ipv4_address of a in n is not taken over'],
    ['deploy: { mode: global }', 'deploy.mode of a is not taken over'],
    ['deploy: { placement: { constraints: [] } }', 'deploy.placement of a is not taken over'],
    ['external_links: [x]', 'external_links of a is not taken over'],
    ['pull_policy: daily', 'pull_policy: daily of a is not taken over'],
    ['dpends_on: [b]', 'unknown key "dpends_on" in a; did you mean "depends_on"?'],
  ])('%s is told with its line and why', (body, message) => {
    const findings = findingsOfService(body);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(/^compose\.yaml:4:\d+ warning not-imported /);
    expect(findings[0]).toContain(message);
  });

  it('of networks and the top level is told as well', () => {
    const text = [
      'services: { a: { image: i } }',
      'networks: { n: { driver: overlay, internal: true, name: x, x-y: 1 } }',
      'models: { m: { model: x } }',
      'service: {}',
      'x-anything: { goes: 1 }',
      'version: "3.8"',
    ].join('\n');
    expect(findingsOf(text).map((one) => one.replace(/:.*not-imported/s, ''))).toEqual([
      expect.stringMatching(/models is not taken over/),
      expect.stringMatching(/unknown key "service"; did you mean "services"/),
      expect.stringMatching(/driver of the network n is not taken over/),
      expect.stringMatching(/internal of the network n is not taken over/),
    ]);
  });
});

describe('profiles', () => {
  const TEXT =
    'services: { a: { image: i }, b: { image: i, profiles: [debug] }, c: { image: i, profiles: [test, debug] } }';
  const namesWith = (options: ProjectOptions): string[] =>
    Object.keys(project(TEXT, options).services);

  it('choose the services that run', () => {
    expect(namesWith({})).toEqual(['a']);
    expect(namesWith({ profiles: ['test'] })).toEqual(['a', 'c']);
    expect(namesWith({ profiles: ['*'] })).toEqual(['a', 'b', 'c']);
    expect(namesWith({ environment: { COMPOSE_PROFILES: 'debug,x' } })).toEqual(['a', 'b', 'c']);
    expect(namesWith({ files: { '/p/.env': 'COMPOSE_PROFILES=test' } })).toEqual(['a', 'c']);
  });

  it('that leave a dependency out are told', () => {
    const text = 'services: { a: { image: i, depends_on: [b] }, b: { image: i, profiles: [x] } }';
    expect(findingsOf(text).join()).toContain('a depends on b, which runs only with a profile');
    const optional = text.replace('[b]', '{ b: { condition: service_started, required: false } }');
    expect(findingsOf(optional)).toEqual([]);
  });

  it('that leave nothing are told', () => {
    expect(findingsOf('services: { a: { image: i, profiles: [x] } }').join()).toContain(
      'every service belongs to a profile',
    );
    expect(findingsOf('name: x').join()).toContain('there are no services');
  });
});

describe('a service that waits for others', () => {
  it.each([
    ['depends_on: [b]', [{ service: 'b', condition: 'started' }]],
    ['depends_on: { b: { condition: service_healthy } }', [{ service: 'b', condition: 'healthy' }]],
    [
      'depends_on: { b: { condition: service_completed_successfully } }',
      [{ service: 'b', condition: 'completed' }],
    ],
  ])('%s', (body, dependsOn) => {
    const { services } = project(`services:\n  b: { image: i }\n  a:\n    image: i\n    ${body}`);
    expect(services['a']?.dependsOn).toEqual(dependsOn);
  });
});

describe('anchors and merge keys', () => {
  it('are unfolded', () => {
    const { services, findings } = project(`
x-base: &base { image: i, environment: &env { A: 1, B: 1 } }
x-more: &more { user: me, image: j }
services:
  a: { <<: *base, user: you }
  b: { <<: [*base, *more], environment: { <<: *env, B: 2 } }`);
    expect(findings).toEqual([]);
    expect(services['a']).toMatchObject({
      env: { A: '1', B: '1' },
      container: { image: 'i', user: 'you' },
    });
    expect(services['b']).toMatchObject({
      env: { A: '1', B: '2' },
      container: { image: 'i', user: 'me' },
    });
  });

  it('that unfold without end are refused', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 9; i++) lines.push(`a${i}: &a${i} [${`*a${i - 1}, `.repeat(10)}x]`);
    expect(findingsOf(lines.join('\n')).join()).toContain('unfold to too much');
    expect(findingsOf('a: &a { b: *a }').join()).toContain('unfold to too much');
  });
});

describe('a file that is no compose file', () => {
  it.each([
    ['', 'the file is empty'],
    ['[1]', 'a compose file is a mapping'],
    ['services: [1]', '"services" is a mapping'],
    ['a: [', 'yaml-syntax'],
    ['a: 1\na: 2', 'the key "a" is given twice'],
    ['services: { a: { image: !odd x } }', 'yaml-syntax'],
  ])('%j is refused', (text, message) => {
    expect(findingsOf(text).join()).toContain(message);
  });
});
