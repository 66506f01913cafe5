/** What orders about an advertisement's words and photo say; as the list in `says.ko.ts`, of which it is a part. */
export const WORD_SENTENCES: readonly [english: string, korean: string][] = [
  [
    'tone, hint, format, design and kind of idea shape the picture: begin from img_gen, not from {stage}',
    '톤, 힌트, 형식, 디자인, 아이디어 종류는 이미지에 반영됩니다. {stage}이(가) 아니라 img_gen부터 시작하세요',
  ],
  [
    'text, idea: send the headline within the idea, or alone as text',
    '큰 글씨는 아이디어 안에 넣거나 문구로만 보내세요. 둘을 함께 보낼 수는 없습니다',
  ],
  [
    'ideas: there are {count} for {all} picture(s); send one for each',
    '이미지 {all}장에 아이디어가 {count}개입니다. 한 장에 하나씩 보내세요',
  ],
  [
    'adCopyKor: a headline may have at most {count} characters; send a longer text as descKor',
    '큰 글씨는 최대 {count}자입니다. 더 긴 글은 설명(descKor)으로 보내세요',
  ],
  [
    '{field}: there is no tone style "{tone}"; there are {names}',
    '톤 스타일 "{tone}"이(가) 없습니다. 쓸 수 있는 톤: {names}',
  ],
  [
    'design: there is no design "{tone}"; there are {names}',
    '디자인 "{tone}"이(가) 없습니다. 쓸 수 있는 디자인: {names}',
  ],
  ['the pictures cannot be made again now: {says}', '지금은 이미지를 다시 만들 수 없습니다: {says}'],
  ['the job has no variants yet', 'job에 아직 variant가 없습니다'],
  ['the photo is replaced; sent {count} variant(s) back to work', '사진을 바꾸고 variant {count}개를 다시 시작합니다'],
  [
    'the brief is changed; sent {done} of {all} variant(s) back to work',
    '광고 내용을 바꾸고 variant {all}개 중 {done}개를 다시 시작합니다',
  ],
  ['kept: its words are the owner’s own', '직접 고친 문구라서 그대로 둡니다'],
  ['kept: it says the same as before', '내용이 달라지지 않아 그대로 둡니다'],
  ['the post is changed', '게시글을 바꾸었습니다'],
  ['{field}: must not be empty', '{field}: 비워 둘 수 없습니다'],
  ['{field}: must hold valid Unicode without NUL', '{field}: 올바른 문자로 적어 주세요 (제어 문자는 쓸 수 없습니다)'],
  ['{field}: Instagram takes at most {count} characters', '{field}: 인스타그램 게시글은 {count}자까지입니다'],
  [
    '{field}: Instagram takes at most {count} hashtags; leave some out',
    '{field}: 인스타그램 해시태그는 {count}개까지입니다. 몇 개를 빼 주세요',
  ],
  [
    '{field}: must be words that begin with #, with spaces between',
    '{field}: #으로 시작하는 단어를 띄어쓰기로 구분해 적어 주세요',
  ],
  ['there is no brief of job {id}', 'job {id}에는 광고 내용이 기록되어 있지 않습니다'],
];
