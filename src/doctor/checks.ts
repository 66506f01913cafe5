import type { Check } from './check.js';
import { lookAtClock } from './checks/clock.js';
import { lookAtDatabase } from './checks/database.js';
import { lookAtDisk } from './checks/disk.js';
import { lookAtDrawing } from './checks/drawing.js';
import { lookAtListeners } from './checks/listeners.js';
import { lookAtNotifications } from './checks/notifications.js';
import { lookAtOutbox } from './checks/outbox.js';
import { lookAtRuns } from './checks/runs.js';
import { lookAtSchema } from './checks/schema.js';
import { lookAtSearchAttributes } from './checks/search-attributes.js';
import { lookAtTheServer } from './checks/server.js';
import { lookAtSessions } from './checks/sessions.js';
import { lookAtTheStages } from './checks/stages.js';
import { lookAtTheTemporal } from './checks/temporal.js';
import { lookAtTimeZone } from './checks/time-zone.js';
import { lookAtTransactions } from './checks/transactions.js';
import { lookAtTheTriggers } from './checks/triggers.js';
import { lookAtWorkers } from './checks/workers.js';

/** In the order of the road. */
export const CHECKS: readonly Check[] = [
  { name: 'database', look: lookAtDatabase },
  { name: 'sessions', needs: ['database'], look: lookAtSessions },
  { name: 'notifications', needs: ['database'], look: lookAtNotifications() },
  { name: 'time-zone', needs: ['database'], look: lookAtTimeZone },
  { name: 'clock', needs: ['database'], look: lookAtClock() },
  { name: 'transactions', needs: ['database'], look: lookAtTransactions() },
  { name: 'schema', needs: ['database'], look: lookAtSchema },
  { name: 'triggers', needs: ['database'], look: lookAtTheTriggers },
  { name: 'listeners', needs: ['database'], look: lookAtListeners },
  { name: 'server', look: lookAtTheServer },
  { name: 'outbox', needs: ['database', 'schema'], look: lookAtOutbox() },
  { name: 'temporal', look: lookAtTheTemporal() },
  { name: 'search-attributes', needs: ['temporal'], look: lookAtSearchAttributes },
  { name: 'workers', needs: ['temporal'], look: lookAtWorkers },
  { name: 'runs', needs: ['database', 'schema', 'temporal'], look: lookAtRuns() },
  { name: 'stages', look: lookAtTheStages },
  { name: 'drawing', computes: true, look: lookAtDrawing() },
  { name: 'disk', look: lookAtDisk() },
];
