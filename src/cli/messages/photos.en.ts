import type { AdviceCode } from '../../imaging/photo-advice.js';

/** The words about a shop's photos. */
export const photos = {
  commands: {
    photos: 'what could be better about a photo',
    advice: 'look at photos before anything is made of them; nothing is kept',
  },
  files: 'photos: JPEG, PNG, WebP, HEIC or AVIF',
  seen: (width: number, height: number, format: string): string => `${width} x ${height}, ${format.toUpperCase()}`,
  good: 'nothing to be said against it',
  advice: {
    blurred: 'It is blurred. Hold the telephone still, touch the dish on the screen, and take it again.',
    dark: 'It is dark. Take it again near a window, or with more light.',
    bright: 'Much of it is burnt out. Take it again with less light, or touch the bright place on the screen first.',
    small: 'It is small and has to be enlarged. Send the original, not one sent on by a messenger.',
    small_dish: 'The dish is small in it. Go nearer, or send the original.',
    no_dish: 'No dish stands out from its ground. Show the whole dish, on a plain table.',
    dish_cut: 'The dish touches the edge. Step back a little, so that all of it is there.',
  } satisfies Record<AdviceCode, string> as Record<AdviceCode, string>,
};
