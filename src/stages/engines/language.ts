import type { Brief } from '../../brief/brief.js';
import type { Leftover } from '../../brief/understand.js';

/** What a copywriter needs to know about the advertised dish and its shop. */
export interface CopyBrief {
  /** The shop's own words, as many as it likes. */
  descKor: string;
  /** As the shop writes its name; '' when unknown. */
  storeName: string;
  /** `eng_name` or `kor_name` of the tone style; '' when none was chosen. */
  toneStyle: string;
  /** 1..12: seasons are written about. */
  month: number;
}

export interface AdCopy {
  adCopyEng: string;
  /** The headline that is drawn on the picture, in the shop's own words wherever they can stand alone. */
  adCopyKor: string;
}

export interface TranslationRequest extends CopyBrief {
  adCopyEng: string;
}

export interface Translation {
  adCopyKor: string;
  /**
   * `counterpart`: the Korean twin of an English text this engine knows; `composed`: written anew in Korean from the
   * brief and the words recognised in the English text; `translated`: a model's translation.
   */
  method: 'counterpart' | 'composed' | 'translated';
}

export interface FeedRequest {
  brief: Brief;
  /** Words of the shop's sentence that no role took; its emoji and hashtags belong into the post. */
  leftovers: readonly Leftover[];
  /** `eng_name` or `kor_name` of the tone style; '' when none was chosen. */
  toneStyle: string;
  /** 1..12. */
  month: number;
  /** Posts of equal requests differ by it. */
  seed: string;
  /** The shop's last posts, newest first: the new one must not repeat their sentences. */
  avoid: readonly string[];
}

export interface Feed {
  instagramAdCopy: string;
  /** Tokens that start with `#`, separated by single spaces, none twice, at most five. */
  hashtags: string;
}

/** Writes advertising copy. Deterministic engines answer equal requests equally. */
export interface LanguageEngine {
  readonly provider: string;
  readonly model: string;
  adCopy(brief: CopyBrief): Promise<AdCopy>;
  translateToKorean(request: TranslationRequest): Promise<Translation>;
  instagramFeed(request: FeedRequest): Promise<Feed>;
}
