import { effectKey, type Stage } from '../../workflows/contract.js';
import type { AssetStore } from '../assets/asset-store.js';
import { effectId } from '../assets/effect-id.js';

/** A claim's own: enough to name the files its attempts publish. */
export interface ClaimOfJob {
  unitId: string;
  stage: Stage;
  generation: number;
  openedAt: Date;
}

const FILES: Partial<Record<Stage, { what: string; kind: string; extension: string }[]>> = {
  img_gen: ['generated', 'canvas', 'mask'].map((kind) => ({ what: kind, kind, extension: 'png' })),
  yolo_detect: [
    { what: 'forbidden_mask', kind: 'forbidden_mask', extension: 'png' },
    { what: 'forbidden_mask', kind: 'forbidden_mask', extension: 'json' },
  ],
  planner: [{ what: 'planner_image', kind: 'planner', extension: 'png' }],
  overlay: [{ what: 'final', kind: 'final', extension: 'png' }],
};

/** A photo that was prepared, or was being prepared. */
export interface PhotoOfJob {
  runId: string;
  openedAt: Date;
}

const PHOTO_FILES = [
  { kind: 'uploaded', extension: 'png' },
  { kind: 'uploaded', extension: 'jpg' },
  { kind: 'cutout', extension: 'png' },
  { kind: 'plan', extension: 'json' },
];

/** The same of what variants share. */
export const photoFiles = (assets: AssetStore, tenantId: string, photos: PhotoOfJob[]): string[] =>
  photos.flatMap(({ runId, openedAt }) =>
    PHOTO_FILES.map(({ kind, extension }) =>
      assets.urlOf({ tenantId, kind, extension, id: effectId(runId, kind), date: openedAt }),
    ),
  );

/** URLs of the files that attempts may have published before they lost their right to write the rows for them. */
export const effectFiles = (assets: AssetStore, tenantId: string, claims: ClaimOfJob[]): string[] =>
  claims.flatMap(({ unitId, stage, generation, openedAt }) =>
    (FILES[stage] ?? []).map(({ what, kind, extension }) =>
      assets.urlOf({
        tenantId,
        kind,
        extension,
        id: effectId(effectKey(unitId, stage, generation), what),
        date: openedAt,
      }),
    ),
  );
