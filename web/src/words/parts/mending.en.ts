import { findingsEn } from './findings.en.js';
import type { TextSlot } from '../../api/making-types.js';

/** Of what can be changed about an advertisement that is there. */
export const mendingEn = {
  edit: {
    title: (n: number) => `Change ad ${n}`,
    press: 'Press a text on the picture to change it there.',
    spot: (slot: string, text: string) => `Change ${slot}: ${text}`,
    breaks: 'Enter breaks the line where you want it.',
    size: 'Size of the headline',
    others: 'All other words',
    idea: 'What it leads with',
    design: 'Another design',
    otherShape: 'Another format or tone',
    kept: 'Nothing is different yet. The earlier picture is kept in any case.',
    wordsOnly: 'Only the words are set anew: a few seconds. The picture stays.',
    anew: 'The picture is made anew. The present one stays until the new one is there.',
    working: (stage: string) => `${stage}…`,
  },
  mends: {
    'shorter text': 'Shorten the words',
    'another design': 'Another design',
    'another photo': 'Another photo',
    'mark the dish': 'Mark the dish',
    'edit post': 'Edit the post',
    format: 'Another format',
  } as Record<string, string>,
  findings: findingsEn,
  otherFinding: 'Something on this picture could be better.',
  finding(code: string, slot: TextSlot | undefined): string {
    return (slot && this.findings[`${code} ${slot}`]) ?? this.findings[code] ?? this.otherFinding;
  },
};
