import type { ColourInUse } from '../../admin/read/brands.js';

const change = (shift: number): string =>
  shift === 0 ? 'as it is' : `${Math.abs(Math.round(shift * 100))} % ${shift > 0 ? 'lighter' : 'darker'}`;

/** The words of `brands`. */
export const brands = {
  commands: {
    brands: 'who the tenants are on pictures and in posts',
    list: 'all brands',
    show: 'one tenant’s brand, and how its colours look where they meet text',
    set: 'say who a tenant is; what is not named stays, and "" takes it away',
    logo: 'give a brand its logo, or take it away',
  },
  options: {
    tenant: 'the shop',
    limit: 'at most so many',
    name: 'the name on pictures',
    colour: 'its colour, RRGGBB',
    secondColour: 'its second colour, RRGGBB',
    handle: 'its Instagram name, such as @my.shop',
    phone: 'its telephone number',
    address: 'where it is',
    hours: 'when it is open, in its own words',
    face: 'the face its headlines are set in where the design allows',
    logo: 'a PNG with transparency, at most 2 MB',
    remove: 'take the logo away',
  },
  fields: {
    name: 'name',
    logoUrl: 'logo',
    colour: 'colour',
    secondColour: 'second colour',
    handle: 'Instagram',
    phone: 'telephone',
    address: 'address',
    hours: 'hours',
    face: 'face',
  },
  nothing: '–',
  columns: ['tenant', 'name', 'colour', 'Instagram', 'telephone'],
  none: 'There are no brands.',
  fileOrRemove: 'Name the file of the logo, or --remove, one of the two.',
  noFile: (file: string, why: string): string => `${file} cannot be read (${why}).`,
  inUse: (field: string, { text, ground }: ColourInUse): string =>
    `${field} as text on white: ${text.colour} (${change(text.shift)}, contrast ${text.contrast.toFixed(1)}); ` +
    `behind text: ${ground.colour} (${change(ground.shift)}, contrast ${ground.contrast.toFixed(1)})`,
};
