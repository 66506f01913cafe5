import { languageOf } from '../language.js';
import { en } from './en.js';
import { ko } from './ko.js';

/** The commands' words, in the language of whoever called. */
export const t = languageOf(process.argv, process.env) === 'ko' ? ko : en;
