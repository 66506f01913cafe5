import { z } from 'zod';

const UNIT_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `500ms`, `15s`, `10m`, `24h`, `7d`, or a bare number of seconds, in milliseconds; undefined for anything else. */
export const durationMs = (text: string): number | undefined => {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?$/.exec(text.trim());
  return match ? Number(match[1]) * (UNIT_MS[match[2] ?? 's'] as number) : undefined;
};

/**
 * A duration in an environment variable: a bare number counts seconds (as the original's variables do), otherwise a
 * number with a unit: `500ms`, `15s`, `10m`, `24h`, `7d`. Parsed to milliseconds.
 */
export const duration = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context) => {
      const milliseconds = durationMs(text);
      if (milliseconds !== undefined) return milliseconds;
      context.addIssue({
        code: 'custom',
        message: `"${text}" is not a duration; write 500ms, 15s, 10m, 24h or seconds`,
      });
      return z.NEVER;
    });
