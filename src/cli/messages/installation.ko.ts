import type { SchemaFinding } from '../../db/schema-check.js';
import { amountInKorean, gibibytes } from './amounts.js';
import type { InstallationWords } from './installation.en.js';

const some = (count: number, examples: string[]): string =>
  `${examples.join(', ')}${count > examples.length ? ` 외 ${count - examples.length}건` : ''}`;

const OTHER_LISTENER = '기존 서비스라면 ENABLE_JOB_STATE_LISTENER=false로 시작하세요.';
const NPM_CI = '단계 서비스가 실행되는 곳에서 "npm ci"를 실행하세요.';
const MAKE_ROOM = '"feedlyai assets sweep"은 어느 행에도 없는 파일을 지웁니다.';

const STATES: Record<SchemaFinding['state'], string> = {
  missing: '없음',
  differs: '마이그레이션 결과와 다름',
  disabled: '비활성화됨',
  extra: '추가됨',
  'not applied': '적용되지 않음',
};

const KINDS: Record<SchemaFinding['kind'], string> = {
  table: '테이블',
  column: '열',
  constraint: '제약 조건',
  index: '인덱스',
  trigger: '트리거',
  function: '함수',
  migration: '마이그레이션',
};

/** What the check proposes, in Korean; it may hold a statement. */
function remedyFor({ remedy, owner }: SchemaFinding): string {
  const [statement] = /"[^"]*(?:table|index)[^"]*"/.exec(remedy) ?? [];
  if (statement) return `다음 문장으로 바로잡습니다: ${statement}`;
  if (/backup/.test(remedy)) return `파이프라인 자체의 객체(${owner})가 바뀌었습니다. 백업에서 되돌리세요.`;
  return '"npm run migrate -- --adopt"를 실행하면 바로잡히고, 바뀐 것은 보관됩니다.';
}

export const installationFindings: InstallationWords = {
  'configuration-unusable': ({ lines }) => [
    `설정을 쓸 수 없습니다: ${lines.join('; ')}.`,
    '해당 변수를 바로잡으세요. 모든 변수와 기본값은 .env.example에 있습니다.',
  ],
  'nothing-runs': ({ dataDir }) => [
    `시스템을 찾을 수 없습니다. ${dataDir}에서 실행 중인 것이 없고, 다른 시스템을 가리키는 변수도 없습니다.`,
    '"npm start"로 시작하거나, 실행 중인 시스템을 DATABASE_URL, TEMPORAL_ADDRESS, YH_BASE_URL로 지정하세요.',
  ],
  'database-down': ({ at, trouble }) => [
    `PostgreSQL이 ${at}에서 응답하지 않습니다 (${trouble}). 읽고 쓸 수 없습니다.`,
    'PostgreSQL을 시작하거나 DATABASE_URL을 바로잡으세요. 진행 중이던 작업은 돌아오면 이어집니다.',
  ],
  'database-pooled': () => [
    'DATABASE_URL이 트랜잭션 풀러를 거칩니다. 문장마다 세션이 바뀌어 LISTEN이 아무것도 듣지 못합니다.',
    'PostgreSQL에 직접 연결하거나 세션 모드 풀을 지정하세요.',
  ],
  'notify-lost': ({ seconds }) => [
    `스스로 보낸 알림이 ${seconds}초 안에 돌아오지 않았습니다. 이벤트를 정기 점검으로만 찾게 됩니다.`,
    'DATABASE_URL이 PostgreSQL에 직접 연결되는지, 중간 장비가 모르는 메시지를 버리지 않는지 확인하세요.',
  ],
  'time-zone': ({ found }) => [
    `시간대를 지정하지 않은 세션이 ${found}을(를) 씁니다. 기존 클라이언트는 Asia/Seoul을 기대합니다. 이 시스템은 스스로 지정합니다.`,
    "alter database … set timezone to 'Asia/Seoul'; 새 세션부터 적용됩니다.",
  ],
  'old-snapshot': ({ pid, holder, seconds, transactions }) => [
    `${holder}${pid === null ? '' : ` (pid ${pid})`}의 트랜잭션이 ${amountInKorean(seconds)}째 열려 있고, 그 뒤로 트랜잭션 ${transactions}개가 지났습니다. 그 사이 삭제된 행을 정리할 수 없습니다.`,
    pid === null ? '커밋하거나 롤백하세요.' : `끝내거나 pg_terminate_backend(${pid})를 실행하세요.`,
  ],
  'notification-queue': ({ share }) => [
    `알림 큐가 ${Math.round(share * 100)} % 찼습니다. 듣기만 하고 가져가지 않는 세션이 있습니다.`,
    'LISTEN 중인 세션의 가장 오래된 트랜잭션을 끝내세요 (pg_stat_activity). 큐가 가득 차면 쓰기가 모두 실패합니다.',
  ],
  'migrations-pending': ({ names }) => [
    `데이터베이스에 마이그레이션 ${names.length}개가 적용되지 않았습니다: ${names.join(', ')}.`,
    '"npm run migrate"를 실행하세요 (같은 이름의 테이블이 이미 있었다면 "npm run migrate -- --adopt").',
  ],
  'schema-differs': ({ what, difference }) => [
    `${KINDS[difference.kind]} ${what.slice(difference.kind.length + 1)}: ${STATES[difference.state]}.`,
    remedyFor(difference),
  ],
  'foreign-listener': ({ pid, who, channel }) => [
    `${who} (pid ${pid})이(가) ${channel}을(를) 듣고 있습니다. 같은 작업을 두 번 할 수 있습니다.`,
    OTHER_LISTENER,
  ],
  'doubling-listener': ({ pid, who, channel }) => [
    `${who} (pid ${pid})이(가) ${channel}을(를) 듣고 있습니다. 기존 서비스가 모든 단계를 두 번 수행합니다.`,
    OTHER_LISTENER,
  ],
  'namespace-missing': ({ namespace }) => [
    `Temporal에 네임스페이스 "${namespace}"이(가) 없습니다. 아무것도 시작되지 않습니다.`,
    `TEMPORAL_NAMESPACE를 바로잡거나 만드세요: temporal operator namespace create --namespace ${namespace}`,
  ],
  'retention-short': ({ namespace, hours }) => [
    `네임스페이스 ${namespace}은(는) 끝난 실행을 ${amountInKorean(hours * 3_600)} 뒤에 지웁니다. 확인하기 전에 기록이 사라집니다.`,
    `temporal operator namespace update --namespace ${namespace} --retention 72h`,
  ],
  'search-attributes-missing': ({ namespace, names }) => [
    `네임스페이스 ${namespace}에 검색 속성 ${names.join(', ')}이(가) 없습니다. Temporal이 모든 시작을 거부합니다.`,
    `temporal operator search-attribute create --namespace ${namespace} ${names.map((name) => `--name ${name} --type Keyword`).join(' ')}`,
  ],
  'fonts-missing': ({ trouble }) => [`글꼴을 쓸 수 없습니다: ${trouble}.`, NPM_CI],
  'language-data-missing': ({ trouble }) => [`글자를 읽는 데이터가 없거나 손상되었습니다: ${trouble}.`, NPM_CI],
  'folder-not-writable': ({ folder, trouble }) => [
    `${folder}에 쓸 수 없습니다 (${trouble}). 이미지를 저장할 수 없습니다.`,
    '프로세스를 실행하는 사용자에게 폴더 권한을 주거나 다른 폴더를 지정하세요 (ASSETS_DIR, DATA_DIR).',
  ],
  'disk-full': ({ folder, freeBytes }) => [
    `${folder}에 남은 공간이 ${gibibytes(freeBytes)}입니다. 다음 이미지부터 실패합니다.`,
    `공간을 확보하세요. ${MAKE_ROOM}`,
  ],
  'disk-low': ({ folder, freeBytes }) => [
    `${folder}에 남은 공간이 ${gibibytes(freeBytes)}입니다.`,
    `곧 공간을 확보하세요. ${MAKE_ROOM}`,
  ],
  'clock-skew': ({ seconds }) => [
    `이 컴퓨터의 시계가 데이터베이스보다 ${amountInKorean(Math.abs(seconds))} ${seconds > 0 ? '빠릅니다' : '느립니다'}. 로그와 행의 시각이 맞지 않습니다.`,
    '양쪽 모두 시간 서버(NTP)에 맞추세요.',
  ],
  'dead-letters': ({ count, outboxIds, error }) => [
    `전달을 포기한 이벤트가 ${count}건 있습니다: ${some(count, outboxIds)}${error ? ` (마지막 이유: ${error})` : ''}.`,
    `원인을 고친 뒤 실행하세요: feedlyai intake redeliver ${outboxIds[0]}`,
  ],
  'outbox-stuck': ({ waiting, seconds, error }) => [
    `이벤트 ${waiting}건이 전달을 기다리고 있습니다. 가장 오래된 것은 ${amountInKorean(seconds)}째입니다${error ? `: ${error}` : ''}.`,
    '정기 점검마다 다시 시도합니다. 무엇이 막고 있는지는 서버 로그에 있습니다.',
  ],
  'rows-without-run': ({ count, examples }) => [
    `실행이 있어야 하는데 열려 있지 않은 행이 ${count}건 있습니다: ${some(count, examples)}.`,
    '"feedlyai reconcile"이 이유를 알려 주고 시작할 것을 시작합니다.',
  ],
  'runs-without-row': ({ count, examples }) => [
    `행이 없어진 채 열려 있는 실행이 ${count}건 있습니다: ${some(count, examples)}.`,
    '"feedlyai reconcile"로 깨우면 행이 없음을 확인하고 끝납니다.',
  ],
  'check-failed': ({ check, trouble }) => [
    `"${check}" 점검을 할 수 없었습니다: ${trouble}.`,
    '이 부분의 상태는 알 수 없습니다. 위 원인을 고친 뒤 다시 점검하세요.',
  ],
  'check-hung': ({ check, seconds }) => [
    `"${check}" 점검이 ${seconds}초 안에 응답하지 않았습니다.`,
    '이 부분의 상태는 알 수 없습니다. 점검 대상(데이터베이스, Temporal, 디스크)이 응답하는지 확인하세요.',
  ],
};
