/** The eight styles that copy is written in, by their `code` in `tone_styles`. */
export type Tone =
  | 'hero_dish_focus'
  | 'seasonal_limited'
  | 'behind_the_scenes'
  | 'lifestyle_integration'
  | 'ugc_social_proof'
  | 'minimalist_branding'
  | 'emotion_comfort'
  | 'retro_vintage';

/** Words of a style's English or Korean name, or of a free description, that give its tone away. */
const SIGNS: [Tone, RegExp][] = [
  ['seasonal_limited', /season|limited|시즌|계절|한정/i],
  ['behind_the_scenes', /behind|authentic|비하인드|진정|정성|신뢰|전문/i],
  ['lifestyle_integration', /lifestyle|일상|라이프|캐주얼/i],
  ['ugc_social_proof', /ugc|social|후기|리뷰|친근|유쾌|재미/i],
  ['minimalist_branding', /minimal|brand|미니멀|모던|고급|세련|심플/i],
  ['emotion_comfort', /emotion|comfort|위로|감성|따뜻|포근/i],
  ['retro_vintage', /retro|vintage|story|레트로|빈티지|복고|추억/i],
  ['hero_dish_focus', /hero|대표|강조|주인공/i],
];

export const toneOf = (style: string): Tone => SIGNS.find(([, sign]) => sign.test(style))?.[0] ?? 'hero_dish_focus';
