import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { briefSchema } from '../brief/brief.js';
import { understand } from '../brief/understand.js';
import { UserError } from '../stack/user-error.js';
import type { PhotoBrief } from './quality-figures.js';

/** Sentences as shops write them, short and long, for photos that nobody wrote a brief for. */
const USUAL = [
  '든든한 부대찌개 9,000원, 공깃밥 무한리필',
  '묵은지로 푹 끓인 얼큰한 김치찌개 점심 특선 11:00~14:00 8,900원 → 7,900원',
  '쫄깃한 쌀떡볶이 1+1 이번 주말까지',
  '오늘 점심은 뜨끈한 국밥 한 그릇',
  '연어 샐러드 신메뉴 출시! 포장·배달 가능',
  '왕돈까스 9,900원',
  '갓 구운 소금빵, 매일 아침 8시에 나와요 @hansol_bakery',
  '깻잎 듬뿍 닭갈비 볶음밥 02-123-4567',
  '평일 런치 세트 20% 할인',
  '겨울밤엔 역시 뜨거운 쌀국수',
].map((sentence): PhotoBrief => ({ brief: { ...understand(sentence).brief, shop: '한솥밥상 합정점' }, tone: null }));

const file = z.array(
  z
    .strictObject({
      photo: z.string().min(1),
      tone: z.string().min(1).optional(),
      brief: briefSchema.optional(),
      sentence: z.string().min(1).optional(),
    })
    .refine(({ brief, sentence }) => (brief === undefined) !== (sentence === undefined), 'needs a brief or a sentence'),
);

/**
 * Briefs by the name of their photo's file, from JSON: `[{"photo": "a.jpg", "tone": "Retro…", "brief": {roles}}]`, or with
 * a `sentence` in the brief's place.
 * @throws UserError that names the file and what is wrong with it.
 */
export async function readBriefs(path: string): Promise<Map<string, PhotoBrief[]>> {
  let entries: z.infer<typeof file>;
  try {
    entries = file.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const what = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new UserError(`The briefs in ${path} cannot be used: ${what}`);
  }
  const briefs = new Map<string, PhotoBrief[]>();
  for (const { photo, tone, brief, sentence } of entries) {
    const known = brief ?? understand(sentence as string).brief;
    briefs.set(photo, [...(briefs.get(photo) ?? []), { brief: known, tone: tone ?? null }]);
  }
  return briefs;
}

export const usualBrief = (index: number): PhotoBrief => USUAL[index % USUAL.length] as PhotoBrief;
