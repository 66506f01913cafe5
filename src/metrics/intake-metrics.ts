import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { BridgeSettings, BridgeState } from '../bridge/bridge.js';
import { outboxDepth } from '../bridge/outbox.js';
import type { Pool } from '../db/pool.js';

/** What waits at the door and whether anybody listens there, looked at when the page is asked for. */
export function measureIntake(registry: Registry, sources: { pool: Pool; bridge: { state: BridgeState } }): void {
  const { pool, bridge } = sources;
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers: [registry] });

  const waiting = gauge('pipeline_outbox_waiting', 'Events that wait to be delivered');
  const age = gauge('pipeline_outbox_oldest_seconds', 'Age of the oldest event that waits');
  const dead = gauge('pipeline_outbox_dead_letters', 'Events that were given up');
  const listening = gauge('pipeline_listener_connected', '1 while the listener has its connection');
  const proven = gauge('pipeline_listener_proven_age_seconds', 'Since the listener last heard itself');
  const reconnects = gauge('pipeline_listener_reconnects', 'Connections lost since the start');
  new Gauge({
    name: 'pipeline_database_up',
    help: '1 while the database answers; the outbox figures stand still while it does not',
    registers: [registry],
    async collect() {
      const { listener } = bridge.state;
      listening.set(listener.connected ? 1 : 0);
      reconnects.set(listener.reconnects);
      if (listener.lastProvenAlive) proven.set((Date.now() - listener.lastProvenAlive.getTime()) / 1000);
      try {
        const depth = await outboxDepth(pool);
        waiting.set(depth.waiting);
        age.set(depth.oldestSeconds);
        dead.set(depth.dead);
        this.set(1);
      } catch {
        this.set(0);
      }
    },
  });
}

/** Counts what the bridge delivers, and how long after its commit. */
export function countDeliveries(registry: Registry): NonNullable<BridgeSettings['onDelivery']> {
  const deliveries = new Counter({
    name: 'pipeline_events_delivered_total',
    help: 'Deliveries of events by how they ended',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
  });
  const delays = new Histogram({
    name: 'pipeline_commit_to_start_seconds',
    help: 'From the commit of an event to its workflow being started or woken',
    labelNames: ['kind'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [registry],
  });
  return ({ kind, createdAt }, outcome) => {
    deliveries.inc({ kind, outcome });
    if (outcome === 'delivered') delays.observe({ kind }, (Date.now() - createdAt.getTime()) / 1000);
  };
}
