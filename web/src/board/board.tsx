import { useState } from 'preact/hooks';
import { VARIANT_STAGES } from '../../../workflows/contract.js';
import { api } from '../api/client.js';
import { Link, navigate, usePlace, useTitle } from '../router.js';
import { useSession } from '../session/session.js';
import { Icon } from '../ui/icon.js';
import { notify } from '../ui/notice.js';
import { Empty, Trouble } from '../ui/states.js';
import { useWords } from '../words/index.js';
import { addressOf, type Filters, hasFilters, queryOf, readFilters, TABS } from './filters.js';
import { cardHeight, JobCard } from './job-card.js';
import { type Jobs, useJobs } from './use-jobs.js';
import { VirtualGrid } from './virtual-grid.js';

const CARD = { minWidth: 320, gap: 20 };
/** Of the newest jobs beside the good news. */
const LATEST = 6;

export function Board() {
  const words = useWords();
  const filters = readFilters(usePlace().query);
  const jobs = useJobs(queryOf(filters));
  useTitle(words.board.heading);
  const change = (part: Partial<Filters>, replace = false): void =>
    navigate(addressOf({ ...filters, ...part }), { replace });
  return (
    <>
      <div class="page-head board-head">
        <h1>{words.board.heading}</h1>
        <span class="quiet" aria-live="polite">
          {jobs.items.length > 0 && words.board.shown(jobs.items.length, jobs.hasMore)}
        </span>
      </div>
      <div class="toolbar">
        <nav class="tabs lined" aria-label={words.board.heading}>
          {TABS.map((tab) => (
            <Link
              key={tab}
              to={addressOf({ ...filters, tab })}
              class="tab"
              aria-current={tab === filters.tab ? 'page' : undefined}
            >
              {words.board.tabs[tab]}
            </Link>
          ))}
        </nav>
        <FilterBar filters={filters} change={change} />
      </div>
      {filters.tab === 'attention' && <RetryAll jobs={jobs} filters={filters} />}
      <List jobs={jobs} filters={filters} />
    </>
  );
}

function FilterBar({ filters, change }: { filters: Filters; change(part: Partial<Filters>, replace?: boolean): void }) {
  const { board, stage } = useWords();
  const { tenantId } = useSession();
  return (
    <form class="filters" onSubmit={(event) => event.preventDefault()}>
      {tenantId === null && (
        <input
          type="search"
          aria-label={board.filters.tenant}
          placeholder={board.shopPlaceholder}
          value={filters.tenantId}
          onChange={(event) => change({ tenantId: event.currentTarget.value.trim() }, true)}
        />
      )}
      {filters.tab !== 'ready' && (
        <select
          aria-label={board.filters.stage}
          value={filters.stage}
          onChange={(event) => change({ stage: event.currentTarget.value }, true)}
        >
          <option value="">{board.anyStage}</option>
          {[...VARIANT_STAGES, 'ad_copy_gen_kor', 'instagram_feed_gen'].map((name) => (
            <option key={name} value={name}>
              {stage[name]}
            </option>
          ))}
        </select>
      )}
      <select
        aria-label={board.filters.since}
        value={filters.since}
        onChange={(event) => change({ since: event.currentTarget.value }, true)}
      >
        {Object.entries(board.since).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      {hasFilters(filters) && (
        <button type="button" class="button plain" onClick={() => change({ tenantId: '', stage: '', since: '' }, true)}>
          {board.filters.reset}
        </button>
      )}
    </form>
  );
}

function List({ jobs, filters }: { jobs: Jobs; filters: Filters }) {
  const words = useWords();
  if (jobs.items.length === 0) {
    if (jobs.error) return <Trouble error={jobs.error} onRetry={jobs.refresh} />;
    if (jobs.isLoading) return <Skeletons />;
    return <Nothing filters={filters} />;
  }
  return (
    <>
      <VirtualGrid
        items={jobs.items}
        keyOf={({ jobId }) => jobId}
        render={(job) => <JobCard job={job} />}
        heightOf={cardHeight}
        onEnd={jobs.more}
        {...CARD}
      />
      {jobs.hasMore && <p class="quiet center">{words.board.loadMore}</p>}
    </>
  );
}

const Skeletons = () => (
  <div class="cards" aria-busy="true">
    {Array.from({ length: 6 }, (_, index) => (
      <div key={index} class="card skeleton" />
    ))}
  </div>
);

function Nothing({ filters }: { filters: Filters }) {
  const { board } = useWords();
  if (hasFilters(filters)) return <Empty {...board.none} />;
  if (filters.tab === 'attention') return <Calm filters={filters} />;
  if (filters.tab === 'all') return <First />;
  return <Empty {...board[filters.tab === 'moving' ? 'still' : 'unready']} />;
}

/** Nobody has to do anything: a word about that, and what came last to look at. */
function Calm({ filters }: { filters: Filters }) {
  const { board } = useWords();
  const all = { ...filters, tab: 'all' } as const;
  const latest = useJobs(queryOf(all));
  if (latest.items.length === 0) {
    if (latest.isLoading) return <Skeletons />;
    return latest.error ? <Empty {...board.fine} /> : <First />;
  }
  return (
    <>
      <p class="calm">
        <Icon name="check" />
        <span>
          <strong>{board.fine.title}</strong> {board.fine.text}
        </span>
      </p>
      <div class="section-head">
        <h2>{board.latest}</h2>
        <Link to={addressOf(all)}>{board.seeAll}</Link>
      </div>
      <div class="cards">
        {latest.items.slice(0, LATEST).map((job) => (
          <JobCard key={job.jobId} job={job} />
        ))}
      </div>
    </>
  );
}

function First() {
  const { board, nav } = useWords();
  const { mayOperate } = useSession();
  return (
    <Empty {...board.first} icon="photo">
      {mayOperate && (
        <Link to="/new" class="button primary large">
          <Icon name="plus" />
          {nav.create}
        </Link>
      )}
    </Empty>
  );
}

/** Everything that stands on this tab and has stopped, in one press. */
function RetryAll({ jobs, filters }: { jobs: Jobs; filters: Filters }) {
  const words = useWords();
  const { mayOperate } = useSession();
  const [isBusy, setBusy] = useState(false);
  const stopped = jobs.items.flatMap(({ variants }) =>
    variants.filter(({ status, reason }) => status === 'failed' && reason !== 'cancelled'),
  );
  if (!mayOperate || stopped.length < 2) return null;
  const retry = async (): Promise<void> => {
    setBusy(true);
    await api
      .retryMany(
        stopped.map(({ variantId }) => variantId),
        filters.tenantId,
      )
      .then(
        ({ items }) =>
          notify(words.board.retried(items.filter(({ outcome }) => outcome === 'done').length, items.length)),
        (error: Error) => notify(words.mend.failed(error.message), true),
      );
    setBusy(false);
    jobs.refresh();
  };
  return (
    <div class="actions">
      <button type="button" class="button" disabled={isBusy} onClick={() => void retry()}>
        <Icon name="retry" />
        {words.board.retryAll(stopped.length)}
      </button>
    </div>
  );
}
