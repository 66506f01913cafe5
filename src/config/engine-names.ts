/*
 * The engines that the configuration may name, by capability. Each name has its factory in `src/stages/engines`; the
 * compiler refuses a name without one.
 */
export const VISION_ENGINES = ['embedded'] as const;
export const DETECTION_ENGINES = ['embedded'] as const;
export const LANGUAGE_ENGINES = ['embedded'] as const;
export const OCR_ENGINES = ['embedded'] as const;

/** Which engine serves which capability. */
export interface EngineChoice {
  vision: (typeof VISION_ENGINES)[number];
  detection: (typeof DETECTION_ENGINES)[number];
  language: (typeof LANGUAGE_ENGINES)[number];
  ocr: (typeof OCR_ENGINES)[number];
}
