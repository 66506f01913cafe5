export const LANGUAGES = ['en', 'ko'] as const;
export type Language = (typeof LANGUAGES)[number];

const isLanguage = (word: string | undefined): word is Language => LANGUAGES.includes(word as Language);

/**
 * The language of a command's words: `--lang`, else what the terminal's locale says, else English. Read before the
 * command line is parsed, because the help is written in it as well.
 */
export function languageOf(argv: string[], env: NodeJS.ProcessEnv): Language {
  const given = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const word = argv[given]?.split('=')[1] ?? argv[given + 1];
  if (given >= 0 && isLanguage(word)) return word;
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^ko(\b|_)/i.test(locale) ? 'ko' : 'en';
}
