import { useCallback, useEffect, useState } from 'preact/hooks';
import { api, ApiError, whenSignedOut } from './api/client.js';
import { listen, startLive } from './api/live.js';
import { useResource } from './api/use-resource.js';
import { Board } from './board/board.js';
import { BrandPage } from './brand/brand-page.js';
import { CreatePage } from './create/create-page.js';
import { HealthBanner, HealthDot } from './health/health-strip.js';
import { SystemPage } from './health/system-page.js';
import { type HealthNow, useHealth } from './health/use-health.js';
import { JobPage } from './job/job-page.js';
import { Link, usePlace } from './router.js';
import { SessionContext, useSession } from './session/session.js';
import { SignIn } from './session/sign-in.js';
import { Icon } from './ui/icon.js';
import { Notices } from './ui/notice.js';
import { currentTheme, nextTheme, setLanguage, useWords } from './words/index.js';

const TRY_AGAIN_MS = 3_000;

/** Who is there decides everything else, so it is asked first. */
export function App() {
  const [actor, setActor] = useState<string | null>();
  const [session, setSession] = useState({ mayOperate: false, isSignedIn: false, tenantId: null as string | null });
  const ask = useCallback(async (): Promise<void> => {
    try {
      const { actor: name, scope, csrfToken, tenantId = null } = await api.session();
      setSession({ mayOperate: scope === 'operate', isSignedIn: csrfToken !== null, tenantId });
      setActor(name);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) setActor(null);
      else setTimeout(() => void ask(), TRY_AGAIN_MS);
    }
  }, []);
  useEffect(() => {
    whenSignedOut(() => setActor(null));
    void ask();
  }, [ask]);

  const signOut = (): void => void api.signOut().then(ask, ask);
  if (actor === undefined) return <Frame />;
  if (actor === null)
    return (
      <Frame>
        <SignIn onSignedIn={() => void ask()} />
      </Frame>
    );
  return (
    <SessionContext.Provider value={{ actor, signOut, ...session }}>
      <SignedIn />
    </SessionContext.Provider>
  );
}

function SignedIn() {
  const health = useHealth();
  const intake = useResource('intake', api.intake);
  const { path } = usePlace();
  useEffect(startLive, []);
  // After a gap everything is looked at anew; a pause is announced by nothing else.
  useEffect(() => {
    const refresh = (): void => {
      health.refresh();
      intake.refresh();
    };
    return listen({ onSnapshot: refresh, onChange: () => {} });
  }, [health.refresh, intake.refresh]);
  const isPaused = intake.data?.pauses.some(({ tenantId }) => tenantId === null) ?? false;
  const [, jobId] = /^\/jobs\/([0-9a-f-]{36})$/i.exec(path) ?? [];
  return (
    <Frame health={health} isPaused={isPaused}>
      {jobId ? (
        <JobPage key={jobId} jobId={jobId} />
      ) : path === '/new' ? (
        <CreatePage />
      ) : path === '/brand' ? (
        <BrandPage />
      ) : path === '/system' ? (
        <SystemPage health={health} intake={intake} />
      ) : (
        <Board />
      )}
    </Frame>
  );
}

function Frame({
  health,
  isPaused = false,
  children,
}: {
  health?: HealthNow;
  isPaused?: boolean;
  children?: preact.ComponentChildren;
}) {
  const words = useWords();
  const { path } = usePlace();
  const { mayOperate, tenantId } = useSession();
  const isJob = path.startsWith('/jobs/');
  const page = (to: string) => ({ to, 'aria-current': path === to ? ('page' as const) : undefined });
  return (
    <>
      <a class="skip" href="#content">
        {words.skip}
      </a>
      <header class="top">
        <Link to="/" class="brand" aria-label="FeedlyAI">
          <img src="/icon.svg" alt="" width="28" height="28" />
          <span>FeedlyAI</span>
        </Link>
        {health && (
          <nav class="main-nav" aria-label={words.nav.label}>
            <Link {...page('/')}>{words.nav.board}</Link>
            <Link {...page('/brand')}>{words.nav.brand}</Link>
            {tenantId === null && <Link {...page('/system')}>{words.nav.system}</Link>}
          </nav>
        )}
        <div class="top-end">
          {health && <HealthDot {...health} />}
          <Settings />
          {health && mayOperate && path !== '/new' && (
            <Link to="/new" class={isJob ? 'button primary create-link aside' : 'button primary create-link'}>
              <Icon name="plus" />
              <span>{words.nav.create}</span>
            </Link>
          )}
        </div>
      </header>
      {health && <HealthBanner {...health} isPaused={isPaused} />}
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <Notices />
    </>
  );
}

function Settings() {
  const words = useWords();
  const { isSignedIn, signOut } = useSession();
  const [theme, setTheme] = useState(currentTheme);
  return (
    <>
      <button
        type="button"
        class="button plain"
        lang={words.language === 'en' ? 'ko' : 'en'}
        onClick={() => setLanguage(words.language === 'en' ? 'ko' : 'en')}
      >
        {words.settings.switchLanguage}
      </button>
      <button
        type="button"
        class="round"
        aria-label={words.settings.theme[theme]}
        title={words.settings.theme[theme]}
        onClick={() => setTheme(nextTheme())}
      >
        <Icon name={theme === 'auto' ? 'device' : theme === 'light' ? 'sun' : 'moon'} />
      </button>
      {isSignedIn && (
        <button type="button" class="round" aria-label={words.settings.signOut} onClick={signOut}>
          <Icon name="out" />
        </button>
      )}
    </>
  );
}
