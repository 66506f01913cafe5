import { amountInKorean, gibibytes } from './amounts.js';
import type { DoctorWords } from './doctor.en.js';

const milliseconds = (ms: number): string => (ms < 10 ? ms.toFixed(1) : String(Math.round(ms)));

export const doctor: DoctorWords = {
  looking: '모든 부분을 점검합니다. 몇 초 걸립니다',
  columns: ['', '점검', '결과'],
  names: {
    configuration: '설정',
    database: '데이터베이스',
    sessions: '세션과 자체 NOTIFY',
    notifications: '알림 큐',
    'time-zone': '시간대',
    clock: '시계',
    transactions: '열린 트랜잭션',
    schema: '스키마와 함수',
    triggers: '트리거',
    listeners: '다른 리스너',
    server: '서버와 리스너',
    outbox: '이벤트 전달',
    temporal: 'Temporal',
    'search-attributes': '검색 속성',
    workers: '워커',
    runs: '행과 워크플로',
    stages: '단계 서비스',
    drawing: '글꼴과 OCR 데이터',
    disk: '디스크',
  },
  measured: {
    configuration: ({ variables, source, pid, dataDir }) =>
      `변수 ${variables}개 설정됨. ${source === 'stack' ? `${dataDir}에서 실행 중인 스택 (pid ${pid})` : '변수로 지정한 시스템'}`,
    database: ({ at, version, milliseconds: ms }) => `PostgreSQL ${version}, ${at}, 응답 ${milliseconds(ms)} ms`,
    sessions: ({ milliseconds: ms }) => `세션 유지됨 (트랜잭션 풀러 아님), 자체 알림 ${milliseconds(ms)} ms`,
    notifications: ({ share }) => `${(share * 100).toFixed(1)} % 사용`,
    'time-zone': ({ found }) => found,
    clock: ({ seconds }) => `데이터베이스와 ${Math.abs(seconds).toFixed(2)}초 차이`,
    transactions: ({ open, oldestSeconds, transactions }) =>
      open === 0 ? '없음' : `${open}개, 가장 오래된 것 ${amountInKorean(oldestSeconds)}, xmin 지연 ${transactions}`,
    schema: ({ migrations, functions, objects, extra }) =>
      `마이그레이션 ${migrations}개, 객체 ${objects}개 (함수 ${functions}개는 해시로 비교) 일치${extra.length > 0 ? `. 추가된 것: ${extra.join(', ')}` : ''}`,
    triggers: ({ enabled }) => `${enabled}개 모두 활성`,
    listeners: ({ found, hidden }) =>
      (found === 0 ? '없음' : `jobs 채널에 ${found}개`) +
      (hidden > 0 ? `. 볼 수 없는 다른 역할의 세션 ${hidden}개` : ''),
    server: ({ url, lastProvenAlive }) =>
      `${url}, 리스너 확인 ${lastProvenAlive ? `${amountInKorean(Math.max(0, (Date.now() - lastProvenAlive.getTime()) / 1_000))} 전` : '안 됨'}`,
    outbox: ({ waiting, held, oldestSeconds }) =>
      `포기한 이벤트 없음, 대기 ${waiting}건${waiting > 0 ? ` (가장 오래된 것 ${amountInKorean(oldestSeconds)})` : ''}, 보류 ${held}건`,
    temporal: ({ at, version, namespace, retentionHours }) =>
      `Temporal ${version}, ${at}, 네임스페이스 ${namespace}, 끝난 실행 보관 ${amountInKorean(retentionHours * 3_600)}`,
    'search-attributes': ({ names }) => names.join(', '),
    workers: ({ queues, answered }) =>
      `${queues.map(({ queue, pollers }) => `${queue} ${pollers}`).join(', ')}${answered ? ', 응답 확인' : ''}`,
    runs: ({ compared, open }) =>
      compared === 0 ? '멈춰 있는 행 없음' : `멈춰 있는 행 ${compared}건, 그중 열린 실행 ${open}건`,
    stages: ({ url }) => url,
    drawing: ({ faces, languages }) => `글꼴 ${faces}종으로 표본 확인, ${languages.join(', ')} 데이터 정상`,
    disk: ({ folders }) => folders.map(({ folder, freeBytes }) => `${folder} 여유 ${gibibytes(freeBytes)}`).join(', '),
  },
  unknown: '필요한 것이 고장이라 알 수 없음',
  seeBelow: '아래 참고',
  fine: (count) => `점검 ${count}가지 모두 정상입니다.`,
  notFine: (faults, warnings) =>
    `${[...(faults > 0 ? [`이상 ${faults}건`] : []), ...(warnings > 0 ? [`경고 ${warnings}건`] : [])].join(', ')}. 해결 방법은 위에 있습니다.`,
};
