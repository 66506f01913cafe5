import type { TextSlot } from '../brief/idea.js';
import type { FontFace } from '../imaging/fonts.js';
import type { Box } from '../imaging/geometry.js';

/** Pixels. */
export interface CanvasSize {
  width: number;
  height: number;
}

/** A place of the picture that holds text and nothing else. Shares of the canvas (0..1), top-left origin. */
export interface TextArea {
  box: Box;
  align: 'left' | 'center' | 'right';
  /** Where the text stands when it needs less than the whole height. */
  vertical: 'top' | 'middle' | 'bottom';
}

/** Colours of the text and of what it stands on, RRGGBB. The design vouches for their contrast. */
export interface TextColours {
  /** Headline and body. */
  ink: string;
  /** Lead-in, small print. */
  quiet: string;
  /** Price badge and sticker: ground, and what is written on it. */
  accent: string;
  onAccent: string;
  /** What the text areas look like behind the text. */
  ground: string;
}

/** How text is set. */
export interface TypeLook {
  headline: FontFace;
  lead: FontFace;
  body: FontFace;
  /** Prices and offers. */
  figures: FontFace;
  /** Shape behind price and offer. */
  badge: 'pill' | 'tag' | 'block' | 'line';
  sticker: 'circle' | 'burst' | 'ticket';
  /** Text stands on a photo: it throws a soft shadow, and the ground behind it is measured and darkened where needed. */
  onPhoto: boolean;
  /** Line pitch of the headline as a multiple of its size. */
  lineHeight: number;
  /** Largest headline, as a share of the canvas width. */
  largest: number;
}

/** Where a picture's text goes and how it looks, decided by its design when the picture is composed. */
export interface TextAreas {
  /** Lead-in, headline, line, and what has no place of its own. */
  main: TextArea;
  /** Price and offer, where the design gives them a place of their own. */
  deal?: TextArea;
  /** Centre and radius (shares of the canvas width) of a sticker for the offer; degrees it is turned. */
  sticker?: { x: number; y: number; radius: number; turn: number };
  /** Period, note, handle, place, and the shop's name. */
  foot: TextArea;
  colours: TextColours;
  look: TypeLook;
}

/** One piece of text as it was drawn; recorded with the overlay as `elements`. */
export interface DrawnElement {
  slot: TextSlot;
  area: 'main' | 'deal' | 'sticker' | 'foot';
  /** As drawn: line by line. */
  lines: string[];
  /** Tight box of the ink, shares of the canvas. */
  box: Box;
  /** Box of the badge or sticker it stands on, shares; null when it stands on the picture itself. */
  badge: Box | null;
  /** Pixels. */
  fontSize: number;
  fontName: string;
  /** RRGGBB. */
  colour: string;
  /** WCAG contrast with the worse end of what is behind it, as drawn. */
  contrastRatio: number;
}

/** A text that the picture could not hold. */
export interface LeftOut {
  slot: TextSlot;
  text: string;
  reason: 'no room' | 'no glyph' | 'no place in this design';
}
