import { useState } from 'preact/hooks';
import type { JobDetail, TimelineEntry } from '../api/types.js';
import { clock, day, useWords, type Words } from '../words/index.js';
import { isKnown, troubleWords } from '../words/reasons.js';
import { stageWords } from '../words/states.js';

/** What happened when: stages, waits, orders, for the whole job or one ad. */
export function Timeline({ job }: { job: JobDetail }) {
  const words = useWords();
  const [only, setOnly] = useState('');
  const entries = job.timeline.filter(({ variantId }) => only === '' || variantId === only);
  const ordinals = new Map(job.variants.map(({ variantId, ordinal }) => [variantId, ordinal]));
  return (
    <details class="panel timeline">
      <summary>
        <h2>{words.timeline.heading}</h2>
      </summary>
      <label class="visually-hidden" for="timeline-for">
        {words.timeline.heading}
      </label>
      <select id="timeline-for" value={only} onChange={(event) => setOnly(event.currentTarget.value)}>
        <option value="">{words.timeline.everything}</option>
        {job.variants.map(({ variantId, ordinal }) => (
          <option key={variantId} value={variantId}>
            {words.timeline.forAd(ordinal)}
          </option>
        ))}
      </select>
      {/* It scrolls by itself, and has to be reached by keyboard for that. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ol tabIndex={0} aria-label={words.timeline.heading}>
        {entries.map((entry, index) => (
          <li key={index} class={entry.what.endsWith('failed') ? 'bad' : undefined}>
            <time dateTime={entry.at} title={day(entry.at)}>
              {clock(entry.at)}
            </time>
            <span>
              {whatWords(entry, words)}
              <span class="quiet">{aboutWords(entry, job, ordinals, words)}</span>
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function whatWords({ what, stage }: TimelineEntry, { timeline, ...words }: Words): string {
  const name = stageWords(stage, { timeline, ...words });
  if (what === 'job created') return timeline.jobCreated;
  if (what === 'stage begun') return timeline.begun(name);
  if (what === 'stage done') return timeline.done(name);
  if (what === 'stage failed') return timeline.failed(name);
  const [, evidence = '', gone = ''] = /^waits for (.*)|^waits no more for (.*)/.exec(what) ?? [];
  if (evidence) return timeline.waits(timeline.evidence[evidence] ?? evidence);
  if (gone) return timeline.waitsNoMore(timeline.evidence[gone] ?? gone);
  return timeline.orders[what] ?? what;
}

function aboutWords(entry: TimelineEntry, job: JobDetail, ordinals: Map<string, number>, words: Words): string {
  const { timeline } = words;
  const ordinal = entry.variantId === null ? undefined : ordinals.get(entry.variantId);
  const claims =
    entry.variantId === null
      ? job.attempts
      : job.variants.find(({ variantId }) => variantId === entry.variantId)?.attempts;
  const tried = claims?.find(({ stage, generation }) => stage === entry.stage && generation === entry.generation);
  const isEnd = entry.what === 'stage done' || entry.what === 'stage failed';
  return [
    '',
    ordinal !== undefined && timeline.forAd(ordinal),
    entry.generation !== null && entry.generation > 1 && timeline.generation(entry.generation),
    isEnd && tried && tried.retries + tried.lost > 0 && timeline.attempts(tried.retries, tried.lost),
    entry.actor && timeline.by(entry.actor),
    isKnown(entry.note) ? troubleWords(entry.note, words)[0] : entry.note,
  ]
    .filter((part) => part !== false && part !== null && part !== undefined)
    .join(' · ');
}
