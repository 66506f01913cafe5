/**
 * Picture signs: what is shown in colour by itself or because U+FE0F asks for it, flags, joined and skin-toned ones.
 * ♥ ★ ▶ ‼ without it are text, ™ © ® always; a keycap (1️⃣) is its digit.
 */
export const EMOJI =
  /\p{Regional_Indicator}{2}|(?![™©®\d#*])(?:\p{Emoji_Presentation}\p{Emoji_Modifier}?|\p{Extended_Pictographic}\uFE0F|\p{Extended_Pictographic}\p{Emoji_Modifier})\uFE0F?(?:\u200D\p{Extended_Pictographic}\uFE0F?\p{Emoji_Modifier}?)*/gu;

/** Direction marks, zero widths, soft hyphens and fillers are seen by nobody; other blanks become a plain one. */
export const withoutInvisible = (text: string): string =>
  text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g, '')
    .replace(/[\ue000\u2800\u3164\u115f\u1160\uffa0]/g, ' ')
    .replace(/\p{Cs}|(?!\n)\p{Cc}/gu, ' ');

/** A text for a picture: a keycap is its digit, signs ask for no colour. */
export const drawable = (text: string): string => text.replace(/\uFE0F?\u20E3|[\uFE0E\uFE0F]/gu, '').trim();
