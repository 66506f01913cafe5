import type { Box } from '../../imaging/geometry.js';
import type { Raster, ReadPicture } from '../../imaging/picture.js';
import type { Composition } from '../common/compositions.js';
import type { Overlay } from '../common/overlays.js';
import type { Finding } from '../judge/finding.js';
import type { SaidWords } from '../judge/words.js';

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
  /** The text invites the reader to do something; noted, never a fault. */
  cta_present: boolean;
  issues: string[];
  reasoning: string;
  analysis: string;
  /** Every fault with its figure, its limit and what cures it; absent when the engine does not measure. */
  findings?: Finding[];
}

export interface AnalyzeRequest {
  picture: ReadPicture;
  /** Where the dish is (shares) and how sure that is, when whoever made the picture has said so; else it is looked for. */
  dish: { box: Box; confidence: number } | null;
  /** The copy the picture must go with; null analyses the picture alone. */
  adCopyText: string | null;
  /** Replaces a model's built-in prompt. */
  prompt: string | null;
}

export interface JudgeRequest {
  /** The finished advertisement. */
  picture: Raster;
  /** The same picture before the text was drawn; null when it is not known. */
  background: Raster | null;
  /** What the overlay recorded; null when there is no such record. */
  overlay: Overlay | null;
  /** How the picture was composed; null for pictures of other makers. */
  composition: Composition | null;
  /** Mask of the cut-out (255 = background) and the photo it came from; null where there is none. */
  cut: { mask: Raster; upright: Raster } | null;
  /** What the shop wants to say, and the post so far; null for a job that came without a brief. */
  words: Pick<SaidWords, 'brief' | 'post'> | null;
}

/** Looks at pictures. `prompt` of the built-in kind is told so that traces show what was asked. */
export interface VisionLanguageEngine {
  readonly provider: string;
  readonly model: string;
  readonly analyzePrompt: string;
  analyze(request: AnalyzeRequest): Promise<PictureAnalysis>;
  judge(request: JudgeRequest): Promise<AdJudgement>;
}
