export type Season = 'spring' | 'summer' | 'autumn' | 'winter';

/** Korea's seasons; `month` 1..12, anything else counts as winter. */
export const seasonOf = (month: number): Season => {
  if (month >= 3 && month <= 5) return 'spring';
  if (month >= 6 && month <= 8) return 'summer';
  return month >= 9 && month <= 11 ? 'autumn' : 'winter';
};

const SEOUL_MONTH = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Seoul', month: 'numeric' });

/** 1..12, as the calendar in Korea says. */
export const koreanMonth = (moment: Date): number => Number(SEOUL_MONTH.format(moment));
