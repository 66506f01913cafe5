import { Command, InvalidArgumentError, Option } from 'commander';
import { LANGUAGES } from './language.js';
import { t } from './messages/index.js';

export interface ToolOptions {
  json?: boolean;
}

/** A command of the tools: answers on stdout (in one language of two, or as JSON), talks on stderr, has examples. */
export const tool = (name: string, summary: string, examples: string[]): Command =>
  new Command(name)
    .description(summary)
    .option('--json', t.options.json)
    .addOption(new Option('--lang <language>', t.options.lang).choices([...LANGUAGES]))
    .addHelpText(
      'after',
      `\n${t.examples}\n${examples.map((line) => `  feedlyai ${line}`).join('\n')}\n\n${t.exitCodes}`,
    );

/** One line of JSON, or text. */
export const answer = ({ json }: ToolOptions, value: unknown, text: string | (() => string)): void =>
  console.log(json ? JSON.stringify(value) : typeof text === 'string' ? text : text());

export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(t.usage.wholeNumber(least, most));
  };

/** Seconds or minutes as the original's tools take them; halves are fine. */
export const amount = (text: string): number => {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError(t.usage.amount);
};

export const uuid = (text: string): string => {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError(t.usage.uuid);
};

/** It becomes part of a path. */
export const tenantId = (text: string): string => {
  if (/^[\w-][\w.-]{0,254}$/.test(text)) return text;
  throw new InvalidArgumentError(t.usage.tenantId);
};

export const words = (text: string): string => {
  if (text.trim() !== '') return text.trim();
  throw new InvalidArgumentError(t.usage.empty);
};
