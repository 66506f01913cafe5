import type { Outcome } from '../../admin/orders.js';
import type { keys as englishKeys, orders as englishOrders } from './orders.en.js';
import { inKorean } from './says.ko.js';

const OUTCOMES: Record<Outcome['outcome'], string> = { done: '완료', refused: '거부' };

/** What has no words here is better read in English than not at all. */
const says = (sentence: string): string => inKorean(sentence) ?? sentence;

export const orders: typeof englishOrders = {
  commands: {
    variants: 'variant 하나에 대한 명령',
    retryVariant: 'variant를 다시 진행합니다. 실패한 단계부터, 또는 그 이전 단계부터',
    cancelVariant: 'variant의 작업을 끝냅니다. 이미 기록된 것은 남습니다',
    retryJob: 'job의 실패한 variant를 모두 다시 진행합니다',
    retryFailed: '조건에 맞는 실패한 variant를 다시 진행하고 결과를 하나씩 보여 줍니다',
    rerun: 'job 자체의 단계를 다시 합니다. 읽는 쪽은 가장 새로운 피드를 씁니다',
    cancelJob: 'job의 모든 작업을 끝냅니다. 완료된 것은 그대로 남습니다',
    delete: 'job을 지웁니다: 모든 테이블의 행, 파일, 실행',
    intake: '새 작업의 접수를 멈추거나 재개합니다. 시작된 작업은 계속됩니다',
    pause: '새 작업을 보류합니다',
    resume: '보류된 작업을 다시 보냅니다',
    redeliver: '전달을 포기한 이벤트를 다시 시도합니다',
    keys: '서버의 API 키. 첫 키를 만들면 모두가 키를 보여야 합니다',
    createKey: '키를 만듭니다. 이때 한 번만 표시됩니다',
    listKeys: '모든 키의 목록 (비밀 값 제외)',
    revokeKey: '키를 폐기하고, 그 키로 로그인한 브라우저를 로그아웃시킵니다',
  },
  options: {
    note: '감사 기록에 남길 이유',
    idempotencyKey: '같은 키로 다시 주면 다시 실행하지 않고 같은 답을 돌려줍니다',
    from: '시작할 단계',
    headline: '이번 재시도부터 쓸 새 문구',
    hint: '사진에서 음식의 위치: x,y 또는 x,y,width,height (사진에 대한 비율)',
    tone: '다른 톤 스타일의 id, 코드 또는 이름. 이미지를 새로 만듭니다',
    ofTenant: '이 테넌트의 것',
    failedAt: '이 단계에서 실패한 것',
    reason: '실패 이유에 이 말이 들어 있는 것',
    olderThan: '이보다 오래전에 실패한 것',
    newerThan: '이보다 최근에 실패한 것',
    most: '최대 개수',
    deleteDryRun: '지워질 것을 세기만 하고 지우지 않음',
    force: '진행 중이면 먼저 취소',
    pauseTenant: '이 테넌트만. 없으면 전체',
    resumeTenant: '이 테넌트만. 없으면 전체 중지를 끝냄',
    outboxId: '이벤트 번호 (doctor, 대시보드, /api/admin/intake에 표시)',
    newKey: '사용할 사람이나 프로그램',
    scope: '허용 범위',
    keyTenant: '이 테넌트 전용 키. 다른 테넌트의 것은 볼 수도 바꿀 수도 없습니다. 없으면 전체 테넌트',
    key: '키 이름',
  },
  says,
  outcome: (answer) => `${OUTCOMES[answer.outcome]}: ${says(answer.says)}`,
  item: (item) => `  variant ${item.variantId}: ${OUTCOMES[item.outcome]}: ${says(item.says)}`,
};

export const keys: typeof englishKeys = {
  columns: ['이름', '범위', '테넌트', '생성 (UTC)', '만든 사람', '마지막 사용', '폐기'],
  none: '키가 없습니다.',
  allTenants: '전체',
  newTenant: (tenant) =>
    `테넌트 ${tenant}에는 아직 아무것도 없습니다. 이름을 잘못 적었다면 키를 폐기하고 다시 만드세요.`,
  revoked: (name) => `키 ${name}을(를) 폐기했습니다`,
};
