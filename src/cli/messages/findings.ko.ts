import type { FindingWords } from './findings.en.js';

const WRITE_AGAIN = '(img_gen, running)과 (img_gen, done)을 다시 기록하세요.';
const PUT_RIGHT = '"npm run migrate -- --adopt"를 실행하면 바로잡힙니다.';
const HEARD_LATER = `그동안 기록된 것은 정기 점검에서 찾아냅니다. 바로 시작하려면 ${WRITE_AGAIN}`;

const since = (at: Date | null): string => (at ? `${at.toISOString()}부터` : '아직 한 번도 확인되지 않음');

export const findings: FindingWords = {
  'server-down': ({ url, trouble }) => [
    `서버가 ${url}에서 응답하지 않습니다 (${trouble}). 아무 알림도 받지 못합니다.`,
    '서버를 시작하세요 (npm start 또는 npm run start:server). 그동안 기록된 것은 시작할 때 처리됩니다.',
  ],
  'intake-off': () => [
    '접수가 꺼져 있습니다. 서버가 ENABLE_JOB_STATE_LISTENER=false로 실행 중입니다.',
    '이 설정 없이 서버를 시작하세요. 그동안 기록된 것은 시작할 때 처리됩니다.',
  ],
  'intake-paused': ({ tenantId, actor, since: at }) => [
    `${tenantId ? `테넌트 ${tenantId}의` : '전체'} 접수가 일시 중지되어 있습니다 (${actor}, ${new Date(at).toISOString()}부터).`,
    `feedlyai intake resume${tenantId ? ` --tenant-id ${tenantId}` : ''}을(를) 실행하세요. 보류된 것부터 이어집니다.`,
  ],
  'listener-cut': ({ lastProvenAlive, trouble }) => [
    `리스너의 연결이 끊겨 있습니다 (${trouble ?? '이유 알 수 없음'}). 마지막 확인: ${lastProvenAlive?.toISOString() ?? '없음'}.`,
    '저절로 다시 연결됩니다. 계속 끊겨 있다면 DATABASE_URL이 트랜잭션 풀러가 아니라 PostgreSQL에 직접 연결되는지 확인하세요.',
  ],
  'trigger-missing': ({ trigger, table }) => [
    `${table} 테이블에 트리거 ${trigger}가 없습니다. 테이블에 기록해도 알 수 없습니다.`,
    `${PUT_RIGHT} ${HEARD_LATER}`,
  ],
  'trigger-disabled': ({ trigger, table }) => [
    `${table} 테이블의 트리거 ${trigger}가 비활성화되어 있습니다. 테이블에 기록해도 알 수 없습니다.`,
    `${PUT_RIGHT} ${HEARD_LATER}`,
  ],
  'trigger-wrong-function': ({ trigger, calls }) => [
    `트리거 ${trigger}가 자기 함수가 아닌 ${calls}를 호출합니다.`,
    PUT_RIGHT,
  ],
  'temporal-down': ({ trouble }) => [
    `Temporal에 연결할 수 없습니다 (${trouble}). 아무것도 시작되지 않습니다.`,
    'Temporal을 시작하거나 TEMPORAL_ADDRESS를 바로잡으세요. 기다리던 것은 돌아오면 시작됩니다.',
  ],
  'no-worker': ({ queue, lastPoll }) => [
    `큐 ${queue}의 작업을 가져가는 워커가 없습니다. 마지막 요청: ${lastPoll?.toISOString() ?? '없음'}.`,
    '워커를 시작하세요: npm run start:worker. 큐에서 기다리던 작업이 바로 시작됩니다.',
  ],
  'stages-down': ({ url, trouble }) => [
    `단계 서비스가 ${url}에서 응답하지 않습니다 (${trouble}). 돌아올 때까지 단계를 되풀이합니다.`,
    '시작하세요: npm run start:stages. 또는 YH_BASE_URL을 바로잡으세요. 그동안은 재시도로 세지 않습니다.',
  ],
  'not-committed': ({ pid, user, application, state, seconds, query }) => [
    `이 행을 바꾼 트랜잭션이 ${Math.round(seconds)}초째 커밋되지 않았습니다: pid ${pid} (${application ?? '애플리케이션 이름 없음'}, 사용자 ${user ?? '알 수 없음'}, ${state ?? '상태 알 수 없음'})${query ? `, 마지막 문장: ${query.replaceAll(/\s+/g, ' ').slice(0, 120)}` : ''}.`,
    `커밋하세요. 커밋해야 다른 쪽에서 변경을 볼 수 있습니다. pg_terminate_backend(${pid})는 변경을 되돌립니다.`,
  ],
  'unknown-variant': ({ variantId }) => [
    `데이터베이스에 variant ${variantId}이(가) 없습니다.`,
    'job_id가 아니라 job_variants_id인지, INSERT가 커밋되었는지 확인하세요.',
  ],
  'wrong-step': ({ step }) => [
    `current_step이 "${step ?? 'NULL'}"입니다. 이 파이프라인의 단계가 아닙니다.`,
    "current_step = 'img_gen'으로 정확히 기록하세요.",
  ],
  'wrong-status': ({ status }) => [
    `status가 "${status ?? 'NULL'}"입니다. queued, running, done, failed 중 하나여야 합니다.`,
    "status = 'done'으로 정확히 기록하세요.",
  ],
  'no-picture': () => [
    'variant에 이미지가 없습니다. img_asset_id가 NULL입니다.',
    'img_asset_id에 생성된 이미지의 image_assets 행을 넣으세요.',
  ],
  'before-adoption': () => [
    '이 행은 시스템이 데이터베이스를 넘겨받기 전의 것이라 지난 기록으로 봅니다.',
    `updated_at = CURRENT_TIMESTAMP와 함께 ${WRITE_AGAIN} 어느 시점 이후의 것을 모두 시작하려면 "feedlyai adopt --since <시각>"을 쓰세요.`,
  ],
  'not-heard': () => [
    '처리할 상태인데 이벤트가 기록되지 않았습니다. 트리거가 꺼져 있을 때 기록되었거나 오래전 것입니다.',
    `몇 초 동안 변화가 없으면 정기 점검에서 찾아냅니다. 바로 시작하려면 ${WRITE_AGAIN}`,
  ],
  'dead-letter': ({ attempts, error }) => [
    `이벤트 전달을 ${attempts}번 시도한 뒤 포기했습니다: ${error ?? '기록된 이유 없음'}.`,
    `원인을 고친 뒤 ${WRITE_AGAIN}`,
  ],
  failed: ({ stage, reason }) => [
    `variant가 ${stage} 단계에서 실패했습니다: ${reason ?? '기록된 이유 없음'}.`,
    '원인을 고친 뒤 (img_gen, done)을 다시 기록하면 처음부터 다시 시작합니다.',
  ],
  'workers-busy': ({ queue, what, seconds }) => [
    `전달되었고 빈 워커를 기다리는 중입니다. ${what} 작업이 큐 ${queue}에서 ${Math.round(seconds)}초째 대기 중입니다.`,
    '워커는 모두 일하는 중입니다. 기다리거나 워커를 늘리세요 (npm run start:worker).',
  ],
  'waiting-for-text': ({ evidence, stage, since: at }) => [
    `전달되었고 문구를 기다리는 중입니다. ${stage} 단계에 ${evidence}이(가) 필요합니다 (${since(at)}).`,
    '문구를 기록하세요 (feedlyai jobs text <job-id>, 또는 JS). 바로 이어집니다.',
  ],
  retrying: ({ stage, failures, reason }) => [
    `${stage} 단계가 ${failures}번 실패해 되풀이하는 중입니다: ${reason ?? '기록된 이유 없음'}.`,
    '마지막 재시도 전에 원인을 고치세요. 다음 시도 시각은 Temporal Web UI에 있습니다.',
  ],
  'dependency-away': ({ stage, since: at, reason }) => [
    `${stage} 단계가 필요한 서비스를 기다리는 중입니다 (${since(at)}): ${reason ?? '기록된 이유 없음'}.`,
    '돌아오면 저절로 이어집니다.',
  ],
  'in-the-outbox': ({ seconds, error }) => [
    `트리거가 알아챘고 이벤트가 ${Math.round(seconds)}초째 전달을 기다리는 중입니다${error ? `: ${error}` : ''}.`,
    '곧 전달됩니다. 문제가 있었다면 정기 점검 간격 안에 전달됩니다. 다시 확인하세요.',
  ],
  running: ({ stage, status }) => [`전달되었고 진행 중입니다: (${stage}, ${status}).`],
  'ye-turn': ({ step, status }) => [
    `YE 차례입니다: (${step}, ${status}). YE가 (img_gen, done)을 기록하기 전에는 아무 일도 일어나지 않습니다.`,
    "update jobs_variants set current_step = 'img_gen', status = 'done', updated_at = CURRENT_TIMESTAMP where job_variants_id = …; 그리고 커밋하세요.",
  ],
  finished: () => ['끝났습니다: (iou_eval, done).'],
  'updated-at-unchanged': ({ updatedAt }) => [
    `updated_at이 ${updatedAt ? updatedAt.toISOString() : 'NULL'}로, 마지막 변경보다 오래되었습니다. 기록한 쪽이 갱신하지 않았지만 알림은 전달됩니다.`,
    '변경할 때마다 updated_at = CURRENT_TIMESTAMP를 함께 기록하세요. 다른 쪽에서 이 값을 씁니다.',
  ],
};
