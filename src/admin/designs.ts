import type { Idea, IdeaKind } from '../brief/idea.js';
import { DESIGNS } from '../generation/design-catalogue.js';
import { BadOrder } from './trouble.js';

export interface OfferedDesign {
  name: string;
  /** What it shows: the photo itself, or the dish cut out of it; such a one is only used where the dish can be cut. */
  kind: 'photo' | 'cutout';
  /** Ideas that it was made for; any other can be had in it as well. */
  suits: IdeaKind[];
  /** Made for drinks, towers and photos held upright. */
  isForTall: boolean;
}

/** The designs that an owner may choose from. */
export const offeredDesigns = (): OfferedDesign[] =>
  DESIGNS.map(({ design, needs, kinds, isForTall = false }) => ({
    name: design.name,
    kind: needs,
    suits: [...kinds],
    isForTall,
  }));

/** @throws BadOrder that names the designs there are */
export function mustHaveDesigns(ideas: readonly Idea[]): void {
  const names = DESIGNS.map(({ design }) => design.name);
  for (const { design } of ideas)
    if (design !== undefined && !names.includes(design))
      throw new BadOrder(`design: there is no design "${design}"; there are ${names.join(', ')}`);
}
