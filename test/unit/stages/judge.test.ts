import { describe, expect, it, test } from 'vitest';
import type { PictureTexts } from '../../../src/brief/idea.js';
import { sharp } from '../../../src/imaging/sharp.js';
import type { JudgeRequest } from '../../../src/stages/engines/vision-language.js';
import type { Finding } from '../../../src/stages/judge/finding.js';
import { judgeAdvertisement } from '../../../src/stages/judge/judge.js';
import { wordFindings } from '../../../src/stages/judge/words.js';
import type { TextAreas } from '../../../src/typography/text-areas.js';
import { type AdOrder, makeAd, prepareDish } from '../../support/advertisements.js';

const DEAL: PictureTexts = {
  leadIn: '점심 한정',
  headline: '돌솥비빔밥',
  price: '8,900원',
  offer: '공깃밥 무한리필',
  period: '11:00~14:00',
  shop: '홍대 소담식당',
};
const MOMENT: PictureTexts = {
  headline: '오늘은 든든하게\n한 그릇',
  line: '포장·배달 가능',
  callToAction: '지금 주문하세요',
  shop: '소담식당',
  handle: '@sodam_kitchen',
};

const judged = async (request: JudgeRequest): Promise<Finding[]> => (await judgeAdvertisement(request)).findings ?? [];
const make = async (order: Omit<AdOrder, 'dish'> & { dish?: number }): Promise<JudgeRequest> =>
  makeAd({ ...order, dish: await prepareDish(order.dish ?? 0) });

describe('a good advertisement has no finding', () => {
  const GOOD = [
    'poster',
    'band',
    'price',
    'coupon',
    'split',
    'glass',
    'magazine',
    'arch',
    'hero',
    'minimal',
    'retro',
    'seasonal',
  ];
  it.each(GOOD.map((design, i) => ({ design, dish: (i + 1) % 3, texts: i % 2 === 0 ? DEAL : MOMENT })))(
    '$design, dish $dish',
    async (order) => {
      const answer = await judgeAdvertisement(await make(order));
      expect(answer.findings).toEqual([]);
      expect(answer).toMatchObject({ on_brief: true, occlusion: false, contrast_ok: true, issues: [] });
    },
  );

  it.each(['portrait', 'tall', 'story'] as const)('as %s', async (format) => {
    expect(await judged(await make({ design: 'poster', texts: DEAL, format }))).toEqual([]);
  });
});

const movedTo =
  (box: Partial<TextAreas['main']['box']>) =>
  (areas: TextAreas): TextAreas => ({ ...areas, main: { ...areas.main, box: { ...areas.main.box, ...box } } });

describe('a planted fault is found', () => {
  const headline = { headline: '돌솥비빔밥 한 그릇', shop: '소담식당' };

  test('a headline half on the photo and half on paper', async () => {
    const findings = await judged(
      await make({
        design: 'split',
        texts: headline,
        spoilAreas: movedTo({ x: 0.2, y: 0.05, width: 0.6, height: 0.2 }),
      }),
    );
    expect(findings).toContainEqual(expect.objectContaining({ code: 'text-over-edge', slot: 'headline' }));
  });

  test('a headline across the edge of a strip of paper laid askew', async () => {
    const strip = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="1080" height="1080"><rect x="-100" y="-200" width="640" height="1500" transform="rotate(4 540 540)" fill="#7a2a20"/></svg>',
    );
    const findings = await judged(
      await make({
        design: 'minimal',
        texts: headline,
        spoilPicture: ({ png }) =>
          sharp(png)
            .composite([{ input: strip }])
            .png()
            .toBuffer(),
      }),
    );
    expect(findings).toContainEqual(expect.objectContaining({ code: 'text-over-edge', slot: 'headline' }));
  });

  test('a headline over the dish, and a name over it', async () => {
    const request = await make({
      design: 'hero',
      texts: headline,
      spoilAreas: (areas) => ({
        ...movedTo({ y: 0.45, height: 0.2 })(areas),
        foot: { ...areas.foot, box: { ...areas.foot.box, y: 0.66, height: 0.08 }, vertical: 'middle' },
      }),
    });
    const answer = await judgeAdvertisement(request);
    expect(answer.findings).toContainEqual(expect.objectContaining({ code: 'text-over-food', slot: 'headline' }));
    expect(answer.findings).toContainEqual(expect.objectContaining({ code: 'text-over-food', slot: 'shop' }));
    expect(answer).toMatchObject({ occlusion: true, on_brief: false });
  });

  test('a name nearly of the colour of its ground', async () => {
    const request = await make({
      design: 'minimal',
      texts: headline,
      spoilAreas: (areas) => ({ ...areas, colours: { ...areas.colours, ink: 'd8d2c4', quiet: 'd8d2c4' } }),
    });
    const answer = await judgeAdvertisement(request);
    expect(answer.findings).toContainEqual(
      expect.objectContaining({ code: 'text-too-faint', slot: 'shop', limit: 4.5 }),
    );
    expect(answer.contrast_ok).toBe(false);
  });

  test('a name smaller than 32 px of 1080', async () => {
    const request = await make({ design: 'minimal', texts: headline });
    const elements = request.overlay?.elements.map((e) => (e.slot === 'shop' ? { ...e, fontSize: 27 } : e)) ?? [];
    const findings = await judged({ ...request, overlay: request.overlay && { ...request.overlay, elements } });
    expect(findings).toEqual([{ code: 'text-too-small', measured: 27, limit: 32, slot: 'shop', mend: 'shorter text' }]);
  });

  test('a photo of 360 pixels', async () => {
    const dish = await prepareDish(0);
    const small = await sharp(dish.upright).resize(360).jpeg().toBuffer();
    const { cutout: _, ...whole } = dish;
    const request = await makeAd({
      dish: { ...whole, upright: small, width: 360, height: 360 },
      design: 'poster',
      texts: DEAL,
    });
    const findings = await judged(request);
    expect(findings).toContainEqual(expect.objectContaining({ code: 'enlarged', limit: 1.5, mend: 'another photo' }));
  });

  test('a cut-out that follows no edge of the photo', async () => {
    const request = await make({ design: 'hero', dish: 1, texts: headline });
    if (!request.cut) throw new Error('the sample dish was not cut out');
    const { width, height, data } = request.cut.mask;
    // The dish is cut flat: what was its upper third is background now.
    const rows = Array.from({ length: height }, (_, y) => y).filter((y) =>
      data.subarray(y * width * 3, (y + 1) * width * 3).some((value) => value < 128),
    );
    const [top, bottom] = [rows[0] as number, rows.at(-1) as number];
    const flat = Uint8Array.from(data);
    flat.fill(255, 0, (top + Math.round((bottom - top) / 3)) * width * 3);
    const findings = await judged({ ...request, cut: { ...request.cut, mask: { width, height, data: flat } } });
    expect(findings).toEqual([expect.objectContaining({ code: 'cut-off-edge', mend: 'mark the dish' })]);
  });

  test('a dish half outside of the picture', async () => {
    const request = await make({ design: 'hero', texts: headline });
    const dish = request.composition?.dish;
    if (!request.composition || !dish) throw new Error('the picture knows no dish');
    const composition = { ...request.composition, dish: { ...dish, x: 1 - dish.width / 2 }, axis: null };
    expect(await judged({ ...request, cut: null, composition })).toContainEqual(
      expect.objectContaining({ code: 'dish-cut', mend: 'another design' }),
    );
  });

  test('a headline beside the axis of dish and name', async () => {
    const findings = await judged(
      await make({
        design: 'hero',
        texts: headline,
        spoilAreas: (areas) => movedTo({ x: areas.main.box.x + 0.06 })(areas),
      }),
    );
    expect(findings).toEqual([expect.objectContaining({ code: 'off-axis', slot: 'headline', limit: 0.02 })]);
  });

  test('two texts over each other', async () => {
    const request = await make({
      design: 'minimal',
      texts: { headline: '돌솥비빔밥', line: '포장·배달 가능', shop: '소담' },
    });
    const elements = request.overlay?.elements ?? [];
    const box = elements.find(({ slot }) => slot === 'headline')?.box;
    if (!box) throw new Error('no headline was drawn');
    const moved = elements.map((e) => (e.slot === 'line' ? { ...e, box } : e));
    const findings = await judged({ ...request, overlay: request.overlay && { ...request.overlay, elements: moved } });
    expect(findings).toContainEqual(expect.objectContaining({ code: 'texts-collide', slot: 'line' }));
  });

  test('a name where the app covers a story', async () => {
    const request = await make({
      design: 'poster',
      texts: headline,
      format: 'story',
      spoilAreas: (areas) => ({ ...areas, foot: { ...areas.foot, box: { ...areas.foot.box, y: 0.9, height: 0.06 } } }),
    });
    expect(await judged(request)).toContainEqual(expect.objectContaining({ code: 'under-the-app', slot: 'shop' }));
  });

  test('snowflakes around a summer dish', async () => {
    const request = await make({ design: 'seasonal', dish: 1, texts: headline, season: 'winter' });
    const words = { brief: { dish: '냉국수', line: '여름 한정! 시원한 냉국수' }, post: null };
    expect(request.composition?.season).toBe('winter');
    expect(await judged({ ...request, words })).toEqual([expect.objectContaining({ code: 'season' })]);
    expect(await judged({ ...request, words: { brief: { dish: '냉국수' }, post: null } })).toEqual([]);
  });

  test('a picture without any text', async () => {
    const request = await make({ design: 'minimal', texts: headline });
    const picture = request.background as JudgeRequest['picture'];
    const answer = await judgeAdvertisement({ ...request, picture });
    expect(answer.findings).toEqual([expect.objectContaining({ code: 'no-text' })]);
    expect(answer).toMatchObject({ on_brief: false, contrast_ok: false });
  });
});

test('a call to action is noted, and its absence is no fault', async () => {
  const request = await make({ design: 'minimal', texts: { headline: '돌솥비빔밥', shop: '소담' } });
  expect(await judgeAdvertisement(request)).toMatchObject({ cta_present: false, issues: [], findings: [] });
});

describe('words', () => {
  const brief = {
    dish: '마파두부덮밥',
    price: '8,900원',
    priceWas: '9,900원',
    note: '포장·배달 가능',
    shop: '소담식당',
  };
  const post = { text: '💰 마파두부덮밥 9,900원 → 8,900원\n✔️ 포장·배달 가능', hashtags: '#소담식당' };
  const said = { brief, drawn: ['마파두부', '덮밥'], leftOut: [], post };

  it('that all stand somewhere are no finding', () => {
    expect(wordFindings(said)).toEqual([]);
    expect(wordFindings({ ...said, post: null })).toEqual([]);
  });

  it('a role that is nowhere', () => {
    const without = { ...post, text: '마파두부덮밥 9,900원 → 8,900원' };
    expect(wordFindings({ ...said, post: without })).toEqual([
      { code: 'role-nowhere', measured: 0, limit: 1, slot: 'note', mend: 'edit post' },
    ]);
    expect(wordFindings({ ...said, post: without, drawn: ['포장·배달', '가능'] })).toEqual([]);
  });

  it.each(['마파두부덮밥 9,900원 · 포장·배달 가능', '18,900원 9,900원 포장·배달 가능'])(
    'a post without the price: %s',
    (text) => {
      const findings = wordFindings({ ...said, post: { ...post, text }, drawn: ['마파두부덮밥', '8,900원'] });
      expect(findings).toEqual([
        expect.objectContaining({ code: 'caption-without-price', slot: 'price', mend: 'edit post' }),
      ]);
    },
  );

  it('a post of another season', () => {
    const summer = {
      ...said,
      brief: { ...brief, line: '여름 한정' },
      post: { text: `${post.text} 여름 한정`, hashtags: post.hashtags },
    };
    expect(wordFindings(summer)).toEqual([]);
    const winter = {
      ...summer,
      post: { text: `${post.text}`, hashtags: '#소담식당 #겨울메뉴' },
      drawn: ['여름', '한정'],
    };
    expect(wordFindings(winter)).toEqual([expect.objectContaining({ code: 'season', mend: 'edit post' })]);
  });
});
