import { BRIEF_ROLES, type Brief, type BriefRole, ROLE_LENGTHS } from './brief.js';

/** What is known of a shop beside the words of one advertisement. */
export interface KnownShop {
  name?: string | null | undefined;
  handle?: string | null | undefined;
  phone?: string | null | undefined;
  address?: string | null | undefined;
  hours?: string | null | undefined;
}

/**
 * The brief with what the shop has to say where the brief is silent. Telephone and hours go on beside what the note says
 * already; what is too long for its role stays out.
 */
export function withShop(brief: Brief, { name, handle, phone, address, hours }: KnownShop): Brief {
  const note = [brief.note, missing(brief.note, phone), missing(brief.note, hours)].filter(Boolean).join(' · ');
  const known: Brief = {
    ...fitting('shop', name),
    ...fitting('handle', handle),
    ...fitting('place', address),
    ...brief,
    ...fitting('note', note),
  };
  return Object.fromEntries(BRIEF_ROLES.flatMap((role) => (known[role] === undefined ? [] : [[role, known[role]]])));
}

/** 02-123-4567 and 02 123 4567 are one telephone. */
const spoken = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');

const missing = (note: string | undefined, text: string | null | undefined): string | undefined =>
  text && !spoken(note ?? '').includes(spoken(text)) ? text : undefined;

const fitting = (role: BriefRole, text: string | null | undefined): Brief => {
  const trimmed = text?.normalize('NFC').trim();
  return trimmed && [...trimmed].length <= ROLE_LENGTHS[role] ? { [role]: trimmed } : {};
};
