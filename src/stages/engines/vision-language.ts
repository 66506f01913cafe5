import type { Box } from '../../imaging/geometry.js';

export interface FontRecommendation {
  font_style: string;
  font_name: string;
  font_size_category: 'small' | 'medium' | 'large';
  /** RRGGBB. */
  font_color_hex: string;
  reasoning: string;
}

export interface PictureAnalysis {
  is_valid: boolean;
  image_quality_ok: boolean;
  /** 0..1 */
  relevance_score: number;
  analysis: string;
  issues: string[];
  recommendations: string[];
  font_recommendation: FontRecommendation | null;
}

export interface AdJudgement {
  on_brief: boolean;
  /** True when the text covers the dish. */
  occlusion: boolean;
  contrast_ok: boolean;
  /** The text invites the reader to do something. */
  cta_present: boolean;
  issues: string[];
  reasoning: string;
  analysis: string;
}

export interface AnalyzeRequest {
  picture: Buffer;
  /** The copy the picture must go with; null analyses the picture alone. */
  adCopyText: string | null;
  /** Replaces a model's built-in prompt. */
  prompt: string | null;
}

export interface JudgeRequest {
  /** The finished advertisement. */
  picture: Buffer;
  /** The same picture before the text was drawn; null when it is not known. */
  background: Buffer | null;
  /** Where the text was put, ratios. */
  region: Box | null;
  /** The text that was ordered. */
  text: string;
  /** RRGGBB[AA] as recorded by the overlay. */
  textColour: string | null;
}

/** Looks at pictures. `prompt` of the built-in kind is told so that traces show what was asked. */
export interface VisionLanguageEngine {
  readonly provider: string;
  readonly model: string;
  readonly analyzePrompt: string;
  analyze(request: AnalyzeRequest): Promise<PictureAnalysis>;
  judge(request: JudgeRequest): Promise<AdJudgement>;
}
