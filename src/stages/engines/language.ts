/** What a copywriter needs to know about the advertised dish and its shop. */
export interface CopyBrief {
  /** The shop's own words, Korean, about 30 characters at most by convention. */
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
  /** The headline that is drawn on the picture: Korean, about 20 characters at most, with the meaning of `descKor`. */
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

export interface FeedRequest extends CopyBrief {
  /** Korean copy of the job, '' when there is none. */
  adCopyKor: string;
  adCopyEng: string;
  /** What the shop says about itself, free text; '' when unknown. */
  storeBody: string;
  storeCategory: string;
}

export interface Feed {
  instagramAdCopy: string;
  /** Tokens that start with `#`, separated by single spaces, none twice, at most 10. */
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
