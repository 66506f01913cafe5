import { describe, expect, it } from 'vitest';
import { brandSchema } from '../../../src/brands/brand-schema.js';
import { FONT_FACES } from '../../../src/imaging/fonts.js';

const read = (brand: object) => brandSchema.safeParse(brand);
const messages = (brand: object): string =>
  read(brand)
    .error?.issues.map(({ message }) => message)
    .join('; ') ?? '';

describe('a brand', () => {
  it('is taken as it is said, without what nobody sees', () => {
    expect(
      brandSchema.parse({
        name: '  미자네 국밥 ',
        colour: '#D4380D',
        secondColour: 'fff7e6',
        handle: 'Mija.Gukbap_1',
        phone: '02-123-4567',
        address: '서울 종로구 자하문로 12',
        hours: '매일 10:30–21:00 (일 휴무)',
        face: FONT_FACES[0],
      }),
    ).toEqual({
      name: '미자네 국밥',
      colour: 'd4380d',
      secondColour: 'fff7e6',
      handle: '@mija.gukbap_1',
      phone: '02-123-4567',
      address: '서울 종로구 자하문로 12',
      hours: '매일 10:30–21:00 (일 휴무)',
      face: FONT_FACES[0],
    });
  });

  it.each(['store_0b5f6f0e', '0b5f6f0e-5f0c-4c0e-9a53-3d1c3f3a9b11', 'shop 3', 'N/A', 'https://mija.kr'])(
    'has no name when it is called %s',
    (name) => {
      expect(messages({ name })).toMatch(/^name: this is what programs write/);
    },
  );

  it('keeps Korean in composed letters, however a keyboard sends them', () => {
    expect(brandSchema.parse({ name: '미자네'.normalize('NFD') }).name).toBe('미자네');
  });

  it('speaks of nothing that is left out, and takes away what is empty or null', () => {
    expect(brandSchema.parse({ name: '', phone: null, handle: '  ' })).toEqual({
      name: null,
      phone: null,
      handle: null,
    });
  });

  it.each(['@mija', 'mija', 'MIJA', 'https://www.instagram.com/mija/', 'instagram.com/mija?hl=ko'])(
    'knows Instagram’s name in %s',
    (handle) => {
      expect(brandSchema.parse({ handle }).handle).toBe('@mija');
    },
  );

  it.each([
    '@',
    '@.mija',
    '@mija.',
    '@mi..ja',
    '@mi ja',
    '@미자',
    `@${'a'.repeat(31)}`,
    '@mija!',
    'facebook.com/mija/',
  ])('refuses the handle %s, and says what one is', (handle) => {
    expect(messages({ handle })).toMatch(/^handle: must be an Instagram name such as @my\.shop/);
  });

  it.each(['1588-1234', '+82 2 123 4567', '(02) 123-4567', '010.1234.5678', '031-123-4567~8'])(
    'takes the telephone number %s',
    (phone) => {
      expect(brandSchema.parse({ phone }).phone).toBe(phone);
    },
  );

  it.each(['call us', '02-12', '1'.repeat(16), '02-123-4567 내선 3'])('refuses the telephone number %s', (phone) => {
    expect(messages({ phone })).toMatch(/^phone: /);
  });

  it.each([
    [{ colour: 'red' }, /^colour: must be a colour as RRGGBB/],
    [{ secondColour: '#12345' }, /^secondColour: /],
    [{ colour: '11223344' }, /^colour: /],
    [{ face: 'Comic' }, /^face: must be one of /],
    // It stands in for signs that other faces lack; nobody's headline is set in it.
    [{ face: 'Fallback' }, /^face: must be one of /],
    [{ name: 'x'.repeat(61) }, /^name: must have at most 60 characters/],
    [{ address: 'a\nb' }, /^address: must be one line/],
    [{ hours: 'a\u0000' }, /^hours: must be one line/],
    [{ name: '\ud800' }, /^name: must be one line of valid text/],
  ])('refuses %j by its name', (brand, message) => {
    expect(messages(brand)).toMatch(message);
  });

  it('counts letters as people do', () => {
    expect(brandSchema.parse({ name: '🍜'.repeat(60) }).name).toHaveLength(120);
  });

  it('knows no other fields', () => {
    expect(read({ logoUrl: '/assets/x.png' }).success).toBe(false);
  });
});
