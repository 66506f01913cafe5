import { BRIEF_ROLES, type Brief, type BriefRole, ROLE_LENGTHS } from './brief.js';
import { EMOJI, withoutInvisible } from './signs.js';

/**
 * Why words of a sentence stand in no role.
 * `emoji`, `hashtag`: the post has room for them. `connector`: what it says, the roles say already (에서, →).
 * `too long`: the roles are full.
 */
export const LEFTOVER_REASONS = ['emoji', 'hashtag', 'connector', 'too long'] as const;
export type LeftoverReason = (typeof LEFTOVER_REASONS)[number];

export interface Leftover {
  text: string;
  reason: LeftoverReason;
}

interface Claim {
  to: BriefRole | LeftoverReason;
  start: number;
  end: number;
}

/** A stretch of the sentence that no sign and nothing taken interrupts. */
export interface Clause {
  start: number;
  end: number;
  text: string;
  /** What ends it: `!`, `?`, `,` …, '' at the end of the sentence or before something taken. */
  closing: string;
}

export interface Word {
  text: string;
  start: number;
  end: number;
}

/** Stands for characters that have found their role; never part of a sentence. */
const TAKEN = '\ue000';
const BOUNDARY =
  /\ue000+|[\n|•│;]+|\sㅣ(?=\s)|[.!?…~]+(?=\s|$|\ue000)|[!?]+|,(?!\d)|[()[\]{}<>《》〈〉【】「」『』]|\s[-–—/·:]+(?=\s)|:(?=\s)|(?<=^|\s)[▶►▷■□●○◆◇★☆✦✧※✓✔➤]+\s?/gu;

/** The sentence while its words find their roles: what is taken cannot be taken again, and nothing else moves. */
export class Sentence {
  readonly text: string;
  /** As `text`, and as long; what is taken is blotted out. */
  rest: string;
  private readonly claims: Claim[] = [];

  constructor(raw: string) {
    this.text = withoutInvisible(raw.normalize('NFC'))
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n[\s]*/g, '\n')
      .trim();
    this.rest = this.text;
    for (const match of this.text.matchAll(EMOJI)) this.take('emoji', match.index, match.index + match[0].length);
  }

  /** Gives a stretch to a role, without the blanks and signs around it. */
  take(to: BriefRole | LeftoverReason, start: number, end: number): void {
    const claim = this.trimmed(to, start, end);
    if (!claim) return;
    this.claims.push(claim);
    this.rest = this.rest.slice(0, start) + TAKEN.repeat(end - start) + this.rest.slice(end);
  }

  /** Says a role in words that stay where they are, within a sentence. */
  mention(role: BriefRole, start: number, end: number): void {
    const claim = this.trimmed(role, start, end);
    if (claim) this.claims.push(claim);
  }

  has(role: BriefRole): boolean {
    return this.claims.some(({ to }) => to === role);
  }

  /** The role that begins where this ends, blanks apart. */
  roleAfter(end: number): Claim['to'] | undefined {
    const next = end + (/^\s*/.exec(this.text.slice(end))?.[0].length ?? 0);
    return this.claims.find(({ start }) => start === next)?.to;
  }

  /** The role that ends where this begins, blanks apart. */
  roleBefore(start: number): Claim['to'] | undefined {
    const last = this.text.slice(0, start).trimEnd().length;
    return last === start ? undefined : this.claims.find(({ end }) => end === last)?.to;
  }

  /** What is still free, in order. */
  clauses(): Clause[] {
    const clauses: Clause[] = [];
    let start = 0;
    const push = (end: number, closing: string) => {
      const text = this.rest.slice(start, end);
      const lead = text.length - text.trimStart().length;
      if (text.trim() !== '')
        clauses.push({ start: start + lead, end: start + text.trimEnd().length, text: text.trim(), closing });
    };
    for (const match of this.rest.matchAll(BOUNDARY)) {
      if (isWithinWord(this.rest, match.index, match[0])) continue;
      push(match.index, match[0].replaceAll(TAKEN, '').trim());
      start = match.index + match[0].length;
    }
    push(this.rest.length, '');
    return clauses;
  }

  /** Signs that stand alone and in no role. */
  takeOrnaments(): void {
    for (const match of this.rest.matchAll(/[^\s\p{L}\p{N}\p{P}\ue000|│<>~=+^\u0060\p{M}\u200d]+/gu)) {
      this.take('emoji', match.index, match.index + match[0].length);
    }
  }

  brief(): { brief: Brief; leftovers: Leftover[] } {
    const roles: Brief = {};
    const leftovers: Leftover[] = [];
    const overflow: string[] = [];
    for (const role of BRIEF_ROLES) {
      if (role === 'line') continue;
      const { held, over } = fit(role, this.pieces(role));
      if (held) roles[role] = held;
      overflow.push(...over);
    }
    const { held, over } = fit('line', [...this.pieces('line'), ...overflow]);
    if (held) roles.line = held;
    for (const text of over) leftovers.push({ text, reason: 'too long' });
    for (const reason of LEFTOVER_REASONS) {
      for (const text of this.pieces(reason)) leftovers.push({ text, reason });
    }
    return { brief: roles, leftovers };
  }

  /** The stretches of a role as they are written; neighbours are one stretch. */
  private pieces(to: Claim['to']): string[] {
    const mine = this.claims.filter((claim) => claim.to === to).sort((a, b) => a.start - b.start || b.end - a.end);
    const merged: Claim[] = [];
    for (const claim of mine) {
      const last = merged.at(-1);
      if (last && claim.end <= last.end) continue;
      if (last && to !== 'emoji' && to !== 'dish' && JOINED.test(this.text.slice(last.end, claim.start)))
        last.end = claim.end;
      else merged.push({ ...claim });
    }
    return [...new Set(merged.map(({ start, end }) => this.text.slice(start, end)))];
  }

  private trimmed(to: Claim['to'], start: number, end: number): Claim | undefined {
    const text = this.text.slice(start, end);
    if (to === 'emoji') return { to, start, end };
    const lead = /^[\s.,:;·|/\-–—_]*/u.exec(text)?.[0].length ?? 0;
    const tail = /[\s,:;·|/\-–—_]*$/u.exec(text)?.[0].length ?? 0;
    return lead + tail >= text.length ? undefined : { to, start: start + lead, end: end - tail };
  }
}

/** 국밥(大) is one word, with its brackets; so is what one letter of them holds. */
function isWithinWord(text: string, at: number, sign: string): boolean {
  if (sign === '(') {
    const inside = /^\(([^()\s\ue000]{1,14})\)/u.exec(text.slice(at))?.[1];
    const isNote = inside === undefined || /가능|무료|포장|배달|까지|주차|\d월|원$|할인|한정/.test(inside);
    return !isNote && /[\p{L}\p{N}]/u.test(text[at - 1] ?? '');
  }
  if (sign !== ')') return false;
  const open = text.lastIndexOf('(', at);
  return open >= 0 && isWithinWord(text, open, '(') && text.indexOf(')', open) === at;
}

/** Between stretches of one role that are one stretch. */
const JOINED = /^[ ,·&/+~]*$/;

const JOINS: Partial<Record<BriefRole, string>> = { line: '\n', callToAction: ' ' };

/** 1+1 치킨 행사 is 1+1 행사. */
const joint = (role: BriefRole, piece: string): string =>
  /^(행사|이벤트)$/.test(piece) ? ' ' : (JOINS[role] ?? ' · ');

/** As many stretches as the role holds; names and prices are one thing, what is said twice of them goes on elsewhere. */
function fit(role: BriefRole, pieces: string[]): { held: string | undefined; over: string[] } {
  const single = role === 'dish' || role === 'handle' || role === 'shop';
  let held: string | undefined;
  const over: string[] = [];
  for (const piece of pieces) {
    const longer = held === undefined ? piece : `${held}${joint(role, piece)}${piece}`;
    if ((held === undefined || !single) && [...longer].length <= ROLE_LENGTHS[role]) held = longer;
    else if (!(single && held?.includes(piece))) over.push(piece);
  }
  return { held, over };
}

export const wordsOf = ({ text, start }: { text: string; start: number }): Word[] =>
  [...text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
