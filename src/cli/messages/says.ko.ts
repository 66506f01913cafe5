import { WORD_SENTENCES } from './says-words.ko.js';

/*
 * What the operations say, in Korean. The English sentence is the key, as the audit and the API have it: `{…}` stands
 * for what differs, `(s)` for an ending that a number may ask for. A test holds the list against the sentences there are.
 */
const SENTENCES: readonly [english: string, korean: string][] = [
  ['sent back to work from {stage} (generation {generation})', '{stage}부터 다시 시작합니다 (세대 {generation})'],
  ['now at {state}', '현재 {state}'],
  ['the job is now at {state}', 'job은 현재 {state}'],
  ['a run is open; the variant is at {state}', '실행이 열려 있습니다. variant는 현재 {state}'],
  [
    'the variant is at {state}, which is no place of this pipeline to begin from',
    'variant가 {state}에 있어 이 파이프라인에서 시작할 수 없습니다',
  ],
  [
    'the variant is finished, at {state}; say from which stage it is to be done again',
    'variant는 {state}에서 완료되었습니다. 어느 단계부터 다시 할지 지정하세요',
  ],
  [
    'the variant has not got as far as {stage}; it is at {state}',
    'variant가 아직 {stage} 단계에 이르지 않았습니다. 현재 {state}',
  ],
  ['the variant has no picture to begin with; it is at {state}', 'variant에 시작할 이미지가 없습니다. 현재 {state}'],
  [
    'its pictures are made outside; ask there for another, or begin from vlm_analyze; it is at {state}',
    '이미지를 외부에서 만드는 job입니다. 그쪽에 새 이미지를 요청하거나 vlm_analyze부터 시작하세요. 현재 {state}',
  ],
  [
    'the text is drawn at overlay: begin there or earlier, not from {stage}',
    '문구는 overlay에서 그립니다. {stage}이(가) 아니라 overlay나 그 이전부터 시작하세요',
  ],
  ['sent {done} of {all} variant(s) back to work', 'variant {all}개 중 {done}개를 다시 시작합니다'],
  ['{count} more fit the filter', '조건에 맞는 것이 {count}개 더 있습니다'],
  ['no failed variant fits the filter', '조건에 맞는 실패한 variant가 없습니다'],
  ['none of its failed variants can be done again: {says}', '실패한 variant 중 다시 할 수 있는 것이 없습니다: {says}'],
  ['none of its variants has failed; the job is at {state}', '실패한 variant가 없습니다. job은 현재 {state}'],
  ['its own stages are asked for with "jobs rerun"', 'job 자체의 단계는 "jobs rerun"으로 다시 합니다'],
  ['{stage} is asked for again (generation {generation})', '{stage}부터 다시 합니다 (세대 {generation})'],
  ['its own stages are at work; the job is at {state}', 'job 자체의 단계가 진행 중입니다. job은 현재 {state}'],
  [
    'it still has {count} unsettled variant(s); the job is at {state}',
    '아직 끝나지 않은 variant가 {count}개 있습니다. job은 현재 {state}',
  ],
  [
    'it goes on by itself when its English copy (ad_copy_eng) arrives; the job is at {state}',
    '영어 문구(ad_copy_eng)가 들어오면 저절로 이어집니다. job은 현재 {state}',
  ],
  [
    'too few of its variants are done for its own stages; the job is at {state}',
    '완료된 variant가 부족해 job 자체의 단계를 할 수 없습니다. job은 현재 {state}',
  ],
  [
    'there is no Korean copy for a feed yet; begin from ad_copy_gen_kor; the job is at {state}',
    '피드에 쓸 한국어 문구가 아직 없습니다. ad_copy_gen_kor부터 시작하세요. job은 현재 {state}',
  ],
  ['cancelled at {stage}', '{stage} 단계에서 취소했습니다'],
  ['cancelled {done} of {all} variant(s)', 'variant {all}개 중 {done}개를 취소했습니다'],
  ['cancelled', '취소했습니다'],
  ['the job itself was finished and keeps its feed', 'job 자체는 이미 완료되어 피드를 유지합니다'],
  ['it was cancelled already', '이미 취소되었습니다'],
  ['it was finished first, at {state}', '먼저 완료되었습니다. 현재 {state}'],
  ['it had failed already, at {state}', '이미 실패했습니다. 현재 {state}'],
  ['it had ended already, at {state}', '이미 끝났습니다. 현재 {state}'],
  [
    '{says} (Temporal could not be told: {trouble}; a run that is open ends by itself when it looks at its row)',
    '{says} (Temporal에 알리지 못했습니다: {trouble}. 열린 실행은 행을 다시 볼 때 저절로 끝납니다)',
  ],
  ['would remove {rows} row(s) and up to {files} file(s)', '행 {rows}개와 파일 최대 {files}개를 지우게 됩니다'],
  ['it is at work, at {state}: only --force would', '현재 {state}에서 진행 중이므로 --force를 써야 지워집니다'],
  ['finished a deletion that had broken off', '중단되었던 삭제를 마쳤습니다'],
  [
    'the job is at work, at {state}; cancel it first, or use force',
    'job이 {state}에서 진행 중입니다. 먼저 취소하거나 --force를 쓰세요',
  ],
  ['removed {rows} row(s)', '행 {rows}개를 지웠습니다'],
  ['removed {files} file(s)', '파일 {files}개를 지웠습니다'],
  [
    '{says} (Temporal could not be reached: {trouble}; delete again when it is back, to end its runs)',
    '{says} (Temporal에 연결하지 못했습니다: {trouble}. 돌아온 뒤 다시 삭제하면 실행도 끝납니다)',
  ],
  ['intake of all tenants is paused', '전체 접수를 일시 중지했습니다'],
  ['intake of all tenants was paused already', '전체 접수가 이미 중지되어 있습니다'],
  ['intake of all tenants was not paused', '전체 접수는 중지되어 있지 않았습니다'],
  [
    'intake of all tenants goes on; {count} held event(s) on the way',
    '전체 접수를 재개했습니다. 보류된 이벤트 {count}건을 보냅니다',
  ],
  ['intake of tenant {tenant} is paused', '테넌트 {tenant}의 접수를 일시 중지했습니다'],
  ['intake of tenant {tenant} was paused already', '테넌트 {tenant}의 접수가 이미 중지되어 있습니다'],
  ['intake of tenant {tenant} was not paused', '테넌트 {tenant}의 접수는 중지되어 있지 않았습니다'],
  [
    'intake of tenant {tenant} goes on; {count} held event(s) on the way',
    '테넌트 {tenant}의 접수를 재개했습니다. 보류된 이벤트 {count}건을 보냅니다',
  ],
  ['event {id} is on its way again', '이벤트 {id}을(를) 다시 보냅니다'],
  ['event {id} is no dead letter: it is on its way', '이벤트 {id}은(는) 포기된 것이 아니며 전달 중입니다'],
  ['created job {id}', 'job {id}을(를) 만들었습니다'],
  ['it has no finished advertisement, at {state}', '완성된 광고가 없습니다. 현재 {state}'],
  ['it is the favourite', '대표 광고로 선택했습니다'],
  ['the brand of {tenant} is set', '{tenant}의 브랜드를 저장했습니다'],
  ['the logo of {tenant} is set', '{tenant}의 로고를 저장했습니다'],
  ['the logo of {tenant} is taken away', '{tenant}의 로고를 지웠습니다'],
  ['the brand of {tenant} has no logo', '{tenant}의 브랜드에 로고가 없습니다'],
  ['it is no favourite any more', '대표 광고 선택을 해제했습니다'],

  ...WORD_SENTENCES,

  // What makes an order impossible.
  ['there is no variant {id}', 'variant {id}이(가) 없습니다'],
  ['there is no job {id}', 'job {id}이(가) 없습니다'],
  ['there is no brand of the tenant "{tenant}"', '테넌트 "{tenant}"의 브랜드가 아직 없습니다'],
  ['{field}: must be one line of valid text', '{field}: 줄바꿈이나 제어 문자 없이 한 줄로 적어 주세요'],
  ['{field}: must have at most {count} characters', '{field}: {count}자까지 적을 수 있습니다'],
  ['{field}: must be a colour as RRGGBB, for example d4380d', '{field}: 색은 RRGGBB로 적어 주세요. 예: d4380d'],
  [
    'name: this is what programs write where a name is missing; give the name that stands over the door',
    'name: 프로그램이 임시로 넣은 이름처럼 보입니다. 간판에 있는 가게 이름을 적어 주세요',
  ],
  [
    'handle: must be an Instagram name such as @my.shop: up to 30 letters, digits, "_" and ".", without a "." at either end or two in a row',
    'handle: 인스타그램 계정을 적어 주세요. 예: @my.shop (영문, 숫자, "_", "."만 30자까지. "."은 처음이나 끝에, 또는 연달아 쓸 수 없습니다)',
  ],
  [
    'phone: must be a telephone number such as 02-123-4567, with {least} to {most} digits',
    'phone: 전화번호를 적어 주세요. 예: 02-123-4567 (숫자 {least}~{most}개)',
  ],
  [
    'The logo has more than {count} MB. Send a smaller copy.',
    '로고 파일이 {count}MB를 넘습니다. 더 작은 파일을 쓰세요.',
  ],
  [
    'The logo is not a PNG but {format}. Save it as a PNG with a transparent background.',
    '로고가 PNG가 아닙니다 ({format}). 배경이 투명한 PNG로 저장해 주세요.',
  ],
  [
    'The logo is not a PNG. Save it as a PNG with a transparent background.',
    '로고가 PNG가 아닙니다. 배경이 투명한 PNG로 저장해 주세요.',
  ],
  [
    'The logo has {count} megapixels; at most {most} are taken. Send a smaller copy.',
    '로고가 {count}메가픽셀입니다. 최대 {most}메가픽셀까지 쓸 수 있으니 더 작은 파일을 쓰세요.',
  ],
  [
    'The logo has no transparent background: it would stand on the picture as a box. Save it as a PNG with transparency.',
    '로고의 배경이 투명하지 않아 이미지 위에 네모난 상자로 보입니다. 배경이 투명한 PNG로 저장해 주세요.',
  ],
  [
    'The logo is transparent throughout; nothing of it is to be seen. Send another file.',
    '로고 전체가 투명해서 아무것도 보이지 않습니다. 다른 파일을 쓰세요.',
  ],
  [
    'What is seen of the logo is only {width} x {height} pixels; one side needs at least {least}. Send a larger one.',
    '로고에서 보이는 부분이 {width} x {height} 픽셀뿐입니다. 긴 쪽이 {least}픽셀 이상인 파일을 쓰세요.',
  ],
  [
    'The PNG picture is damaged or cut off ({detail}). Upload the photo again from the original.',
    'PNG 파일이 손상되었거나 중간에 끊겼습니다 ({detail}). 원본에서 다시 저장해 주세요.',
  ],
  ['there is no event {id}', '이벤트 {id}이(가) 없습니다'],
  [
    'filter: name at least one of tenantId, stage, jobIds, variantIds, reason, before, after, olderThan, newerThan',
    '조건을 하나 이상 지정하세요: --tenant-id, --stage, --reason, --older-than, --newer-than',
  ],
  [
    'the idempotency key "{key}" was already used for another order; take a new one',
    '멱등 키 "{key}"은(는) 이미 다른 명령에 쓰였습니다. 새 키를 쓰세요',
  ],
  [
    'there is a key named "{name}" already; revoke it first or choose another name',
    '이름이 "{name}"인 키가 이미 있습니다. 먼저 폐기하거나 다른 이름을 쓰세요',
  ],
  ['there is no key named "{name}" to revoke', '폐기할 키 "{name}"이(가) 없습니다'],
];

/** The sentences that have words here. */
export const KNOWN_ENGLISH: readonly string[] = SENTENCES.map(([english]) => english.replaceAll('(s)', ''));

/** Sentences whose part in braces is a sentence itself. */
const NESTED = 'says';

interface Known {
  pattern: RegExp;
  korean: string;
}

const NUMBER = String.raw`\d+`;
const WORD = String.raw`\S+`;
/** A number or a word ends where it ends; a state with its reason may be anything. */
const SHAPES: Record<string, string> = {
  generation: NUMBER,
  count: NUMBER,
  done: NUMBER,
  all: NUMBER,
  rows: NUMBER,
  files: NUMBER,
  stage: WORD,
  id: WORD,
  tenant: WORD,
  field: WORD,
  least: NUMBER,
  most: NUMBER,
  width: NUMBER,
  height: NUMBER,
};

function patternOf(english: string): RegExp {
  const escaped = english.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replaceAll(String.raw`\(s\)`, 's?');
  const filled = escaped.replaceAll(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>${SHAPES[name] ?? '.+?'})`);
  return new RegExp(`^${filled}$`, 's');
}

const KNOWN: readonly Known[] = SENTENCES.map(([english, korean]) => ({ pattern: patternOf(english), korean }));

/** Undefined for a sentence that is not in the list. Several are joined by "; ", which may stand within one as well. */
export function inKorean(says: string): string | undefined {
  const whole = wholeInKorean(says);
  if (whole !== undefined) return whole;
  for (let at = says.indexOf('; '); at >= 0; at = says.indexOf('; ', at + 1)) {
    const first = wholeInKorean(says.slice(0, at));
    const rest = first === undefined ? undefined : inKorean(says.slice(at + 2));
    if (first !== undefined && rest !== undefined) return `${first}. ${rest}`;
  }
  return undefined;
}

function wholeInKorean(says: string): string | undefined {
  for (const { pattern, korean } of KNOWN) {
    const parts = pattern.exec(says)?.groups ?? (pattern.test(says) ? {} : undefined);
    if (!parts) continue;
    const nested = parts[NESTED];
    const inner = nested === undefined ? undefined : inKorean(nested);
    if (nested !== undefined && inner === undefined) continue;
    const filled: Record<string, string> = { ...parts, ...(inner !== undefined && { [NESTED]: inner }) };
    return korean.replaceAll(/\{(\w+)\}/g, (_, name: string) => filled[name] ?? '');
  }
  return undefined;
}
