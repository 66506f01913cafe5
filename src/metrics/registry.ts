import { collectDefaultMetrics, Registry } from 'prom-client';

/** The metrics of one process, Node's own among them; `service` labels every line. */
export function createRegistry(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}
