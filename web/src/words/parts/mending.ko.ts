import { findingsKo } from './findings.ko.js';
import type { mendingEn } from './mending.en.js';

export const mendingKo: typeof mendingEn = {
  edit: {
    title: (n) => `광고 ${n} 고치기`,
    press: '사진 위의 글을 누르면 그 자리에서 고칠 수 있어요.',
    spot: (slot, text) => `${slot} 고치기: ${text}`,
    breaks: '줄을 바꾸고 싶은 곳에서 엔터를 누르세요.',
    size: '큰 글씨 크기',
    others: '나머지 글',
    idea: '무엇을 앞세울까요?',
    design: '다른 디자인',
    otherShape: '다른 모양이나 분위기',
    kept: '아직 바뀐 것이 없습니다. 이전 사진은 그대로 남습니다.',
    wordsOnly: '글만 다시 넣습니다. 몇 초면 됩니다.',
    anew: '사진을 새로 만듭니다. 다 될 때까지 지금 사진이 보입니다.',
    working: (stage) => `${stage}…`,
  },
  mends: {
    'shorter text': '글 줄이기',
    'another design': '디자인 바꾸기',
    'another photo': '사진 바꾸기',
    'mark the dish': '음식 표시하기',
    'edit post': '게시글 고치기',
    format: '모양 바꾸기',
  },
  findings: findingsKo,
  otherFinding: '이 사진에 손볼 곳이 있어요.',
  finding(code, slot) {
    return (slot && this.findings[`${code} ${slot}`]) ?? this.findings[code] ?? this.otherFinding;
  },
};
