import type { Brief } from '../../brief/brief.js';
import { writtenSeason } from '../../brief/written-season.js';
import { type Finding, finding } from './finding.js';

/** The one season that words name; undefined when they name none or several. */
export const seasonOfWords = (words: string): string | undefined => writtenSeason({ headline: words });

export const seasonOfBrief = (brief: Brief): string | undefined => seasonOfWords(Object.values(brief).join(' '));

/**
 * Motifs or words of one season around words of another; the owner's words are right. Measured: signs of another season,
 * the motifs and the words on the picture.
 */
export function contradictedSeason(brief: Brief | null, shown: { drawn: string[]; motifs: string | null }): Finding[] {
  const drawn = seasonOfWords(shown.drawn.join(' '));
  const wanted = (brief && seasonOfBrief(brief)) ?? drawn;
  if (wanted === undefined) return [];
  const strange = [shown.motifs ?? undefined, drawn].filter((season) => season !== undefined && season !== wanted);
  return strange.length === 0 ? [] : [finding('season', strange.length, 0, { mend: 'another design' })];
}
