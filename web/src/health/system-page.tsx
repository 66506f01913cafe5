import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/client.js';
import type { HealthPart, Intake, Queue } from '../api/types.js';
import { type Resource, useResource } from '../api/use-resource.js';
import { useTitle } from '../router.js';
import { useSession } from '../session/session.js';
import { Confirm } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';
import { notify } from '../ui/notice.js';
import { ago, clock, useWords, type Words } from '../words/index.js';
import { refusalWords } from '../words/reasons.js';
import type { HealthNow } from './use-health.js';

const LOOK_EVERY_MS = 10_000;

export function SystemPage({ health, intake }: { health: HealthNow; intake: Resource<Intake> }) {
  const words = useWords();
  useTitle(words.system.heading);
  const queues = useResource('queues', api.queues);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.hidden) return;
      queues.refresh();
      intake.refresh();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [queues.refresh, intake.refresh]);
  return (
    <>
      <div class="page-head">
        <h1>{words.system.heading}</h1>
        {health.health && health.wrong.length === 0 && <span class="state ready">{words.system.fine}</span>}
      </div>
      <IntakePanel intake={intake} />
      <div class="system-columns">
        <section class="panel" aria-labelledby="parts-heading">
          <h2 id="parts-heading">{words.system.parts}</h2>
          <ul class="parts">
            {Object.entries(health.health?.details ?? {}).map(([name, part]) => (
              <Part
                key={name}
                name={name}
                part={part}
                since={health.wrong.find((wrong) => wrong.part === name)?.since}
                words={words}
              />
            ))}
          </ul>
        </section>
        <section class="panel" aria-labelledby="queues-heading">
          <h2 id="queues-heading">{words.system.queues}</h2>
          <ul class="parts">
            {queues.data?.items.map((queue) => (
              <QueueLine key={`${queue.queue} ${queue.kind}`} queue={queue} words={words} />
            ))}
          </ul>
        </section>
      </div>
      <DeadLetters intake={intake} />
    </>
  );
}

/** One part of the road: what it does while it is up, what that means when it is not. */
function Part({
  name,
  part,
  since,
  words,
}: {
  name: string;
  part: HealthPart;
  since: string | undefined;
  words: Words;
}) {
  const { system } = words;
  const isUp = part.status === 'up';
  const detail = [
    part.lastProvenAlive && system.provenAlive(ago(part.lastProvenAlive)),
    part.waiting !== undefined && system.outbox(part.waiting, part.held ?? 0, part.dead ?? 0),
    ...Object.entries(part.pollers ?? {}).map(
      ([queue, count]) => `${system.queue[queue] ?? queue}: ${system.pollers(count)}`,
    ),
  ].filter(Boolean);
  return (
    <li class="part">
      <h3>{system.part[name] ?? name}</h3>
      <span class={isUp ? 'state ready' : 'state failed'}>{isUp ? system.up : system.down}</span>
      <p class="quiet">
        {isUp ? system.does[name] : `${system.wrong[name]} ${since ? system.since(clock(since)) : ''}`}
      </p>
      {detail.length > 0 && <p class="quiet detail">{detail.join(' · ')}</p>}
      {part.reason && (
        <p class="quiet detail" lang="en">
          {part.reason}
        </p>
      )}
    </li>
  );
}

function QueueLine({ queue, words: { system } }: { queue: Queue; words: Words }) {
  const { slotsPerWorker, busy, pollers, backlog } = queue;
  const slots = slotsPerWorker === null ? null : slotsPerWorker * Math.max(1, pollers.length);
  return (
    <li class="part">
      <h3>{queue.kind === 'workflow' ? system.decisions : (system.queue[queue.queue] ?? queue.queue)}</h3>
      <span class="quiet">{system.backlog(backlog)}</span>
      <p class="quiet">
        {[system.pollers(pollers.length), slots !== null && busy !== null && system.slots(busy, slots)]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {slots !== null && busy !== null && (
        <progress class="slots" max={slots} value={Math.min(busy, slots)} aria-label={system.slots(busy, slots)} />
      )}
    </li>
  );
}

function IntakePanel({ intake }: { intake: Resource<Intake> }) {
  const words = useWords();
  const { mayOperate } = useSession();
  const [isAsking, setAsking] = useState(false);
  const isPaused = intake.data?.pauses.some(({ tenantId }) => tenantId === null) ?? false;
  const turn = async (): Promise<void> => {
    await (isPaused ? api.resume() : api.pause()).then(
      () => notify(isPaused ? words.system.running : words.system.paused),
      (error: Error) => notify(words.mend.failed(refusalWords(error.message, words)), true),
    );
    intake.refresh();
  };
  return (
    <section class="panel row" aria-labelledby="intake-heading">
      <div>
        <h2 id="intake-heading">{words.system.intake}</h2>
        <p>{isPaused ? words.system.paused : words.system.running}</p>
        {intake.data?.pauses.map(({ tenantId, actor, since, note }) => (
          <p class="quiet" key={tenantId ?? ''}>
            {[tenantId, words.timeline.by(actor), ago(since), note].filter(Boolean).join(' · ')}
          </p>
        ))}
      </div>
      {mayOperate && (
        <button
          type="button"
          class={isPaused ? 'button primary' : 'button'}
          onClick={() => (isPaused ? void turn() : setAsking(true))}
        >
          {isPaused ? words.system.resume : words.system.pause}
        </button>
      )}
      {isAsking && (
        <Confirm
          title={words.system.pauseTitle}
          text={words.system.pauseText}
          action={words.system.pause}
          onConfirm={() => void turn()}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}

function DeadLetters({ intake }: { intake: Resource<Intake> }) {
  const words = useWords();
  const { mayOperate } = useSession();
  const letters = intake.data?.deadLetters ?? [];
  if (letters.length === 0) return null;
  const redeliver = async (outboxId: string): Promise<void> => {
    await api.redeliver(outboxId).catch((error: Error) => notify(words.mend.failed(error.message), true));
    intake.refresh();
  };
  return (
    <section class="panel">
      <h2>{words.system.deadLetters}</h2>
      <ul class="lines">
        {letters.map(({ outboxId, kind, jobId, attempts, lastError }) => (
          <li key={outboxId}>
            <span>
              {kind} {jobId && <a href={`/jobs/${jobId}`}>{jobId.slice(0, 8)}</a>} · {words.system.attempts(attempts)}
              <span class="quiet"> {lastError}</span>
            </span>
            {mayOperate && (
              <button type="button" class="button" onClick={() => void redeliver(outboxId)}>
                <Icon name="retry" />
                {words.system.redeliver}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
