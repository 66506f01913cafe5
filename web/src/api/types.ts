/*
 * The answers of the admin API, by the very schemas its OpenAPI document is made from. Types only: nothing of the
 * server comes into the page.
 */
import type { z } from 'zod';
import type { TextSlot } from './making-types.js';
import type * as answers from '../../../src/admin/http/answer-schemas.js';

export type JobPage = z.infer<typeof answers.jobPage>;
export type JobSummary = JobPage['items'][number];
export type VariantSummary = JobSummary['variants'][number];
export type JobDetail = z.infer<typeof answers.jobDetail>;
export type VariantDetail = JobDetail['variants'][number];
export type DrawnElement = VariantDetail['elements'][number];
/** What the judge finds on a picture (`findings` of its answer). */
export interface Finding {
  code: string;
  measured: number;
  limit: number;
  slot?: TextSlot;
  mend?: 'shorter text' | 'another design' | 'another photo' | 'mark the dish' | 'edit post' | 'format';
}
export type Design = z.infer<typeof answers.designList>['items'][number];
export type TimelineEntry = JobDetail['timeline'][number];
export type Attempt = JobDetail['attempts'][number];
export type Layers = z.infer<typeof answers.layersNow>;
export type Area = NonNullable<Layers['textBox']>;
export type Tone = z.infer<typeof answers.toneList>['items'][number];
export type Intake = z.infer<typeof answers.intakeNow>;
export type Queue = z.infer<typeof answers.queuesNow>['items'][number];
export type VariantAnswer = z.infer<typeof answers.variantAnswer>;
export type JobAnswer = z.infer<typeof answers.jobAnswer>;
export type ManyAnswer = z.infer<typeof answers.manyAnswer>;
export type IntakeAnswer = z.infer<typeof answers.intakeAnswer>;
export type CreationAnswer = z.infer<typeof answers.creationAnswer>;

/** A row's state as the event stream tells it. */
export interface RowChange {
  jobId: string;
  variantId: string | null;
  tenantId: string | null;
  step: string | null;
  status: string | null;
  retryCount: number;
  updatedAt: string | null;
  reason: string | null;
  pictureUrl: string | null;
  selected: boolean;
}

/** One part of `/health`. */
export interface HealthPart {
  status: 'up' | 'down';
  reason?: string;
  lastProvenAlive?: string | null;
  oldestSeconds?: number;
  waiting?: number;
  held?: number;
  dead?: number;
  pollers?: Record<string, number>;
}

export interface Health {
  status: string;
  details: Record<string, HealthPart>;
}

export interface Session {
  actor: string;
  scope: 'read' | 'operate';
  /** Whose key it is; null (or absent) when it opens every shop's. */
  tenantId?: string | null;
  csrfToken: string | null;
}
