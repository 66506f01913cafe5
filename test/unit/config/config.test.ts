import { describe, expect, it } from 'vitest';
import { ConfigurationError, loadConfig } from '../../../src/config/config.js';

describe('configuration', () => {
  it('needs nothing: what is not configured is embedded', () => {
    const config = loadConfig({});
    expect(config.database.url).toBeNull();
    expect(config.temporal).toMatchObject({ address: null, namespace: 'default', tls: null });
    expect(config.stages.baseUrl).toBeNull();
    expect(config.assetsDir).toBe(`${config.dataDir}/assets`);
    expect(config.policy).toMatchObject({ imageGeneration: 'internal', variantsPerJob: 3, overlayTextGrace: 15_000 });
  });

  it('names every variable that cannot be used, at once', () => {
    const load = () =>
      loadConfig({
        DATABASE_URL: 'mysql://x',
        TEMPORAL_ADDRESS: 'somewhere',
        SERVER_PORT: 'http',
        CORS_ORIGINS: 'example.com',
        SWEEP_INTERVAL: 'soon',
        IMAGE_GENERATION: 'sometimes',
        ENABLE_JOB_STATE_LISTENER: 'perhaps',
      });
    expect(load).toThrow(ConfigurationError);
    for (const name of [
      'DATABASE_URL',
      'TEMPORAL_ADDRESS',
      'SERVER_PORT',
      'CORS_ORIGINS',
      'SWEEP_INTERVAL',
      'IMAGE_GENERATION',
      'ENABLE_JOB_STATE_LISTENER',
    ]) {
      expect(load).toThrow(name);
    }
  });

  it('lets the stage service listen to strangers only when it asks them for a key', () => {
    expect(() => loadConfig({ HOST: '0.0.0.0' })).toThrow(/HOST: .*YH_API_KEY/);
    expect(loadConfig({ HOST: '0.0.0.0', YH_API_KEY: 'sixteen letters!' }).stages.host).toBe('0.0.0.0');
    expect(() => loadConfig({ YH_API_KEY: 'short' })).toThrow('YH_API_KEY');
  });

  it('chooses an engine per capability and names those there are', () => {
    expect(loadConfig({}).stages.engines).toEqual({
      vision: 'embedded',
      detection: 'embedded',
      language: 'embedded',
      ocr: 'embedded',
    });
    expect(() => loadConfig({ OCR_ENGINE: 'eyes' })).toThrow(/OCR_ENGINE: .*embedded/);
  });

  it('knows the original stage service only where it is told where that is', () => {
    expect(loadConfig({ YH_BASE_URL: 'http://127.0.0.1:8011' }).stages.arePeer).toBe(false);
    expect(loadConfig({ YH_BASE_URL: 'http://127.0.0.1:8011', YH_PEER: 'original' }).stages.arePeer).toBe(true);
    expect(() => loadConfig({ YH_PEER: 'original' })).toThrow(/YH_BASE_URL, which is not set/);
    expect(() => loadConfig({ YH_BASE_URL: 'http://127.0.0.1:8011', YH_PEER: 'true' })).toThrow(/YH_PEER.*"original"/);
  });

  it.each([
    ['90', 90_000],
    ['500ms', 500],
    ['15s', 15_000],
    ['10m', 600_000],
    ['24h', 86_400_000],
  ])('reads the duration %s', (text, milliseconds) => {
    expect(loadConfig({ SWEEP_INTERVAL: text }).bridge.sweepInterval).toBe(milliseconds);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig({ DATABASE_URL: '', SERVER_PORT: '' })).toMatchObject({
      database: { url: null },
      server: { port: 8000, portIsGiven: false },
    });
  });

  it("builds the database's URL from the contract's five parts, and lets DATABASE_URL win", () => {
    const parts = { DB_HOST: 'db', DB_NAME: 'ads', DB_USER: 'shop', DB_PASSWORD: 'p@ss/word' };
    expect(loadConfig(parts).database.url).toBe('postgresql://shop:p%40ss%2Fword@db:5432/ads');
    expect(loadConfig({ ...parts, DATABASE_URL: 'postgresql://other/x' }).database.url).toBe('postgresql://other/x');
    expect(loadConfig(parts).assetsDir).toBe('/opt/feedlyai/assets');
  });

  it('speaks TLS to Temporal when asked, or when a key or a certificate implies it', () => {
    const tls = (env: NodeJS.ProcessEnv) => loadConfig({ TEMPORAL_ADDRESS: 'cloud:7233', ...env }).temporal.tls;
    expect(tls({})).toBeNull();
    expect(tls({ TEMPORAL_TLS: 'true' })).toEqual({});
    expect(tls({ TEMPORAL_API_KEY: 'key' })).toEqual({});
    expect(tls({ TEMPORAL_API_KEY: 'key', TEMPORAL_TLS: 'false' })).toBeNull();
    expect(tls({ TEMPORAL_TLS_CLIENT_CERT_DATA: 'c', TEMPORAL_TLS_CLIENT_KEY_DATA: 'k' })).toMatchObject({
      clientCert: Buffer.from('c'),
    });
    expect(() => tls({ TEMPORAL_TLS_CLIENT_CERT_DATA: 'c' })).toThrow('come together');
    expect(() => tls({ TEMPORAL_TLS_CLIENT_CERT_PATH: '/nowhere.pem' })).toThrow('TEMPORAL_TLS_CLIENT_CERT_PATH');
  });

  it('is frozen', () => {
    expect(Object.isFrozen(loadConfig({}))).toBe(true);
  });
});
