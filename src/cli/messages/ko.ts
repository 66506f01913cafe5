import type { ReactionSeen } from '../../diagnosis/reaction.js';
import type { Ending } from '../jobs-watch.js';
import { brands } from './brands.ko.js';
import { doctor } from './doctor.ko.js';
import { endingText } from './ending-text.js';
import type { Catalogue } from './en.js';
import { findings } from './findings.ko.js';
import { installationFindings } from './installation.ko.js';
import { keys, orders } from './orders.ko.js';
import { photos } from './photos.ko.js';
import { words } from './words.ko.js';

const REACTIONS: Record<ReactionSeen['reaction'], string> = {
  started: '파이프라인이 시작되었습니다',
  'no worker free': '알림은 전달되었지만 처리할 워커가 없습니다',
  failed: '알림은 전달되었지만 첫 단계에서 거부되었습니다',
  'not heard': '알림이 전달되지 않았습니다. 행이 기록된 상태 그대로입니다',
};

const ENDINGS: Record<Ending['ending'], string> = {
  finished: '완료',
  resting: '갈 수 있는 데까지 완료',
  failed: '실패',
  'over time': '시간 안에 끝나지 않음',
  reached: '도달',
};

export const ko: Catalogue = {
  examples: '예시:',
  exitCodes:
    '종료 코드: 0 정상, 1 아님(무엇이 아닌지 출력에 표시), 2 명령줄 오류, 3 전달되었으나 워커 없음, 4 전달되었고 무언가를 기다리는 중, 5 동작하지만 경고를 확인할 것.',
  nothingRuns: (dataDir) =>
    `${dataDir}에서 실행 중인 것이 없습니다. "npm start"로 시작하거나, 실행 중인 시스템을 DATABASE_URL, TEMPORAL_ADDRESS, YH_BASE_URL로 지정하세요.`,
  noSuchJob: (id) => `데이터베이스에 job ${id}이(가) 없습니다.`,
  ago: (seconds) =>
    seconds < 1 ? '방금' : seconds < 90 ? `${Math.round(seconds)}초 전` : `${Math.round(seconds / 60)}분 전`,
  usage: {
    wholeNumber: (least, most) => `${least}부터 ${most} 사이의 정수여야 합니다.`,
    amount: '0보다 큰 숫자여야 합니다.',
    uuid: 'UUID여야 합니다. 예: 0b5f6f0e-5f0c-4c0e-9a53-3d1c3f3a9b11',
    tenantId: '영문자, 숫자, "_", "-", "."만 쓸 수 있고 최대 255자입니다.',
    empty: '비워 둘 수 없습니다.',
    oneOf: (names) => `다음 중에서 쉼표로 구분해 지정하세요: ${names.join(', ')}`,
    age: '30s, 10m, 24h, 7d 같은 기간이어야 합니다.',
    number: '숫자여야 합니다.',
    place: 'x,y 또는 x,y,width,height여야 합니다. 사진에 대한 비율로 0부터 1까지입니다.',
    keyName: '문자, 숫자, 공백, ".", "_", "-"만 쓸 수 있고 최대 63자입니다.',
  },
  program: '음식 사진을 인스타그램 광고로 만드는 시스템의 운영 도구',
  help: {
    afterError: '(--help로 사용법을 볼 수 있습니다)',
    option: '이 도움말',
    command: '명령의 도움말',
    titles: { 'Usage:': '사용법:', 'Arguments:': '인수:', 'Options:': '옵션:', 'Commands:': '명령:' },
  },
  commands: {
    demo: '음식 사진 한 장을 완성된 인스타그램 광고로 만듭니다. 첫 행부터 마지막 이미지까지',
    migrate: '데이터베이스에 아직 적용되지 않은 sql/을 적용합니다',
    adopt: '데이터베이스를 넘겨받을 때 남아 있던 작업을 시작합니다',
    sql: '사용 중인 데이터베이스에서 SQL을 실행합니다',
    reconcile: '정기 점검처럼 행과 워크플로를 지금 비교하고, 찾은 것과 한 일을 알려 줍니다',
    quality: '완성된 광고를 측정합니다: 글자가 읽히는지, 음식을 가리지 않는지',
    benchPictures: '워커의 이미지 생성을 같은 이미지를 만드는 스크립트와 나란히 측정합니다',
    clean: 'DATA_DIR을 지웁니다: 데이터베이스, 워크플로, 이미지',
    sweepFiles: '어느 행에도 없는 파일을 ORPHAN_FILE_AGE가 지나면 지웁니다',
    assets: 'ASSETS_DIR의 파일',
    jobs: 'job을 만들고, 지켜보고, 결과를 봅니다',
    create: 'YE를 기다리는 테스트 job을 만듭니다. variant는 (user_img_input, done)이며 저절로 시작되지 않습니다',
    full: '텍스트와 생성 이미지까지 모두 갖춘 테스트 job을 (img_gen, done)으로 만듭니다. 바로 시작됩니다',
    overlay: '이미지마다 variant 하나씩, 주어진 문구를 올리는 job을 만듭니다. 바로 시작됩니다',
    text: 'job에 광고 문구를 넣습니다. 늦게 넣어도 기다리던 작업이 이어집니다',
    watch: 'job이 끝날 때까지 지켜봅니다',
    report: '결과를 보여 줍니다: 레이아웃, 선택된 제안, 점수, 판정, 이미지 파일',
    ye: 'YE 파트 역할을 대신합니다',
    simulate: '대기 중인 variant에 (img_gen, running)과 (img_gen, done)을 기록하고 반응을 알려 줍니다',
    listener: '리스너 쪽을 살펴봅니다',
    status: '각 부분이 살아 있는지, 마지막으로 확인된 때가 언제인지 보여 줍니다',
    trigger: 'variant가 움직이지 않는 이유를 찾습니다',
    check: 'variant가 왜 그 자리에 있는지, 무엇을 하면 되는지 알려 줍니다',
    doctor: '시스템 전체를 점검하고, 이상이 있으면 무엇을 하면 되는지 알려 줍니다',
    longrun: '오랜 시간 job을 만들면서 지켜봅니다',
    longrunStart: '백그라운드에서 생성과 감시를 시작합니다',
    longrunStop: '둘 다 멈추고 통계를 출력합니다',
    longrunMonitor: '장시간 테스트의 감시 부분',
  },
  options: {
    json: '결과를 한 줄짜리 JSON으로 출력',
    lang: '출력 언어 (기본값: LANG)',
    onlyChecks: '이 점검들과 거기에 필요한 것만 (쉼표로 구분)',
    once: 'job 하나만 만들고 종료',
    waitForVariants: 'job마다 모든 variant가 끝날 때까지 대기, (iou_eval, done)',
    waitForFeed: '피드가 작성될 때까지 대기, (instagram_feed_gen, done)',
    wait: '모든 variant가 끝날 때까지 대기, (iou_eval, done)',
    maxWait: '대기를 포기할 시간(분)',
    createInterval: 'job 생성 간격(초)',
    variantsCount: 'job당 variant 수',
    tenantId: '테넌트 ID',
    tenantCheck: '이 테넌트의 job이 아니면 거부',
    imagePaths: '이미지 경로. 존재하는 첫 번째 파일을 사용 (기본값: 그려 낸 음식 사진)',
    imagePath: '이미지 경로 (기본값: 그려 낸 음식 사진)',
    descKor: '음식에 대한 가게의 한국어 설명',
    images: '이미지들. 하나에 variant 하나',
    text: '이미지에 올릴 한국어 문구',
    eng: '영어 광고 문구 (ad_copy_eng)',
    kor: '한국어 광고 문구 (ad_copy_kor)',
    jobId: 'job ID',
    variantId: 'variant의 job_variants_id',
    maxIterations: '간격을 몇 번까지 기다릴지',
    interval: '간격(초)',
    until: 'variant가 이 단계에 이르면 종료',
    limit: '테넌트의 최근 job 수',
    dryRun: '무엇을 기록할지만 출력',
    testTrigger: '처음부터 끝까지 확인: job을 만들고 YE 역할을 한 뒤 반응을 보고 모두 지움',
    checkInterval: '집계 간격(초)',
    scanInterval: '조회 간격(초)',
    maxWaitMinutes: '이보다 오래 걸리는 job을 알림(분)',
    logDir: '로그와 PID 파일을 둘 폴더 (기본값: DATA_DIR의 logs/longrun)',
  },
  create: {
    drawnDish: (name) => `이미지를 지정하지 않아 그려 낸 음식 사진을 씁니다 (${name})`,
    noPicture: (paths) => `존재하는 이미지가 없습니다: ${paths}`,
    created: ({ jobId, tenantId, variantIds }) =>
      [`job ${jobId} (${tenantId}), variant ${variantIds.length}개`, ...variantIds.map((id) => `  ${id}`)].join('\n'),
    waiting: '모든 variant가 끝날 때까지 기다립니다. Ctrl-C로 끝낼 수 있습니다',
    completed: (jobId, state) => `job ${jobId}: ${state}`,
    statistics: ({ created, completed, failed, seconds }) =>
      `생성 ${created}개, 완료 ${completed}개, 실패 ${failed}개, ${seconds}초`,
  },
  text: {
    otherTenant: (jobId, tenant) => `job ${jobId}은(는) 테넌트 ${tenant}의 것입니다.`,
    written: ({ adCopyEng, adCopyKor }) =>
      [...(adCopyEng ? [`ad_copy_eng: ${adCopyEng}`] : []), ...(adCopyKor ? [`ad_copy_kor: ${adCopyKor}`] : [])].join(
        '\n',
      ),
  },
  watch: {
    change: (percent, job, variants) => `${String(percent).padStart(3)} %  job ${job}  ${variants}`,
    stalled: '1분 동안 변화가 없습니다. variant에 "trigger check"를 실행하면 이유를 알 수 있습니다',
    ending: (ending) => endingText(ending, ENDINGS),
  },
  report: {
    oneOf: '--job-id와 --tenant-id 중 하나만 지정하세요',
    none: (tenant) => `테넌트 ${tenant}에는 job이 없습니다.`,
    job: 'job',
    retries: (count) => (count === 0 ? '재시도 없음' : `재시도 ${count}회`),
    layout: '문구',
    proposal: (count, isOwn) => `제안: ${count}개 중 하나, ${isOwn ? '이 이미지의 제안' : '다른 이미지의 제안'}`,
    judge: '판정',
    picture: '이미지',
    missing: '(파일이 없습니다)',
    copy: '본문',
  },
  simulate: {
    none: (where, tenant) =>
      `${where}에 (user_img_input, done)으로 대기 중인 variant가 없습니다. 만들기: feedlyai jobs create --once --tenant-id ${tenant}`,
    dryRun: (ids) =>
      ['(img_gen, running)에 이어 (img_gen, done)을 기록할 variant:', ...ids.map((id) => `  ${id}`)].join('\n'),
    written: (id) => `${id}: (img_gen, running)에 이어 (img_gen, done)을 기록했습니다`,
    held: (id) => `${id}: 다른 트랜잭션이 행을 잡고 있어 기록하지 못했습니다`,
    reaction: ({ variantId, step, status, reaction }) => `${variantId}: ${REACTIONS[reaction]} (${step}, ${status})`,
  },
  status: {
    columns: ['', '항목', '마지막 확인'],
    neverProven: '확인 안 됨',
    items: {
      server: '서버 /health',
      intake: '접수 (ENABLE_JOB_STATE_LISTENER)',
      listener: '리스너',
      trigger: '트리거와 함수',
      temporal: 'Temporal',
      workers: 'ad-pipeline 워커',
      'image-workers': 'image-generation 워커',
      stages: '단계 서비스',
      transactions: '커밋을 잊은 트랜잭션 없음',
      reaction: '(img_gen, done)에 대한 반응',
    },
    testing: (jobId) => `job ${jobId}(으)로 확인합니다`,
    cleanedUp: '확인에 쓴 행과 파일, 실행을 모두 지웠습니다',
    fine: '모두 살아 있습니다.',
    notFine: '이상이 있습니다. 화살표가 있는 줄을 보세요.',
    log: '서버 로그에서는 "Job State Listener"와 "Job Variant 상태 변화 감지"를 검색하세요.',
  },
  check: {
    row: (id, state, updatedAt) =>
      `variant ${id}: (${state}), updated_at ${updatedAt?.toISOString() ?? '기록된 적 없음'}`,
  },
  longrun: {
    already: (pid, folder) =>
      `이미 장시간 테스트가 실행 중입니다 (pid ${pid}, ${folder}). 먼저 "longrun stop"으로 멈추세요.`,
    started: ({ part, pid, log }) => `${part} 실행 중 (pid ${pid}), 로그 ${log}`,
    stopped: ({ part, pid }) => `${part} 중지 (pid ${pid})`,
    nothing: (folder) => `${folder}의 PID 파일로는 실행 중인 것이 없습니다.`,
    overdue: (jobId) => `job ${jobId}이(가) 너무 오래 걸립니다`,
    counts: ({ seen, finished, failed, overdue }) =>
      `job ${seen}개, 완료 ${finished}개, 실패 ${failed}개, 지연 ${overdue.length}개`,
  },
  doctor,
  brands,
  photos,
  words,
  orders,
  keys,
  findings: { ...findings, ...installationFindings },
};
