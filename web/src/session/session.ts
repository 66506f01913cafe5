import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

export interface SessionNow {
  /** Signed in with a key, or nobody is asked for one. */
  actor: string | null;
  mayOperate: boolean;
  /** The one shop that is seen; null for those who see all of them. */
  tenantId: string | null;
  /** A cookie is in play: there is something to sign out of. */
  isSignedIn: boolean;
  signOut(): void;
}

export const SessionContext = createContext<SessionNow>({
  actor: null,
  mayOperate: false,
  tenantId: null,
  isSignedIn: false,
  signOut: () => {},
});

export const useSession = (): SessionNow => useContext(SessionContext);

/** Whose jobs are made here where nobody says otherwise; the neighbours' route uses the same. */
const EVERYBODYS = 'dashboard';

export const tenantOf = ({ tenantId }: { tenantId: string | null }): string => tenantId ?? EVERYBODYS;
export const isEverybodys = (tenantId: string): boolean => tenantId === EVERYBODYS;
