import type { Box } from '../imaging/geometry.js';

/** Where the dish is: centre x, centre y and long side, all as shares of the canvas (0..1). */
export interface Placement {
  x: number;
  y: number;
  size: number;
}

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

export interface GenerationRequest {
  /** JPEG, PNG or WebP bytes of the shop's photo. */
  photo: Buffer;
  /** 1..variantCount; each index gives another design or another layout of it. */
  variantIndex: number;
  variantCount: number;
  /** Any string. The same seed and request give the same bytes. */
  seed: string;
  width: 1080;
  height: 1080;
  /** Wished place of the dish; moved as little as needed to keep room for a headline. */
  placement?: Placement;
  /** Name of the shop's tone style, English or Korean; known words tint the grading, others change nothing. */
  toneStyle?: string;
}

export interface GeneratedPicture {
  png: Buffer;
  width: number;
  height: number;
  /** Short name of the layout, for example 'editorial-top'. */
  design: string;
  /** English sentence that describes the design; stored with the picture. */
  prompt: string;
  placement: Placement;
  /** Absent for providers that paint the dish anew. */
  photoOnCanvas?: PhotoOnCanvas;
  engine: { name: string; version: string };
  milliseconds: number;
}

/** Anything that can make a finished advertisement picture, without text, from a dish photo. */
export interface ImageProvider {
  readonly name: string;
  /** @throws UnreadableImageError for a photo that does not decode, and the signal's reason when it is aborted. */
  generate(request: GenerationRequest, signal?: AbortSignal): Promise<GeneratedPicture>;
}
