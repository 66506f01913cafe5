import type { Metadata, Sharp } from 'sharp';

/** More than eight bits a channel, in colours that a profile describes. */
export const isDeep = ({ space, hasProfile }: Pick<Metadata, 'space' | 'hasProfile'>): boolean =>
  space === 'rgb16' && hasProfile;

/**
 * sharp works on deep pictures in the colours of Display P3, and hands them out in these unless sRGB is asked for. Of
 * others nothing may be asked: without a profile they are sRGB already, and would be taken for P3.
 */
export const inSrgb = (picture: Sharp, isDeepOne: boolean): Sharp =>
  isDeepOne ? picture.withIccProfile('srgb', { attach: false }) : picture;
