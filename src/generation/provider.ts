import type { IdeaKind, PictureTexts } from '../brief/idea.js';
import type { FontFace } from '../imaging/fonts.js';
import type { Box } from '../imaging/geometry.js';
import type { Season } from '../seasons.js';
import type { TextAreas } from '../typography/text-areas.js';

/** Where the dish is: centre x, centre y and long side, all as shares of the canvas (0..1). */
export interface Placement {
  x: number;
  y: number;
  size: number;
}

/** Where the owner says the dish is, as shares of the upright photo (0..1): a point on it, or a box around it. */
export type SubjectHint = { x: number; y: number } | Box;

/**
 * Where the shop's photo lies on the canvas; what is known about the photo (where its dish is) is known about the
 * picture too.
 */
export interface PhotoOnCanvas {
  /** The whole upright photo, scaled and shifted, never turned. Shares of the canvas; may reach beyond it. */
  box: Box;
  /** The part of the canvas in which the photo shows. Shares of the canvas. */
  window: Box;
}

/** What surroundings suit the dish; keys and season words are the contract's, the file is read by others. */
export interface SubjectAnalysis {
  /** A prop that suits the dish, and a smaller second one: short English noun phrases. */
  decoration_main: string;
  decoration_sub: string;
  /** Plain English colour names. */
  bg_main_color: string;
  bg_floor_color: string;
  best_season: 'spring' | 'summer' | 'autumn' | 'winter' | 'all_year';
}

/** What is made once per job and shared by its variants. */
export interface PreparedPhoto {
  /** The dish on transparency: RGBA PNG, same pixel size as `upright`; absent when the gate refused it. */
  cutout?: Buffer;
  /** The upright photo, reduced to at most 2048 px on its long side, metadata stripped (JPEG or PNG). */
  upright: Buffer;
  /** Pixels of `upright`. */
  width: number;
  height: number;
  /** The dish's box in shares of `upright`. */
  dish: Box;
  /** How sure its box is, 0..1; 0 when no dish was found and the box is the middle of the photo. */
  dishConfidence: number;
  /** 0..1, self-measured; below the gate no cut-out is offered and designs use the photo full-bleed. */
  confidence: number;
  /** Why, in words. */
  reason: string;
  subject: SubjectAnalysis;
  engine: { name: string; version: string };
}

/** 1080 x 1080, 1080 x 1350, 1080 x 1440 and 1080 x 1920 pixels. */
export type PictureFormat = 'square' | 'portrait' | 'tall' | 'story';

export interface GenerationRequest {
  prepared: PreparedPhoto;
  /** 1..variantCount; each index gives another design or another layout of it. */
  variantIndex: number;
  variantCount: number;
  /** Any string. The same seed and request give the same bytes. */
  seed: string;
  /** Shared by the job's pictures: designs are dealt out by it, another way for another job. */
  family?: string;
  /** English name of the shop's tone style, one of contract §2.3's prompt types; null when the shop chose none. */
  promptType: string | null;
  format: PictureFormat;
  /** In which the picture will be posted; it decides the motifs of a seasonal design. */
  season: Season;
  /** Wished place of the dish; moved as little as needed to keep room for a headline. */
  placement?: Placement;
  /** What the picture will say, for the room that it needs; absent when nobody knows yet. */
  texts?: PictureTexts;
  /** What each of the job's pictures leads with, in their order. */
  kinds?: readonly IdeaKind[];
  /** The owner's choice of a design, by name. */
  design?: string;
  brand?: { colour?: string; face?: FontFace; hasLogo?: boolean };
}

/** How a picture was composed, kept for what is drawn on it and for whoever judges it. Shares of the canvas. */
export interface ComposedPicture {
  design: string;
  textAreas: TextAreas;
  dish: Box;
  window: Box;
  photo: Box;
  enlargement: number;
  isCutOut: boolean;
  axis: number | null;
  /** The season whose motifs it shows, if any. */
  season: Season | null;
}

export interface GeneratedPicture {
  png: Buffer;
  width: number;
  height: number;
  /** The dish where the picture has it, on a plain ground: RGB PNG of the picture's size. */
  canvas: Buffer;
  /** One channel PNG of the picture's size, 255 = background, 0 = dish. */
  mask: Buffer;
  /** Short name of the layout, for example 'editorial-top'. */
  design: string;
  /** English sentence that describes the design; stored with the picture. */
  prompt: string;
  placement: Placement;
  /** Absent for providers that paint the dish anew. */
  photoOnCanvas?: PhotoOnCanvas;
  /** Absent for providers that keep no places for text; the planner finds some then. */
  composed?: ComposedPicture;
  engine: { name: string; version: string };
  /** How the picture came about, for its file and rows: seed, design, settings, engine versions. Nothing secret. */
  provenance: Record<string, string>;
  milliseconds: number;
}

/** Anything that can make finished advertisement pictures, without text, from a dish photo. */
export interface ImageProvider {
  /**
   * Decodes the photo once and finds the dish in it.
   * @throws UnreadableImageError for a photo that cannot be used, and the signal's reason when it is aborted.
   */
  prepare(photo: Buffer, options: { hint?: SubjectHint; signal?: AbortSignal }): Promise<PreparedPhoto>;
  /** @throws the signal's reason when it is aborted. */
  generate(request: GenerationRequest, signal?: AbortSignal): Promise<GeneratedPicture>;
}
