/** The one line `npm start` prints on stdout. Its keys are relied on from outside. */
export interface ReadyLine {
  event: 'ready';
  serverUrl: string;
  dashboardUrl: string;
  stagesUrl: string;
  healthUrl: string;
  temporalAddress: string;
  temporalNamespace: string;
  /** Null where the server is somebody else's and TEMPORAL_UI_URL does not say. */
  temporalUiUrl: string | null;
  /** With its password only if the database is the embedded one. */
  databaseUrl: string;
  assetsDir: string;
  dataDir: string;
  pids: {
    server: number[];
    worker: number[];
    stages: number[];
    /** Null where it is not ours. */
    postgres: number | null;
    temporal: number | null;
  };
}

export const withoutPassword = (databaseUrl: string): string => {
  const url = new URL(databaseUrl);
  url.password = '';
  url.searchParams.delete('password');
  return url.toString();
};

export const httpUrl = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
